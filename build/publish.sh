#!/usr/bin/env bash
# Publishes what the container image contains: the same sources give the same files, wherever they are.
#
#   build/publish.sh FOLDER [PROPERTY=VALUE...]
set -euo pipefail
folder=$(realpath -m "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# CI has run the analyzers. The documentation is for who builds against an assembly. No path and no commit gets into a file:
# an image is known by its version. Symbols would differ from build to build, as they hold what source generators wrote, and that
# of log messages comes in a random order. The runtime is part of it, compiled ahead of time together with everything else.
exec dotnet publish src/Silo --configuration Release --self-contained --use-current-runtime --output "$folder" --verbosity quiet --nologo \
  -p:RunAnalyzers=false -p:DebugType=none -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false \
  -p:CustomAfterMicrosoftCommonTargets="$PWD/build/SortedSources.targets" -p:PathMap="$PWD/=/_/" -p:IncludeSourceRevisionInInformationalVersion=false -p:EnableSourceControlManagerQueries=false \
  "${@/#/-p:}"
