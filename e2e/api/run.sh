#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Serves a demo's data and throws requests at its interface.
#
#   e2e/api/run.sh TURNA PYTHON DATA
#
# TURNA is the program, PYTHON an interpreter with e2e/requirements.txt, DATA the data folder of a demo that has ended.
# Prints `api: N passed, M failed`.
set -uo pipefail

program=$1 python=$2 data=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The check calls as fast as it can, each role by one account.
printf 'api_requests_per_minute = 10000000\n' >>"$data/turna.toml"
"$program" serve --data "$data" --listen 127.0.0.1:0 2>"$data/../serve.log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
for _ in $(seq 150); do
    [ -s "$data/turna.address" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$data/../serve.log" >&2; echo "api: 0 passed, 1 failed"; exit 1; }
    sleep 0.2
done
"$python" "$here/check_api.py" "http://$(cat "$data/turna.address")" "$data/accounts.txt"
