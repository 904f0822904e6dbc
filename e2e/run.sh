#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the demo's story once and checks what it wrote with programs that are not ours.
#
#   e2e/run.sh TURNA PYTHON FOLDER
#
# TURNA is the program, PYTHON an interpreter with e2e/requirements.txt, FOLDER an empty folder for the results. The
# database is the one in the environment variable TURNA_DATABASE, or SQLite in the data folder. Each check prints
# `NAME: N passed, M failed`; a failing check does not keep the next ones from running.
set -uo pipefail

program=$1 python=$2 folder=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
code=0

"$program" demo --data "$folder/data" --exit --json >"$folder/story.json" || code=1
"$python" "$here/check_story.py" "$folder/story.json" || code=1
"$python" "$here/check_cards.py" "$folder/data" --program "$program" || code=1
"$here/check_log.sh" "$program" "$folder/data" || code=1
# Last, because it fills the registry with what it makes up; on one engine, because it takes minutes.
if [ -z "${TURNA_DATABASE:-}" ]; then
    "$here/api/run.sh" "$program" "$python" "$folder/data" || code=1
fi
exit "$code"
