#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Exports the audit log and checks it with Go's packages for its own checksum database (e2e/go), then damages it in
# several ways, each of which must be found by Go and by the program itself.
#
#   e2e/check_log.sh TURNA DATA_FOLDER
#
# DATA_FOLDER/older-checkpoint is a checkpoint that was kept aside while the log was shorter.
set -uo pipefail

program=$1 data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# check NAME COMMAND…: the command must succeed.
check() {
    local name=$1
    shift
    if "$@" >"$work/output" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        sed 's/^/    /' "$work/output"
    fi
}

# refused COMMAND…: the command must fail, and say something.
refused() {
    if "$@"; then return 1; fi
    [ -s "$work/output" ]
}

finish() {
    echo "log: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

# damaged NAME COMMAND…: works on a copy of the export, which both verifiers must refuse.
damaged() {
    local name=$1
    shift
    rm -rf "$work/damaged"
    cp -r "$work/log" "$work/damaged"
    if ! (cd "$work/damaged" && "$@"); then
        failed=$((failed + 1))
        echo "FAILED: cannot damage the log: $name"
        return
    fi
    check "Go finds $name" refused "$work/verify-log" "$work/damaged" "$data/older-checkpoint"
    check "the program finds $name" refused "$program" audit verify --export "$work/damaged" --since "$data/older-checkpoint"
}

# flip LEVEL: changes the last byte of the first tile of a level, which is a partial one while the log is short.
flip() {
    local file size byte
    size=$(sed -n 2p checkpoint)
    file=tile/$1/000
    [ "$size" -ge 256 ] || file=$file.p/$size
    byte=$(tail -c 1 "$file" | od -An -tu1 | tr -d ' ')
    printf "\\x$(printf %02x $((byte ^ 1)))" | dd of="$file" bs=1 seek=$(($(stat -c %s "$file") - 1)) conv=notrunc status=none
}

# One character of the root hash, the third line, becomes another one.
other_root() {
    local first
    first=$(sed -n 3p checkpoint | cut -c 1)
    if [ "$first" = A ]; then sed -i '3s/^./B/' checkpoint; else sed -i '3s/^./A/' checkpoint; fi
}

other_size() {
    sed -i "2s/.*/$(($(sed -n 2p checkpoint) - 1))/" checkpoint
}

# The example key of the documentation of Go's package note.
other_key() {
    echo 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW' >verifier.key
}

check "the verifier in Go builds" \
    env GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$work/gocache" GOFLAGS= \
    go build -o "$work/verify-log" "$here/go/main.go"
[ -x "$work/verify-log" ] || finish
check "the log is exported" "$program" audit export "$work/log" --data "$data"
[ -f "$work/log/checkpoint" ] || finish
check "an older checkpoint was kept aside" test -s "$data/older-checkpoint"

check "Go verifies every entry" "$work/verify-log" "$work/log"
check "Go finds the older log at the beginning of this one" "$work/verify-log" "$work/log" "$data/older-checkpoint"
check "the program verifies the export" \
    "$program" audit verify --export "$work/log" --since "$data/older-checkpoint"
check "the program verifies its data" "$program" audit verify --data "$data" --since "$data/older-checkpoint"
# A verifier that refuses the undamaged log says nothing by refusing a damaged one.
[ "$failed" -eq 0 ] || finish

damaged "a changed entry" flip entries
damaged "a changed hash" flip 0
damaged "another root" other_root
damaged "a shortened log" other_size
damaged "another key" other_key
finish
