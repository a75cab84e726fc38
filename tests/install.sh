#!/usr/bin/env bash
# Installs Debian packages, as root or with password-less sudo; asks for fresh lists only where those that are there do not help.
# Fails with what apt said, on other systems at once.
#
#   tests/install.sh PACKAGE...
set -uo pipefail

command -v apt-get >/dev/null || exit 1
as_root=()
[[ $(id -u) == 0 ]] || as_root=(sudo -n)

packages() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@"; }

said=$(packages "$@" 2>&1) && exit
said=$("${as_root[@]}" apt-get update -q 2>&1 && packages "$@" 2>&1) && exit
printf '%s\n' "$said" >&2
exit 1
