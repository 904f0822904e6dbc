#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Throws whatever fits the description of the interface, and what does not, at a server, and looks at every answer.

    check_api.py URL ACCOUNTS [--seconds N]

URL is where the server answers; ACCOUNTS the file of accounts that the demo leaves in its data folder: name, role and
password on a line. For each role schemathesis calls the operations that are for it, by the examples of the description, by its edges and at random, and
checks each answer: no fault of the server, no status, header, media type or body that the description does not name,
nothing taken that the description excludes, and no way in without a token. Ends with `api: N passed, M failed`, counted
in operations by role.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# What each role is tried on: the first word of the path.
SUBJECTS = {
    "registrar": ["persons", "families", "erasures", "claims", "tokens", "account"],
    "case_officer": ["claims", "cases", "leave-orders", "protection-flags"],
    "decision_maker": ["revocations"],
    "card_officer": ["cards", "blanks", "distributions"],
    "auditor": ["audit"],
    "administrator": ["accounts"],
    # Nobody: what is open to everybody.
    None: ["verification", "looked"],
}
# `positive_data_acceptance` is left out: code lists and check characters are rules that no schema can say, so a body
# that fits the schema may be refused. `use_after_free` and the like belong to the stateful phase, which is not run.
CHECKS = ",".join(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "missing_required_header",
        "unsupported_method",
        "ignored_auth",
    ]
)
# The same calls in every run.
SEED = "1951"
# Calls of one operation at random.
EXAMPLES = "25"


def sign_in(url, account):
    """A token of an account."""
    body = {"account": account["name"], "password": account["password"], "name": "check of the interface"}
    request = urllib.request.Request(
        f"{url}/api/v1/tokens", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["token"]


def call(url, subjects, token, seconds, folder):
    """Lets schemathesis call the operations of some subjects; gives how many of them passed and failed."""
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    paths = "|".join(subjects)
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/api/v1/openapi.json"]
    command += ["--include-path-regex", f"^/({paths})(/|$)", "--checks", CHECKS, "--phases", "examples,coverage,fuzzing"]
    # One worker: hypothesis reads its own source, and Python 3.11 loses count of its recursion when threads do so at once.
    command += ["--max-examples", EXAMPLES, "--seed", SEED, "--workers", "1", "--no-shrink", "--continue-on-failure"]
    command += ["--report", "junit", "--report-junit-path", str(report), "--warnings", "off", "--request-timeout", "30"]
    command += ["--suppress-health-check", "all"]
    if token:
        command += ["--header", f"Authorization: Bearer {token}"]
    done = subprocess.run(
        command, cwd=folder, timeout=seconds, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    cases = ElementTree.parse(report).getroot().iter("testcase") if report.exists() else []
    failed = {case.get("name"): any(child.tag in ("failure", "error") for child in case) for case in cases}
    if not failed or (done.returncode != 0 and not any(failed.values())):
        # It did not even begin, or ended otherwise than by a failed operation.
        failed["schemathesis itself"] = True
    if any(failed.values()):
        print(done.stdout[-20_000:], done.stderr[-4_000:], file=sys.stderr)
    return sum(not is_failed for is_failed in failed.values()), sum(failed.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("accounts", type=Path)
    parser.add_argument("--seconds", type=int, default=240, help="for how long at most, for all roles together")
    given = parser.parse_args()
    accounts = {}
    for line in given.accounts.read_text().splitlines():
        name, role, password = line.split(maxsplit=2)
        accounts.setdefault(role, {"name": name, "password": password})
    # All sign in before the first call: signing in at random uses up how often this address may try.
    tokens = {role: sign_in(given.url, accounts[role]) for role in SUBJECTS if role}
    passed = failed = 0
    end = time.monotonic() + given.seconds
    with tempfile.TemporaryDirectory() as folder:
        for role, subjects in SUBJECTS.items():
            try:
                token = tokens.get(role)
                good, bad = call(given.url, subjects, token, max(end - time.monotonic(), 1), Path(folder))
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"api: {role or 'nobody'}: {error!r}", file=sys.stderr)
                good, bad = 0, 1
            print(f"api, {role or 'nobody'} on {', '.join(subjects)}: {good} good, {bad} bad", file=sys.stderr)
            passed, failed = passed + good, failed + bad
    print(f"api: {passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
