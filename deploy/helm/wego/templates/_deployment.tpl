{{/* The pods of one role: "silo" holds grains, "frontend" serves clients, "both" does both. */}}
{{- define "wego.deployment" -}}
{{- $root := index . 0 -}}
{{- $role := index . 1 -}}
{{- with $root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "wego.nameOf" (list . $role) }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "wego.labelsOf" (list . $role) | nindent 4 }}
spec:
  {{- if eq $role "silo" }}
  replicas: {{ .Values.replicaCount }}
  {{- else if not .Values.autoscaling.enabled }}
  replicas: {{ ternary .Values.frontend.replicas .Values.replicaCount (eq $role "frontend") }}
  {{- end }}
  minReadySeconds: {{ .Values.minReadySeconds }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "wego.selectorOf" (list . $role) | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "wego.labelsOf" (list . $role) | nindent 8 }}
        {{- with .Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        # Settings are read at the start only.
        wego.dev/configuration: {{ printf "%s %s" (include "wego.appsettings" .) (toJson .Values.clusters) | sha256sum }}
        {{- with .Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "wego.serviceAccountName" . }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
      {{- with .Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        {{- with .Values.runAsUser }}
        runAsUser: {{ . }}
        runAsGroup: {{ . }}
        fsGroup: {{ . }}
        {{- end }}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: wego
          image: {{ include "wego.image" . | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          args:
            - --listen
            - {{ printf "%s:50051" .Values.listenAddress | quote }}
            {{- if ne $role "both" }}
            - --Wego:Roles={{ $role }}
            {{- end }}
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: POD_NAMESPACE
              valueFrom:
                fieldRef:
                  fieldPath: metadata.namespace
            - name: POD_UID
              valueFrom:
                fieldRef:
                  fieldPath: metadata.uid
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
            - name: NODE_NAME
              valueFrom:
                fieldRef:
                  fieldPath: spec.nodeName
            {{- with .Values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - name: api
              containerPort: 50051
              protocol: TCP
            {{- if ne $role "frontend" }}
            - name: silo
              containerPort: {{ .Values.silo.port }}
              protocol: TCP
            - name: gateway
              containerPort: {{ .Values.silo.gatewayPort }}
              protocol: TCP
            {{- end }}
            {{- if .Values.metrics.enabled }}
            - name: metrics
              containerPort: {{ .Values.metrics.port }}
              protocol: TCP
            {{- end }}
          startupProbe:
            httpGet:
              path: /startupz
              port: api
            periodSeconds: {{ .Values.probes.startup.periodSeconds }}
            failureThreshold: {{ .Values.probes.startup.failureThreshold }}
          readinessProbe:
            httpGet:
              path: /readyz
              port: api
            periodSeconds: {{ .Values.probes.readiness.periodSeconds }}
            failureThreshold: {{ .Values.probes.readiness.failureThreshold }}
          livenessProbe:
            httpGet:
              path: /livez
              port: api
            periodSeconds: {{ .Values.probes.liveness.periodSeconds }}
            failureThreshold: {{ .Values.probes.liveness.failureThreshold }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          resources:
            {{- toYaml (ternary (default .Values.resources .Values.frontend.resources) .Values.resources (eq $role "frontend")) | nindent 12 }}
          volumeMounts:
            # As one file among those of the image. Such a mount does not follow changes, for which the annotation above restarts.
            - name: settings
              mountPath: /app/appsettings.Production.json
              subPath: appsettings.Production.json
              readOnly: true
            {{- if include "wego.clustersSecret" . }}
            - name: clusters
              mountPath: /etc/wego/clusters
              readOnly: true
            {{- end }}
            {{- if .Values.cluster.tlsSecret }}
            - name: cluster-tls
              mountPath: /etc/wego/cluster-tls
              readOnly: true
            {{- end }}
            - name: tmp
              mountPath: /tmp
            {{- with .Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: settings
          configMap:
            name: {{ include "wego.fullname" . }}
        {{- with include "wego.clustersSecret" . }}
        - name: clusters
          secret:
            secretName: {{ . }}
        {{- end }}
        {{- with .Values.cluster.tlsSecret }}
        - name: cluster-tls
          secret:
            secretName: {{ . }}
        {{- end }}
        # Charts and kubeconfigs of running operations, each in a folder that only its user may read.
        - name: tmp
          emptyDir:
            sizeLimit: {{ .Values.tmp.sizeLimit }}
        {{- with .Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range . }}
        - labelSelector:
            matchLabels:
              {{- include "wego.selectorOf" (list $root $role) | nindent 14 }}
          {{- toYaml . | nindent 10 }}
        {{- end }}
      {{- end }}
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
{{- end -}}
