#!/usr/bin/env bash
# What the README promises, done as its user would: the server is started by the README's command, and the journey from an empty
# cluster to an installed, upgraded and deleted package is made with clients of other makes over gRPC, gRPC-Web, Connect and REST.
# Ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v node > /dev/null || ! command -v npm > /dev/null; then
  echo "skipped: Node.js is not installed"
  echo "0 passed, 0 failed, 1 skipped"
  exit 0
fi

# Helm packages are installed with the helm program; without it the rest of the journey is made.
helm=${WEGO_TEST_HELM:-}
helm=${helm##*:}
[[ -n $helm || ! -x tests/helm/fetch.sh ]] || helm=$(tests/helm/fetch.sh | sed -n 's/^WEGO_TEST_HELM=.*:\([^:]*\)$/\1/p') || helm=
[[ -n $helm ]] || helm=$(command -v helm || true)

work=$(mktemp -d)
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
dotnet build -c Release -v q --nologo src/Silo
timeout 600 dotnet run -c Release --no-build --project src/Silo -- --sandbox --listen "127.0.0.1:$port" ${helm:+"--Wego:Helm:Executable=$helm"} > "$work/wego.log" 2>&1 &
server=$!
stop() {
  # dotnet run passes on SIGINT to the server, timeout ends it in any case.
  kill -INT "$server" 2> /dev/null || true
  wait "$server" 2> /dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# Ends with the line that says the server is up, with the server, or after two minutes.
timeout 120 grep -m 1 -q 'A sample repository is at' < <(tail -n +1 -f --pid="$server" "$work/wego.log") || true
repository=$(sed -n 's/.*A sample repository is at \(http:[^ ]*\)\. .*/\1/p' "$work/wego.log")
if [[ -z $repository ]]; then
  cat "$work/wego.log"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

(cd tests/interop/node && npm ci --silent --no-fund --no-audit)
status=0
(cd tests/interop/node && WEGO_ADDRESS="127.0.0.1:$port" WEGO_REPOSITORY="$repository" WEGO_HELM="$helm" WEGO_PROTO="$PWD/../../../proto" \
  timeout 300 node --test --test-force-exit --test-timeout=120000 --test-reporter=tap journey.mjs) > "$work/journey.log" || status=1
[[ $status == 0 ]] || { cat "$work/journey.log" "$work/wego.log"; }
passed=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$work/journey.log" | tail -n 1)
failed=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$work/journey.log" | tail -n 1)
[[ $status == 0 || ${failed:-0} != 0 ]] || failed=1
echo "${passed:-0} passed, ${failed:-0} failed, 0 skipped"
[[ ${failed:-1} == 0 ]]
