#!/usr/bin/env bash
# Builds the program in test/referees/core, Bitcoin Core's own engine, and prints its path. Wants Cargo 1.71 or newer; installs, as root on Debian, what else
# Core's build needs. A machine that cannot build it is told why, and the tests that want it are then skipped, not failed.
set -uo pipefail
cd "$(dirname "$0")/.."
# Not beside the sources: Core's build leaves files named *.ts, which TypeScript would read.
target=node_modules/.cache/core-writer

say() { printf '%s\n' "$*" >&2; }

if ! command -v cargo >/dev/null; then
  say 'no cargo here: tests against blocks that Bitcoin Core writes will be skipped'
  exit 1
fi
missing=()
command -v c++ >/dev/null || missing+=(g++)
command -v cmake >/dev/null || missing+=(cmake)
[ -e /usr/include/boost/version.hpp ] || missing+=(libboost-dev)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2 || say "could not install ${missing[*]}"
fi
if ! cargo build --quiet --release --manifest-path test/referees/core/Cargo.toml --target-dir "$target" >&2; then
  say 'the program did not build: tests against blocks that Bitcoin Core writes will be skipped'
  exit 1
fi
printf '%s\n' "$PWD/$target/release/core-writer"
