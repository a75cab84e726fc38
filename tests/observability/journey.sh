# What users do, once: sourced by run.sh with WEGO_ADDRESS and WEGO_REPOSITORY. Failures are part of it, for dashboards show them.

readonly core=$WEGO_ADDRESS/core/packages/v1alpha1
readonly dead=http://127.0.0.1:9/

# METHOD URL [BODY]; prints the answer.
call() {
  curl -s -m 60 -X "$1" -H "Authorization: Bearer ${token:-sandbox-team-a}" "$2" ${3:+-d "$3"}
}

# Fails unless the answer holds the text.
must() {
  local expected=$1 answer
  shift
  answer=$(call "$@")
  [[ $answer == *"$expected"* ]] || { echo "$* answered: $answer"; return 1; }
}

add_repository() {
  call POST "$core/repositories" "{\"context\":{\"namespace\":\"team-a\"},\"name\":\"$1\",\"type\":\"$2\",\"url\":\"$3\",\"namespaceScoped\":true,\"plugin\":{\"name\":\"$4\"}}" > /dev/null
}

install_package() {
  call POST "$core/installedpackages" "{\"availablePackageRef\":{\"context\":{\"namespace\":\"team-a\"},\"identifier\":\"charts/hello-web\",\"plugin\":{\"name\":\"fluxv2.packages\"}},\"targetContext\":{\"namespace\":\"team-a\"},\"name\":\"$1\",\"values\":\"replicas: 2\"}"
}

# Waits for the first lines of a stream, and leaves it open.
watch_package() {
  curl -sN -m 100 -H "Authorization: Bearer sandbox-team-a" "$WEGO_ADDRESS/plugins/resources/v1alpha1/fluxv2.packages/v1alpha1/c/default/ns/team-a/$1?watch=true" > "$work/watch" &
  watchers+=($!)
  for _ in $(seq 100); do
    [[ -s $work/watch ]] && return 0
    sleep 0.2
  done
  return 1
}

# What is counted for the first time has no rate; this is done once the first time has been scraped.
journey_again() {
  install_package web-again > /dev/null
  install_package web-again > /dev/null
  must web-again GET "$core/installedpackages"
}

journey() {
  must fluxv2.packages GET "$WEGO_ADDRESS/core/plugins/v1alpha1/configured-plugins" || return
  add_repository charts helm "$WEGO_REPOSITORY" fluxv2.packages
  add_repository broken helm "$dead" fluxv2.packages
  add_repository carvel http "${WEGO_REPOSITORY}packages.tgz" kapp_controller.packages
  must hello-web GET "$core/availablepackages" || return
  call GET "$core/plugin/fluxv2.packages/v1alpha1/c/default/ns/team-a/availablepackages/broken%2Fhello-web" > /dev/null
  install_package web > /dev/null
  install_package web > /dev/null
  must web GET "$core/installedpackages" || return
  watch_package web || return
  must web GET "$core/installedpackages" || return
  # Without a right to Secrets the releases of Helm cannot be listed, and the answer lacks them.
  token=sandbox-viewer must web GET "$core/installedpackages" || return
  # A stream that goes on until its deadline.
  curl -sN -m 60 -o "$work/deadline" -H 'Authorization: Bearer sandbox-team-a' -H 'grpc-timeout: 300m' \
    "$WEGO_ADDRESS/plugins/resources/v1alpha1/fluxv2.packages/v1alpha1/c/default/ns/team-a/web?watch=true"
  grep -q 'deadline passed' "$work/deadline" || { echo "a stream with a deadline answered: $(cat "$work/deadline")"; return 1; }
}
