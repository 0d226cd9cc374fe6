#!/usr/bin/env bash
# Fetches the pinned release again and verifies it: the package against the hash that its registry gave, the file against
# SHA256SUMS. With --check nothing is written; it fails where the file in this folder is another one.
set -euo pipefail
cd "$(dirname "$0")"

value() { sed -n "s/^$1: //p" VERSION; }

package="$(value package)@$(value version)"
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
(cd "$scratch" && npm pack --silent "$package" >/dev/null)
archive=$(find "$scratch" -name '*.tgz')
found="sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)"
if [ "$found" != "$(value integrity)" ]; then
  echo "the package is another one: $found" >&2
  exit 1
fi
tar -xzf "$archive" -C "$scratch"
if [ "${1:-}" = --check ]; then
  cmp "$scratch/package/dist/sqlite3.wasm" sqlite3.wasm
else
  cp "$scratch/package/dist/sqlite3.wasm" sqlite3.wasm
  chmod 644 sqlite3.wasm
fi
sha256sum --check --quiet SHA256SUMS
echo "$package is as pinned"
