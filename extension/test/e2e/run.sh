#!/usr/bin/env bash
# `npm run test:e2e`: installs the editors where they are missing, packages the extension, and runs the tests in them. Without
# root, where they cannot be installed, it says so; in CI that is a failure.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../../.."

if ! { command -v chromium && command -v nvim && command -v emacs; } >/dev/null && [ "$(id -u)" -ne 0 ]; then
  echo 'skipped: tests in real editors need chromium, neovim and emacs with eglot, and installing them needs root'
  [ -z "${CI:-}" ] || exit 1
  exit 0
fi
bash "$here/setup.sh"
npm run --silent package
npx vitest run --config vitest.e2e.config.mts "$@"
