#!/usr/bin/env bash
# Proves that a dashboard works on Wego: a page of our own with connect-web, in a real browser, against the executable with its
# sandbox. Installs what is missing, and ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
tests=$(grep -c '^test(' dashboard.test.mjs)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

skip() {
  echo "skipped: $1"
  echo "0 passed, 0 failed, $tests skipped"
  exit 0
}

command -v node > /dev/null && command -v npm > /dev/null || skip "Node.js is not installed"
command -v chromium > /dev/null || ../install.sh chromium || skip "Chromium is not installed and cannot be installed here"

npm ci --silent --no-fund --no-audit
mkdir -p "$work/dashboard/static"
cp page/index.html "$work/dashboard"
npx esbuild page/main.js --bundle --format=iife --outfile="$work/dashboard/static/main.js" --log-level=warning
dotnet build ../../src/Silo/Wego.Silo.csproj -v q --nologo

coproc SERVER { exec ../../src/Silo/bin/Debug/net10.0/Wego.Silo --sandbox --listen 127.0.0.1:0 --dashboard "$work/dashboard" --Wego:Dashboard:PathPrefix=/kubeapps 2> "$work/server.err"; }
server_pid=$SERVER_PID
trap 'kill "$server_pid" 2> /dev/null; wait "$server_pid" 2> /dev/null || true; rm -rf "$work"' EXIT
WEGO_ADDRESS='' WEGO_REPOSITORY=''
while [[ -z $WEGO_REPOSITORY ]] && read -r -t 120 line <&"${SERVER[0]}"; do
  [[ $line =~ ^Wego\ serves.*\ on\ (http://[0-9.:]+) ]] && WEGO_ADDRESS=${BASH_REMATCH[1]}
  [[ $line =~ ^A\ sample\ repository\ is\ at\ (http://[^ ]*[^ .]) ]] && WEGO_REPOSITORY=${BASH_REMATCH[1]}
done
if [[ -z $WEGO_REPOSITORY ]]; then
  cat "$work/server.err"
  echo "0 passed, $tests failed, 0 skipped"
  exit 1
fi

# The server must not block on a full pipe. Bash keeps a coprocess's own descriptors from other processes.
exec {server_out}<&"${SERVER[0]}"
cat <&"$server_out" > "$work/server.log" &
export WEGO_ADDRESS WEGO_REPOSITORY WEGO_CHROMIUM
WEGO_CHROMIUM=$(command -v chromium)
status=0
timeout 300 node --test --test-force-exit --test-timeout=60000 --test-reporter=tap dashboard.test.mjs > "$work/node.log" || status=1
[[ $status == 0 ]] || { cat "$work/node.log"; tail -n 50 "$work/server.log"; }
number() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$work/node.log" | tail -n 1; }
passed=$(number pass) failed=$(number fail) skipped=$(number skipped)
# A run that never came to its end has failed as a whole.
[[ -n $passed ]] || { passed=0 failed=$tests skipped=0; }
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 && $status == 0 ]]
