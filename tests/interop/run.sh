#!/usr/bin/env bash
# Proves the RPC runtime against clients of other makes: grpc-js, connect-node, connect-web, Debian's grpcio, curl.
# Installs what is missing, and ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
passed=0
failed=0
skipped=0
work=$(mktemp -d)

skip() {
  skipped=$((skipped + 1))
  echo "skipped: $1"
}

# Adds up the last counts that a suite prints.
count() {
  local log=$1
  if ! grep -q '^# pass ' "$log"; then
    failed=$((failed + 1))
    cat "$log"
    return
  fi

  passed=$((passed + $(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$log" | tail -n 1)))
  failed=$((failed + $(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$log" | tail -n 1)))
  skipped=$((skipped + $(sed -n 's/^# skipped \([0-9]*\)$/\1/p' "$log" | tail -n 1)))
}

dotnet build -c Release -v q --nologo EchoServer
export ECHO_DESCRIPTORS="$work/echo.binpb"
coproc SERVER { exec dotnet EchoServer/bin/Release/net10.0/Wego.Interop.EchoServer.dll "$ECHO_DESCRIPTORS"; }
# The server ends when its standard input does.
server_pid=$SERVER_PID
server_in=${SERVER[1]}
trap 'exec {server_in}>&-; wait "$server_pid" 2> /dev/null || true; rm -rf "$work"' EXIT
read -r -t 60 ECHO_PORT <&"${SERVER[0]}"
export ECHO_PORT

if command -v node > /dev/null && command -v npm > /dev/null; then
  (cd node && npm ci --silent --no-fund --no-audit)
  (cd node && timeout 300 node --test --test-force-exit --test-timeout=60000 --test-reporter=tap) > "$work/node.log" || grep -B 2 -A 20 '^ *not ok' "$work/node.log" || true
  count "$work/node.log"
else
  skip "grpc-js, connect-node and connect-web: Node.js is not installed"
fi

python=/usr/bin/python3
if "$python" -c 'import grpc, google.protobuf' 2> /dev/null || { ../install.sh python3-grpcio python3-protobuf && "$python" -c 'import grpc, google.protobuf'; }; then
  status=0
  "$python" -m unittest discover -s python > "$work/python.log" 2>&1 || status=1
  [[ $status == 0 ]] || cat "$work/python.log"
  total=$(sed -n 's/^Ran \([0-9]*\) tests\?.*/\1/p' "$work/python.log")
  bad=$({ grep -cE '^(FAIL|ERROR):' "$work/python.log" || true; })
  # A suite that fails before its first test has failed, too.
  [[ $status == 0 || $bad != 0 ]] || bad=1
  passed=$((passed + ${total:-$bad} - bad))
  failed=$((failed + bad))
else
  skip "grpcio: python3-grpcio cannot be installed here"
fi

if command -v curl > /dev/null || ../install.sh curl; then
  bash curl/test.sh > "$work/curl.log"
  grep -A 2 '^not ok' "$work/curl.log" || true
  count "$work/curl.log"
else
  skip "curl: it cannot be installed here"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
