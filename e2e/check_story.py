# SPDX-License-Identifier: Apache-2.0
"""Checks the report of `turna demo --exit --json`: every step of the story held and says what came of it, and the whole
story reads as in the snapshot beside this file (numbers, dates and keys, which differ from run to run, stand as `#`).

    python e2e/check_story.py story.json            compare
    python e2e/check_story.py story.json --accept   write the snapshot anew
"""

import json
import pathlib
import re
import sys

SNAPSHOT = pathlib.Path(__file__).with_name("story.txt")
# What differs from run to run: numbers that people see, keys, the lot, dates, sizes of files.
CHANGING = [
    (r"\b(card|claim|case|certificate|receipt|measure) [0-9A-Z]{9,11}\b", r"\1 #"),
    (r"\bpersons: .*", "persons: #"),
    (r"\bkey [0-9a-f]{16}\b", "key #"),
    (r"\blot [0-9a-f]{8}\b", "lot #"),
    (r"\b\d{4}-\d{2}-\d{2}\b", "#"),
    (r"\bPDF of \d+ bytes\b", "PDF of # bytes"),
    # Which of two desks is the first is decided by the moment.
    (r"one desk: .*", "one desk: given; the other: refused"),
]

# The story has six parts with several acts each; a report with fewer steps has left some out.
STEPS_MIN = 12


def problems(report):
    """What is wrong with each step, in their order; an empty text where nothing is."""
    if not isinstance(report, dict) or not isinstance(report.get("steps"), list):
        return ["the report is not {\"steps\": [...]}"]
    found = [] if len(report["steps"]) >= STEPS_MIN else [f"only {len(report['steps'])} steps"]
    for number, step in enumerate(report["steps"], 1):
        name = step.get("name") if isinstance(step, dict) else None
        if not isinstance(name, str) or not name:
            found.append(f"step {number} has no name")
        elif step.get("ok") is not True:
            found.append(f"{name}: {step.get('result')}")
        elif step.get("result") in (None, ""):
            found.append(f"{name}: says nothing about its result")
        else:
            found.append("")
    return found


def told(report):
    """The story as text, without what differs from run to run."""
    lines = []
    for step in report["steps"]:
        result = str(step.get("result"))
        for pattern, replacement in CHANGING:
            result = re.sub(pattern, replacement, result)
        lines += [str(step.get("name")), f"    {result}"]
    return "\n".join(lines) + "\n"


def differences(report):
    """The first line in which the story differs from the snapshot."""
    found, expected = told(report).splitlines(), SNAPSHOT.read_text(encoding="utf-8").splitlines()
    for number, (line, wanted) in enumerate(zip(found, expected), 1):
        if line != wanted:
            return [f"line {number} of the story is {line.strip()!r} instead of {wanted.strip()!r}"]
    return [""] if len(found) == len(expected) else [f"the story has {len(found)} lines instead of {len(expected)}"]


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            report = json.load(file)
        if "--accept" in sys.argv[2:]:
            SNAPSHOT.write_text(told(report), encoding="utf-8")
        found = problems(report) + differences(report)
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = [f"no report: {error}"]
    for problem in filter(None, found):
        print(f"FAILED: {problem}")
    failed = sum(1 for problem in found if problem)
    print(f"story: {len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
