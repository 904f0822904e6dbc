# SPDX-License-Identifier: Apache-2.0
"""Checks the report of `turna demo --exit --json`: every step of the story held and says what came of it.

    python e2e/check_story.py story.json
"""

import json
import sys

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


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            found = problems(json.load(file))
    except (OSError, ValueError) as error:
        found = [f"no report: {error}"]
    for problem in filter(None, found):
        print(f"FAILED: {problem}")
    failed = sum(1 for problem in found if problem)
    print(f"story: {len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
