#!/usr/bin/env bash
# What can be told of the image without a container engine: the Dockerfile's structure, that its build context is enough to build
# from, that what is published is complete and comes out the same twice, and that it runs as the pod runs it: as a user without
# rights on a read-only root, with helm and with /tmp. Ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
readonly root=$PWD/../..
passed=0 failed=0 skipped=0
work=$(mktemp -d)
# On another file system where there is one, as that lists files in another order.
elsewhere=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d)
server= address=

finish() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2> /dev/null
  rm -rf "$work" "$elsewhere"
}
trap finish EXIT

check() {
  local name=$1
  shift
  if "$@" > "$work/check.log" 2>&1; then
    passed=$((passed + 1))
    echo "passed: $name"
  else
    failed=$((failed + 1))
    echo "FAILED: $name"
    cat "$work/check.log"
  fi
}

skip() {
  skipped=$((skipped + 1))
  echo "skipped: $1"
}

end() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [[ $failed == 0 ]]
  exit
}

structure() {
  python3 -B -m unittest -v test_dockerfile > "$work/structure.log" 2>&1
  local bad
  passed=$((passed + $(grep -c ' \.\.\. ok$' "$work/structure.log")))
  bad=$(grep -cE ' \.\.\. (FAIL|ERROR)$' "$work/structure.log")
  if [[ $bad -gt 0 ]] || ! grep -q '^Ran [1-9]' "$work/structure.log"; then
    failed=$((failed + (bad > 0 ? bad : 1)))
    cat "$work/structure.log"
  fi
}

# As the build stage does, in a folder that has only what it copies.
publish() {
  python3 -B context.py "$2/$1" && bash "$2/$1/build/publish.sh" "$work/$1-app"
}

same_files() {
  (cd "$work/first-app" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) > "$work/first.sums"
  (cd "$work/second-app" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) > "$work/second.sums"
  [[ -s $work/first.sums ]] && diff "$work/first.sums" "$work/second.sums"
}

complete() {
  local plugin name
  for plugin in "$root"/src/Plugins/*/*.csproj; do
    name=$(basename "$plugin" .csproj)
    grep -q "/$name.csproj\"" <(grep '<Plugin ' "$root/src/Silo/Wego.Silo.csproj") || continue
    [[ -f $work/first-app/plugins/$name/$name.dll && -f $work/first-app/plugins/$name/$name.deps.json ]] || { echo "$name is not there"; return 1; }
  done
  [[ -n $name && -x $work/first-app/Wego.Silo && -f $work/first-app/appsettings.json ]]
}

# Settings of an environment belong to the pod, and nothing of a test or of a machine into an image.
nothing_else() {
  local found
  found=$(find "$work/first-app" \( -name 'appsettings.*.json' -o -name '*.xml' -o -iname '*test*' -o -name '*.pdb' -o -name '*.sh' \) -print)
  [[ -z $found ]] || { echo "$found"; return 1; }
  ! grep -rlF -e "$work" -e "$HOME/" "$work/first-app"
}

# Named by its version: of the sources where the build is not told another.
versions() {
  local expected
  expected=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
  grep -q "\"Wego.Silo/$expected\"" "$work/first-app/Wego.Silo.deps.json" && grep -q "^appVersion: \"$expected\"$" "$root/deploy/helm/wego/Chart.yaml"
}

# Runs the image's command with a root of its own, which is read-only but for /tmp, as user 1654 without any capability.
container() {
  local image=$work/image helm=$1 mount
  shift
  mkdir -p "$image"
  cat > "$work/enter.sh" <<'ENTER'
set -euo pipefail
image=$1 app=$2 helm=$3 settings=$4
shift 4
mount -t tmpfs -o mode=0755 tmpfs "$image"
mkdir -p "$image"/{dev,etc/ssl,proc,tmp,usr/bin,usr/lib,usr/local/bin,lib,lib64,app}
for folder in /usr/lib /lib /lib64 /etc/ssl; do
  [[ -d $folder ]] || continue
  mount --bind "$folder" "$image$folder"
  mount -o remount,bind,ro "$image$folder"
done
mount -t proc proc "$image/proc" 2> /dev/null || mount --rbind /proc "$image/proc"
for device in null zero random urandom; do touch "$image/dev/$device" && mount --bind "/dev/$device" "$image/dev/$device"; done
cp -r "$app/." "$image/app"
[[ -z $settings ]] || cp "$settings" "$image/app/appsettings.Production.json"
install -m 0755 "$helm" "$image/usr/local/bin/helm"
echo 'app:x:1654:1654::/home/app:/bin/false' > "$image/etc/passwd"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$image/tmp"
mount -o remount,ro "$image"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ASPNETCORE_HTTP_PORTS= \
  setpriv --no-new-privs --bounding-set=-all,+sys_chroot,+setuid,+setgid --inh-caps=-all \
  chroot --userspec=1654:1654 --groups= "$image" /app/Wego.Silo "$@"
ENTER
  exec unshare --mount --propagation private bash "$work/enter.sh" "$image" "$work/first-app" "$helm" "$settings" "$@"
}

start() {
  local attempt
  # A process of its own, so that its number is that of the server once everything is set up.
  (settings='' container "$helm" --sandbox --listen 127.0.0.1:0 --Wego:Lifecycle:DrainDelay=00:00:00) > "$work/server.log" 2>&1 &
  server=$!
  for ((attempt = 0; attempt < 600; attempt++)); do
    address=$(sed -n 's/.*Now listening on: \(http:[^ ]*\).*/\1/p' "$work/server.log" | tail -n 1)
    [[ -n $address ]] && curl -fsS "$address/readyz" && return 0
    kill -0 "$server" 2> /dev/null || break
    sleep 0.1
  done
  cat "$work/server.log"
  return 1
}

without_rights() {
  [[ $(awk '$1 == "Uid:" { print $2, $3, $4, $5 }' "/proc/$server/status") == "1654 1654 1654 1654" ]] &&
    [[ $(awk '$1 == "CapEff:" || $1 == "CapPrm:" { print $2 }' "/proc/$server/status" | sort -u) == 0000000000000000 ]] &&
    [[ $(awk '$1 == "NoNewPrivs:" { print $2 }' "/proc/$server/status") == 1 ]]
}

# Every mount that the process sees below its root can only be read, but for /tmp and what the kernel makes up.
read_only() {
  local writable
  writable=$(awk '$6 !~ /(^|,)ro(,|$)/ { print $5 }' "/proc/$server/mountinfo" | grep -vE '^/(tmp|proc|dev/[a-z]+)(/|$)')
  grep -q ' / / ro' "/proc/$server/mountinfo" || grep -qE ' / ro[, ]' "/proc/$server/mountinfo" || { cat "/proc/$server/mountinfo"; return 1; }
  [[ -z $writable ]] || { echo "$writable"; return 1; }
}

call() {
  curl -fsS -H 'Authorization: Bearer sandbox-team-a' "$@"
}

# Helm needs a home, a cache and a place for the chart: there is only /tmp.
installs_with_helm() {
  local repository packages=$address/core/packages/v1alpha1 reference attempt
  repository=$(grep -o '"url": *"http://127[^"]*"' "$work/server.log" | head -n 1 | cut -d'"' -f4)
  [[ -n $repository ]] || { cat "$work/server.log"; return 1; }
  call "$packages/repositories" -d "{\"context\": {\"namespace\": \"team-a\"}, \"name\": \"charts\", \"type\": \"helm\", \"url\": \"$repository\",
    \"namespaceScoped\": true, \"plugin\": {\"name\": \"helm.packages\"}}" || return 1
  for ((attempt = 0; attempt < 100; attempt++)); do
    call "$packages/availablepackages?context.namespace=team-a" | grep -q 'charts/counter' && break
    sleep 0.1
  done
  call "$packages/installedpackages" -d '{"availablePackageRef": {"context": {"namespace": "team-a"}, "identifier": "charts/counter",
    "plugin": {"name": "helm.packages"}}, "targetContext": {"namespace": "team-a"}, "name": "count", "pkgVersionReference": {"version": "0.3.1"}}' || return 1
  reference=installedpackages/plugin/helm.packages/v1alpha1/c/default/ns/team-a/count
  call "$packages/$reference" | tee "$work/installed.json" | grep -q '"pkgVersion": *"0.3.1"' || { cat "$work/installed.json"; return 1; }
}

# The file that the chart mounts is read, and a bad value in it stops the start with its name.
reads_the_mounted_settings() {
  echo '{ "Wego": { "Grains": { "RetryDelay": "-00:00:01" } } }' > "$work/bad.json"
  local code=0
  (settings=$work/bad.json container "$helm" --sandbox --listen 127.0.0.1:0) > "$work/bad.log" 2>&1 || code=$?
  cat "$work/bad.log"
  [[ $code == 1 ]] && grep -q 'Wego:Grains:RetryDelay' "$work/bad.log"
}

ends_on_sigterm() {
  local code=0
  kill -TERM "$server"
  wait "$server" || code=$?
  server=
  cat "$work/server.log"
  [[ $code == 0 ]]
}

structure
check "the build stage's context is enough to build from" publish first "$work"
[[ $failed == 0 ]] || end
check "a second build elsewhere" publish second "$elsewhere"
check "the same sources give the same files" same_files
check "every plugin is there" complete
check "nothing is there that does not belong into an image" nothing_else
check "the assembly, the chart and the image have one version" versions

# What the image has. Its packages are not to be had everywhere.
orleans() {
  python3 -B context.py "$work/orleans" && bash "$work/orleans/build/publish.sh" "$work/orleans-app" GrainRuntime=Orleans && [[ -f $work/orleans-app/Orleans.Runtime.dll ]]
}
if python3 -B context.py "$work/restore" && timeout 120 dotnet restore "$work/restore/src/Silo" -p:GrainRuntime=Orleans -v q --nologo > "$work/restore.log" 2>&1; then
  check "publishes for Orleans" orleans
elif grep -q 'error NU1101: Unable to find package Microsoft.Orleans' "$work/restore.log"; then
  skip "publishes for Orleans: its packages cannot be restored here"
else
  check "restores for Orleans" eval 'cat "$work/restore.log"; false'
fi

helm=${WEGO_TEST_HELM:-}
helm=${helm%%:*}
if [[ $(id -u) != 0 ]] || ! unshare --mount true 2> /dev/null; then
  skip "run as the pod runs it: a root of its own needs the right to mount"
elif [[ ! -x $helm ]]; then
  skip "run as the pod runs it: WEGO_TEST_HELM is not set; tests/helm/fetch.sh provides Helm"
else
  check "starts on a read-only root" start
  if [[ -n $address ]]; then
    check "has no rights" without_rights
    check "can write nowhere but to /tmp" read_only
    check "installs a package with helm" installs_with_helm
    check "ends on SIGTERM" ends_on_sigterm
  fi
  check "reads the settings that the chart mounts" reads_the_mounted_settings
fi
end
