#!/usr/bin/env bash
# Provides etcd, kube-apiserver, kube-controller-manager and kubectl 1.20.2 on Debian 12, all from Debian's own packages.
# Does nothing where they are already in the cache folder. Prints KUBEBUILDER_ASSETS=FOLDER as its last line.
#
#   tests/kube-apiserver/build.sh [FOLDER]
#
# The binaries come from the mirror that this machine's apt is configured for. Building takes about 4 minutes on 2 cores and
# 3 GB of disk, which is given back. Needs root or sudo, for apt.
set -euo pipefail

readonly version=1.20.2
readonly commit=faecb196815e248d3ecfb03c680a4507229c2a56
readonly go=/usr/lib/go-1.19/bin
readonly built=(kube-apiserver kube-controller-manager)
readonly assets=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/wego/kube-apiserver-$version}

say() { echo "kube-apiserver: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

complete() {
  local program
  for program in etcd kubectl "${built[@]}"; do
    [[ -x $assets/$program ]] || return 1
  done
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n -E "$@"
  else
    fail "apt must install what the build needs: run this as root or as a user with password-less sudo, or set KUBEBUILDER_ASSETS to a folder that has etcd and kube-apiserver."
  fi
}

install_tools() {
  command -v apt-get >/dev/null || fail "this builds on Debian 12 only; elsewhere set KUBEBUILDER_ASSETS to a folder that has etcd and kube-apiserver."
  as_root apt-get update -q >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends \
    build-essential ca-certificates dpkg-dev golang-1.19-go make rsync >&2
  [[ -x $go/go ]] || fail "golang-1.19-go was installed but $go/go is missing."
}

# The source packages come from where the binary packages come from: each Debian target of the machine's own configuration,
# turned into a deb-src line of a list that only this script uses.
source_list() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg options=''
  [[ -f $keyring ]] && options="[signed-by=$keyring] "
  apt-get indextargets --format "deb-src ${options}\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' 'Origin: Debian' | sort -u
}

fetch_sources() {
  local list=$work/deb-src.list
  source_list >"$list"
  [[ -s $list ]] || fail "apt knows no Debian mirror: 'apt-get indextargets' names no target of origin Debian."
  local options=(
    -o "Dir::Etc::SourceList=$list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache"
    -o APT::Sandbox::User=
  )
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
  apt-get "${options[@]}" update -q >&2
  (cd "$work/source" && apt-get "${options[@]}" source -q kubernetes >&2)
  mkdir -p "$work/go/src/k8s.io"
  mv "$work"/source/kubernetes-*/ "$work/go/src/k8s.io/kubernetes"
}

# Only unpacked, not installed: installing etcd-server would start a service.
unpack_package() {
  mkdir -p "$work/packages/$1"
  (cd "$work/packages/$1" && apt-get -o APT::Sandbox::User= download -q "$1" >&2 && dpkg-deb -x ./*.deb .)
}

unpack_program() {
  local package=$1 program=$2
  unpack_package "$package"
  install -m 0755 "$work/packages/$package/usr/bin/$program" "$work/assets/$program"
}

# The vendored reflect2 1.0.1 reads Go's maps by a layout that changed with Go 1.18, so that the server crashes while it
# encodes JSON; 1.0.2, which Debian packages, does not.
replace_reflect2() {
  local package=golang-github-modern-go-reflect2-dev import=github.com/modern-go/reflect2
  unpack_package "$package"
  rm -r "$1/vendor/$import"
  cp -r "$work/packages/$package/usr/share/gocode/src/$import" "$1/vendor/$import"
}

build() {
  local tree=$work/go/src/k8s.io/kubernetes
  cat >"$work/version" <<END
KUBE_GIT_COMMIT='$commit'
KUBE_GIT_TREE_STATE='archive'
KUBE_GIT_VERSION='v$version'
KUBE_GIT_MAJOR='1'
KUBE_GIT_MINOR='20'
END
  replace_reflect2 "$tree"
  (
    cd "$tree"
    export GO111MODULE=off GOPATH=$work/go GOCACHE=$work/gocache GOFLAGS='' PATH=$go:$PATH
    export KUBE_GIT_VERSION_FILE=$work/version
    nice make WHAT="${built[*]/#/cmd/}" >&2
  )
  local program
  for program in "${built[@]}"; do
    install -m 0755 "$tree/_output/bin/$program" "$work/assets/$program"
  done
}

mkdir -p "$assets"
exec 9>"$assets/.lock"
flock 9
if ! complete; then
  work=$(mktemp -d "$(dirname "$assets")/build.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/assets"
  install_tools
  unpack_program etcd-server etcd
  unpack_program kubernetes-client kubectl
  say "fetching the source package kubernetes"
  fetch_sources
  say "building ${built[*]} $version"
  build
  mv "$work"/assets/* "$assets/"
fi

[[ $("$assets/kube-apiserver" --version) == "Kubernetes v$version" ]] || fail "$assets/kube-apiserver is not version $version; delete $assets to build it again."
echo "KUBEBUILDER_ASSETS=$assets"
