# The image of Wego, on the Orleans runtime. Its tag is the version, which the chart takes from its appVersion:
#
#   docker build --tag wego:0.1.0 .
#
# Arguments: VERSION (the assembly's; that of Directory.Build.props where it is not given), GRAIN_RUNTIME (docs/grain-runtime.md),
# HELM_VERSION with HELM_SHA256_AMD64 and HELM_SHA256_ARM64, REVISION (of the sources, for the label).
ARG DOTNET=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ARG VERSION=""
ARG GRAIN_RUNTIME=Orleans
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY build build
COPY proto proto
COPY deploy/crds deploy/crds
COPY deploy/rbac deploy/rbac
COPY src src
RUN bash build/publish.sh /app GrainRuntime=${GRAIN_RUNTIME} ${VERSION:+Version=${VERSION}}

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS helm
ARG TARGETARCH
ARG HELM_VERSION=3.17.2
ARG HELM_SHA256_AMD64=90c28792a1eb5fb0b50028e39ebf826531ebfcf73f599050dbd79bab2f277241
ARG HELM_SHA256_ARM64=d78d76ec7625a94991e887ac049d93f44bd70e4876200b945f813c9e1ed1df7c
WORKDIR /helm
# BuildKit sets the architecture; where nothing does, it is that of the machine.
RUN set -eu; \
    arch=${TARGETARCH:-$(dpkg --print-architecture)}; \
    case $arch in amd64) sum=${HELM_SHA256_AMD64} ;; arm64) sum=${HELM_SHA256_ARM64} ;; *) echo "no checksum of helm for $arch" >&2; exit 1 ;; esac; \
    curl --fail --silent --show-error --location --output helm.tgz "https://get.helm.sh/helm-v${HELM_VERSION}-linux-$arch.tar.gz"; \
    echo "$sum  helm.tgz" | sha256sum --check; \
    tar --extract --gzip --file helm.tgz --strip-components 1 "linux-$arch/helm"

# No shell, no package manager, and nothing that has to be written but /tmp. The runtime is published with the application.
FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET}-noble-chiseled
ARG REVISION=""
LABEL org.opencontainers.image.title="Wego" \
      org.opencontainers.image.description="One API for everything that is installed on Kubernetes as a package." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=helm /helm/helm /usr/local/bin/helm
COPY --from=build /app /app
# The base image's port would be a second one.
ENV ASPNETCORE_HTTP_PORTS=""
WORKDIR /app
USER 1654:1654
EXPOSE 50051 11111 30000 9090
ENTRYPOINT ["/app/Wego.Silo"]
CMD ["--listen", "0.0.0.0:50051"]
