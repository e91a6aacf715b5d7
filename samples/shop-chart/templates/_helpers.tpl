{{- define "shop.name" -}}
{{ .Release.Name }}-web
{{- end }}

{{- define "shop.labels" -}}
app.kubernetes.io/name: web
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "shop.database" -}}
app.kubernetes.io/name: db
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
