{{- define "wego.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of everything; short enough that the longest suffix still fits into a label. */}}
{{- define "wego.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "wego.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "wego.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Objects of the whole cluster carry the namespace, so that two releases of one name do not meet, unless it is the release's own name. */}}
{{- define "wego.clusterName" -}}
{{- $name := include "wego.fullname" . -}}
{{- if eq .Release.Namespace (printf "%s-system" $name) -}}
{{- $name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Namespace $name -}}
{{- end -}}
{{- end -}}

{{- define "wego.selectorLabels" -}}
app.kubernetes.io/name: {{ include "wego.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "wego.labels" -}}
{{ include "wego.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Which pods do this: all, or those of a Deployment of their own. */}}
{{- define "wego.selectorOf" -}}
{{- $root := index . 0 -}}
{{ include "wego.selectorLabels" $root }}
{{- if $root.Values.frontend.enabled }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}
{{- end -}}

{{- define "wego.labelsOf" -}}
{{- $root := index . 0 -}}
{{ include "wego.labels" $root }}
{{- if $root.Values.frontend.enabled }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}
{{- end -}}

{{/* Other names than without frontends, since what a Deployment selects cannot be changed. */}}
{{- define "wego.nameOf" -}}
{{- $root := index . 0 -}}
{{- include "wego.fullname" $root -}}
{{- if $root.Values.frontend.enabled -}}-{{ index . 1 }}{{- end -}}
{{- end -}}

{{- define "wego.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "wego.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "wego.subject" -}}
- kind: ServiceAccount
  name: {{ include "wego.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Names the object that holds the members, which the settings' ConfigMap must not meet. */}}
{{- define "wego.clusterId" -}}
{{- default (printf "%s-cluster" (include "wego.fullname" .)) .Values.cluster.id -}}
{{- end -}}

{{- define "wego.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "wego.clustersSecret" -}}
{{- if .Values.existingClustersSecret -}}
{{- .Values.existingClustersSecret -}}
{{- else if .Values.clusters -}}
{{- printf "%s-clusters" (include "wego.fullname" .) -}}
{{- end -}}
{{- end -}}

{{/* The file beside the executable's own appsettings.json: what follows from other values, then "settings", which wins. */}}
{{- define "wego.appsettings" -}}
{{- $seconds := int .Values.terminationGracePeriodSeconds -}}
{{- $grace := printf "%02d:%02d:%02d" (div $seconds 3600) (div (mod $seconds 3600) 60) (mod $seconds 60) -}}
{{- $cluster := dict "ClusterId" (include "wego.clusterId" .) "Store" .Values.cluster.store "SiloPort" .Values.silo.port "GatewayPort" .Values.silo.gatewayPort -}}
{{- if .Values.cluster.tlsSecret -}}
{{- $_ := set $cluster "Tls" (dict "Certificate" "/etc/wego/cluster-tls/tls.crt" "Key" "/etc/wego/cluster-tls/tls.key" "Authority" "/etc/wego/cluster-tls/ca.crt") -}}
{{- end -}}
{{- $derived := dict "Lifecycle" (dict "GracePeriod" $grace) "Cluster" $cluster -}}
{{- if include "wego.clustersSecret" . -}}
{{- $_ := set $derived "Kubernetes" (dict "ClustersConfigPath" "/etc/wego/clusters/clusters.json") -}}
{{- end -}}
{{- if .Values.metrics.enabled -}}
{{- $_ := set $derived "Telemetry" (dict "PrometheusListen" (printf "%s:%d" .Values.listenAddress (int .Values.metrics.port))) -}}
{{- end -}}
{{- dict "Wego" (mergeOverwrite $derived (deepCopy .Values.settings)) "Logging" .Values.logging | toPrettyJson -}}
{{- end -}}

{{/*
  Chosen by the version of Kubernetes, which "helm template --kube-version" sets, too: its list of API versions does not follow.
*/}}
{{- define "wego.pdbVersion" -}}
{{- if semverCompare ">=1.21.0-0" .Capabilities.KubeVersion.Version -}}policy/v1{{- else -}}policy/v1beta1{{- end -}}
{{- end -}}

{{- define "wego.hpaVersion" -}}
{{- if semverCompare ">=1.23.0-0" .Capabilities.KubeVersion.Version -}}autoscaling/v2{{- else -}}autoscaling/v2beta2{{- end -}}
{{- end -}}
