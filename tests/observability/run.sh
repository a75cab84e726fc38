#!/usr/bin/env bash
# Proves that the dashboard and the alert rules of deploy/observability show what Wego reports: a real Prometheus scrapes the executable
# with its sandbox while it is used, and every query is asked of it. Installs what is missing, and ends with
# "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
readonly observability=../../deploy/observability
work=$(mktemp -d)
watchers=() servers=()
trap 'end' EXIT

end() {
  local pid
  for pid in "${watchers[@]}" "${servers[@]}"; do
    kill "$pid" 2> /dev/null || true
  done
  for pid in "${servers[@]}"; do
    wait "$pid" 2> /dev/null || true
  done
  rm -rf "$work"
}

skip() {
  echo "skipped: $1"
  echo "0 passed, 0 failed, $(($(grep -c '"expr"' $observability/dashboard.json) + $(grep -c 'alert:' $observability/alerts.yaml))) skipped"
  exit 0
}

broken() {
  echo "$1"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# A port that was free a moment ago.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

command -v python3 > /dev/null || skip "Python is not installed"
command -v prometheus > /dev/null && command -v promtool > /dev/null || ../install.sh prometheus || skip "Prometheus is not installed and cannot be installed here"
/usr/bin/python3 -c 'import yaml' 2> /dev/null || ../install.sh python3-yaml || skip "PyYAML is not installed and cannot be installed here"

passed=0 failed=0
step() {
  local name=$1
  shift
  if "$@" > "$work/step.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    echo "not ok: $name"
    cat "$work/step.log"
  fi
}

step "the rules are well-formed" promtool check rules $observability/alerts.yaml
step "the rules fire when they must" promtool test rules $observability/alerts.test.yaml

dotnet build ../../src/Silo/Wego.Silo.csproj -v q --nologo
../../src/Silo/bin/Debug/net10.0/Wego.Silo --sandbox --listen 127.0.0.1:0 --Wego:Telemetry:PrometheusListen=127.0.0.1:0 > "$work/server.log" 2>&1 &
servers+=($!)
metrics=''
for _ in $(seq 300); do
  [[ $(tail -n 1 "$work/server.log") == *"Content root path"* ]] && break
  kill -0 "${servers[0]}" 2> /dev/null || break
  sleep 0.2
done
WEGO_ADDRESS=$(sed -n 's/^Wego serves.* on \(http:[^,]*\),.*/\1/p' "$work/server.log")
WEGO_REPOSITORY=$(sed -n 's/^A sample repository is at \(http:[^ ]*[^ .]\)\. .*/\1/p' "$work/server.log")
metrics=$(sed -n 's/^ *Now listening on: http:\/\///p' "$work/server.log" | tail -n 1)
[[ -n $WEGO_ADDRESS && -n $WEGO_REPOSITORY && -n $metrics ]] || broken "Wego did not start: $(cat "$work/server.log")"

step "promtool reads the metrics" bash -c "curl -sf http://$metrics/metrics | promtool check metrics > '$work/lint' 2>&1; [[ \$? != 1 ]] || ! grep -i 'error while' '$work/lint'"

prometheus=127.0.0.1:$(free_port)
cat > "$work/prometheus.yaml" << EOF
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [$(realpath $observability/alerts.yaml)]
scrape_configs:
  - job_name: wego
    static_configs: [{ targets: ["$metrics"] }]
EOF
prometheus --config.file="$work/prometheus.yaml" --storage.tsdb.path="$work/tsdb" --web.listen-address="$prometheus" > "$work/prometheus.log" 2>&1 &
servers+=($!)

# Counts from the API; empty before it answers.
ask() {
  curl -sf "http://$prometheus/api/v1/query" --data-urlencode "query=$1" | python3 -c 'import json, sys; r = json.load(sys.stdin)["data"]["result"]; print(r[0]["value"][1] if r else "")'
}

# Waits, a minute at most, until a query gives at least this.
reaches() {
  local value
  for _ in $(seq 300); do
    value=$(ask "$1" 2> /dev/null || true)
    [[ -n $value ]] && python3 -c "import sys; sys.exit(not float('$value') >= $2)" && return 0
    sleep 0.2
  done
  echo "$1 is '$value'; it should have reached $2"
  tail -n 5 "$work/prometheus.log"
  return 1
}

step "Prometheus scrapes Wego" reaches 'up{job="wego"}' 1
source ./journey.sh
step "Wego is used" journey
step "that is seen" reaches 'count_over_time(wego_frontend_plugin_failures_total{job="wego"}[1m])' 2
step "so is what failed" reaches 'count_over_time(rpc_server_call_duration_seconds_count{job="wego", error_type!=""}[1m])' 2
step "Wego is used again" journey_again
step "that is seen, too" reaches 'sum(increase(wego_operation_duration_seconds_count{job="wego", error_type!=""}[1m]))' 0.5

/usr/bin/python3 check.py "http://$prometheus" | tee "$work/checks" || true
read -r checks_passed checks_failed < <(tail -n 1 "$work/checks")
[[ $checks_passed =~ ^[0-9]+$ ]] || { checks_passed=0 checks_failed=1; }
passed=$((passed + checks_passed)) failed=$((failed + checks_failed))
[[ $failed == 0 ]] || tail -n 30 "$work/server.log"
echo "$passed passed, $failed failed, 0 skipped"
[[ $failed == 0 ]]
