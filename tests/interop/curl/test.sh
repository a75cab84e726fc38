#!/usr/bin/env bash
# Calls the echo server with curl. Prints TAP lines like node's test runner.
set -u
base="http://127.0.0.1:$ECHO_PORT/wego.rpc.test.v1.EchoService"
passed=0
failed=0

# expect NAME WANTED ACTUAL
expect() {
  if [[ "$3" == *"$2"* ]]; then
    passed=$((passed + 1))
    echo "ok - curl: $1"
  else
    failed=$((failed + 1))
    printf 'not ok - curl: %s\n  wanted: %s\n  got: %s\n' "$1" "$2" "$3"
  fi
}

# post METHOD BODY CURL-ARGUMENTS...
post() {
  local method=$1 body=$2
  shift 2
  curl -sS -m 30 -i "$@" -H 'Content-Type: application/json' -d "$body" "$base/$method" 2>&1
}

for version in --http1.0 --http1.1 --http2-prior-knowledge; do
  expect "Connect JSON $version" '"message": "hello"' "$(post Echo '{"message":"hello"}' "$version")"
  expect "error $version" '{"code":"not_found","message":"no such thing"}' "$(post Fail '{"code":5,"message":"no such thing"}' "$version")"
  expect "unknown method $version" '"code":"unimplemented"' "$(post Nothing '{}' "$version")"
done

# curl asks to upgrade to h2c; the answer stays HTTP/1.1.
expect "Upgrade: h2c is not taken up" 'HTTP/1.1 200' "$(post Echo '{}' --http2)"
expect "gzip response" 'content-encoding: gzip' "$(post Echo '{"message":"x","responseSize":9000}' --compressed | tr 'A-Z' 'a-z')"
expect "invalid JSON" '"code":"invalid_argument"' "$(post Echo '{"message":')"
expect "GET" 'HTTP/1.1 405' "$(curl -sS -m 30 -i "$base/Echo")"
expect "content type" 'HTTP/1.1 415' "$(curl -sS -m 30 -i -H 'Content-Type: text/plain' -d x "$base/Echo")"
expect "deadline" '"code":"deadline_exceeded"' "$(post Hang '{}' -H 'Connect-Timeout-Ms: 100')"

# rest PATH CURL-ARGUMENTS...
rest() {
  local path=$1
  shift
  curl -sS -m 30 -i -g "$@" "http://127.0.0.1:$ECHO_PORT$path" 2>&1
}

for version in --http1.0 --http1.1 --http2-prior-knowledge; do
  expect "REST GET $version" '{ "name": "apple", "number": 3 }' "$(rest '/v1/things/apple?number=3' "$version")"
  expect "REST POST without a content type $version" '{ "name": "a" }' "$(rest /v1/things "$version" -d '{"name":"a"}')"
  expect "REST stream $version" $'{"result":{ "number": 1 }}\n{"error":{"code":14' "$(rest '/v1/watch?number=2&flag=true' "$version" -N)"
  expect "REST events $version" $'data: {"result":{ }}\n\ndata: {"result":{ "number": 1 }}' "$(rest '/v1/watch?number=2' "$version" -N -H 'Accept: text/event-stream')"
  expect "REST error $version" '{"code":5,"message":"gone"' "$(rest '/v1/fail?number=5&name=gone' "$version")"
done

expect "REST map entries in the query" '"labels": { "app": "web" }' "$(rest '/v1/things?labels[app]=web')"
expect "REST behind a proxy that keeps the prefix" '{ "name": "apple" }' "$(rest /apis/v1/things/apple)"
expect "REST identifier with slashes" '"name": "repo/a%2Fb"' "$(rest /v1/groups/g/things/repo/a%2Fb)"
expect "REST gzip response" 'content-encoding: gzip' "$(rest "/v1/things?name=$(printf 'n%.0s' {1..5000})" --compressed | tr 'A-Z' 'a-z')"
expect "REST unknown path" '{"code":5,' "$(rest /v2/nothing)"
echo "# pass $passed"
echo "# fail $failed"
echo "# skipped 0"
