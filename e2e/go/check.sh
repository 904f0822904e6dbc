#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the foreign verifier and tries it on a log of our own and on tampered copies: the one must pass, the others fail.
# Needs Debian's golang-go and golang-golang-x-mod-dev; no network.
#
#   e2e/go/check.sh [ENTRIES [OLD_ENTRIES]]
set -eu
cd "$(dirname "$0")/../.."
entries=${1:-1000} old_entries=${2:-300}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

verifier=$work/verify-log
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/cache go build -o "$verifier" e2e/go/main.go
cargo run --quiet --package transparency --example log -- write "$work/log" "$entries" "$old_entries"
"$verifier" "$work/log" "$work/log/checkpoint.$old_entries"

failures=0
# Tampers with a copy of the log by the given command, run inside it, and expects a refusal.
refused() {
    rm -rf "$work/copy"
    cp -r "$work/log" "$work/copy"
    (cd "$work/copy" && eval "$1")
    if (cd "$work/copy" && "$verifier" . "checkpoint.$old_entries" 2>"$work/message"); then
        echo "accepted after: $1" >&2
        failures=$((failures + 1))
    else
        echo "refused after: $1 ($(cat "$work/message"))"
    fi
}
# Adds 1 to the byte at an offset of a file.
change() {
    byte=$(od -An -tu1 -j"$2" -N1 "$1" | tr -d ' ')
    printf "\\$(printf %o $(((byte + 1) % 256)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
# Writes the second piece of a file over its first one.
copy_second() {
    dd if="$1" of="$1" bs="$2" skip=1 count=1 conv=notrunc status=none
}
for file in $(cd "$work/log" && find tile -type f | sort); do
    # Partial files of the older checkpoint are not part of the present log.
    case $file in *.p/*) [ "$(ls "$work/log/${file%/*}" | sort -n | tail -1)" = "${file##*/}" ] || continue ;; esac
    [ ! -e "$work/log/${file%.p/*}" ] || [ "${file%.p/*}" = "$file" ] || continue
    refused "change $file 5"
    refused "rm $file"
    refused "truncate -s -1 $file"
done
# An entry and its stored hash changed alike: only the signed root tells.
refused "copy_second tile/entries/000 34 && copy_second tile/0/000 32"
refused "change checkpoint 30"
refused "change checkpoint.$old_entries 30"
refused "cp checkpoint kept && cp checkpoint.$old_entries checkpoint && cp kept checkpoint.$old_entries"
exit "$failures"
