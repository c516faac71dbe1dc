#!/usr/bin/env bash
# Installs what the tests in real editors need: Chromium, Neovim and Emacs with eglot from Debian, code-server and the browser's driver from
# npm. Safe to repeat; does nothing when all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v nvim >/dev/null || missing+=(neovim)
command -v emacs >/dev/null || missing+=(emacs-nox)
emacs --batch --eval '(progn (package-initialize) (require (quote eglot)))' 2>/dev/null || missing+=(elpa-eglot)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

stamp=node_modules/.setup-complete
if [ -f "$stamp" ] && ! [ package-lock.json -nt "$stamp" ]; then exit 0; fi

# Without install scripts: code-server's own accepts one Node version only and compiles modules nobody here needs.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
# What that script would have done that matters: VS Code's own packages, at the versions of its shrinkwrap.
(cd node_modules/code-server/lib/vscode && npm install --omit=dev --ignore-scripts --no-save --no-audit --no-fund --loglevel=error)
# The extension host writes its log files, and so its Output panels, through this one native module.
(cd node_modules/code-server/lib/vscode && npm rebuild @vscode/spdlog --ignore-scripts=false --foreground-scripts >spdlog.log 2>&1) ||
  echo "setup: @vscode/spdlog was not built; output panels stay empty" >&2
touch "$stamp"
