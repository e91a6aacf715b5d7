// Situations of docs/editor-situations.md in the real workbench that need no more than a file, a place in it (¦), one thing done there and what is seen
// then. Each is { see: the name of the step, file, text, do, has, not }.
const pod = (spec) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod\nspec:\n${spec}`;
const deployment = (spec) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n${spec}`;
const template = (body) => `AWSTemplateFormatVersion: "2010-09-09"\nParameters:\n  Stage:\n    Type: String\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n${body}`;
const container = "  containers:\n    - name: one\n      image: example.com/one:1\n";

/** Files that others refer to. */
export const files = {
  "shop.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop-of-tests\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  COLOUR: red\n",
  "infra/variables.tf": 'variable "stage" {\n  type = string\n}\n',
  "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
  "chart/values.yaml": "image: example.com/one\nreplicas: 2\n",
  "base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
  "base/deployment.yaml": deployment("  selector:\n    matchLabels: {app: base}\n  template:\n    metadata:\n      labels: {app: base}\n    spec:\n      containers:\n        - name: base\n          image: example.com/base:1\n").replace("name: web", "name: based"),
  "overlay/kustomization.yaml": "resources:\n  - ../base\npatches:\n  - path: patch.yaml\n",
  "crd.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: mugs.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {plural: mugs, kind: Mug}\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n                size:\n                  type: integer\n                  description: How much tea it holds.\n",
  "twice-a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: twice\n",
};

export const situations = [
  { see: "hover-identity", file: "identity.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ident¦ity\n", do: "hover", has: ["replaces"] },
  { see: "json-template", file: "json-template.json", text: '{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Resources": {\n    "A": {\n      "Type": "AWS::SQS::Queue",\n      "Properties": {\n        ¦\n      }\n    }\n  }\n}\n', do: "complete", has: ["QueueName"] },
  { see: "workflow-is-nobodys", file: ".github/workflows/ci.yaml", text: "on: push\n¦\njobs: {}\n", do: "complete", none: true },
  { see: "site-is-nobodys", file: "mkdocs.yml", text: "site_name: a\n¦\n", do: "complete", none: true },
  { see: "compose-by-its-name", file: "compose/compose.yaml", text: "¦\n", do: "complete", has: ["services"] },
  { see: "rename-refused", file: "identity.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ident¦ity\n", do: "rename", to: "Not A Name", refused: true },
  { see: "settings-complete", file: ".repave.yaml", text: "ru¦\n", do: "complete", has: ["rules"] },
  { see: "settings-mistake", file: ".repave.yaml", text: "rul¦s:\n  RPV0010: warning\n", do: "hover", has: ["did you mean 'rules'"] },
  { see: "secret-not-in-outline", file: "secret.yaml", text: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\nstringData:\n  password: planted¦-value\n", do: "outline", has: ["password"], not: ["planted"] },
  { see: "half-typed-key", file: "half.yaml", text: deployment("  repl\n  sele¦ctor:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n        - name: web\n          image: example.com/web:1\n"), do: "hover", has: ["selector"] },
  { see: "tab-is-named", file: "tab.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n¦\tname: a\n", do: "hover", has: ["tab"] },
  { see: "whole-resource", file: "empty.yaml", text: "¦\n", do: "complete", type: "CronJ", has: ["CronJob"] },
  { see: "item-of-a-list", file: "item.yaml", text: pod("  containers:\n    - name: one\n      ¦\n"), do: "complete", type: "im", has: ["image"], not: ["name"] },
  { see: "flow-style", file: "flow.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata: {¦}\n", do: "complete", type: "na", has: ["name", "namespace"] },
  { see: "item-of-a-kubernetes-list", file: "list.yaml", text: "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n    ¦\n", do: "complete", has: ["data", "immutable"] },
  { see: "comment", file: "comment.yaml", text: "# ¦\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: comment\n", do: "complete", has: ["repave"] },
  { see: "key-of-a-config-map", file: "key.yaml", text: pod("  containers:\n    - name: one\n      image: example.com/one:1\n      env:\n        - name: A\n          valueFrom:\n            configMapKeyRef:\n              name: settings\n              key: ¦\n"), do: "complete", has: ["COLOUR"] },
  { see: "volume-of-a-mount", file: "volume.yaml", text: pod("  volumes:\n    - name: scratch\n      emptyDir: {}\n  containers:\n    - name: one\n      image: example.com/one:1\n      volumeMounts:\n        - mountPath: /a\n          name: ¦\n"), do: "complete", has: ["scratch"] },
  { see: "quantity", file: "quantity.yaml", text: pod("  containers:\n    - name: one\n      image: example.com/one:1\n      resources:\n        limits:\n          ¦\n"), do: "complete", has: ["cpu", "memory"] },
  { see: "values-of-a-list", file: "claim.yaml", text: "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: claim\nspec:\n  accessModes:\n    - ReadWriteOnce\n    - ¦\n", do: "complete", has: ["ReadOnlyMany"], not: ["ReadWriteOnce"] },
  { see: "namespace", file: "namespace.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: ¦\n", do: "complete", has: ["shop-of-tests"] },
  { see: "variable-of-sub", file: "sub.yaml", text: template("    Properties:\n      QueueName: !Sub \"a-${¦}\"\n"), do: "complete", has: ["Stage"] },
  { see: "functions", file: "functions.yaml", text: template("    Properties:\n      QueueName: !¦\n"), do: "complete", has: ["!Ref", "!Base64"] },
  { see: "depends-on", file: "depends.yaml", text: template("  Other:\n    Type: AWS::SQS::Queue\n    DependsOn: ¦\n"), do: "complete", has: ["Queue"], not: ["Other"] },
  { see: "what-must-be-there-first", file: "required.yaml", text: deployment("  ¦\n"), do: "complete", first: ["selector", "template"] },
  { see: "outline-to-its-leaves", file: "outline.yaml", text: template("    Properties:\n      QueueName: leaf¦\nOutputs:\n  Address:\n    Value: !Ref Queue\n"), do: "outline", has: ["Parameters", "Stage", "QueueName", "Outputs", "Address"] },
  { see: "symbol-by-some-letters", file: "identity.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ident¦ity\n", do: "symbol", type: "idnty", has: ["identity"] },
  { see: "finding-links-to-its-page", file: "linked-finding.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  open: y¦es\n", do: "hover", has: ["RPV0011"], link: "RPV0011" },
  { see: "unreadable-is-not-formatted", file: "broken/broken.tf", text: 'variable "a" {\n  type="string\n}\n¦', do: "format", same: true },
  { see: "highlights", file: "highlight.yaml", text: template("    Properties:\n      QueueName: !Sub \"${Sta¦ge}-a\"\n  Other:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Ref Stage\n"), do: "highlight", least: 2 },
  { see: "definition-in-another-file", file: "infra/main.tf", text: 'output "stage" {\n  value = var.sta¦ge\n}\n', do: "definition", leads: "variables.tf" },
  { see: "values-of-a-chart", file: "chart/templates/map.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  image: {{ .Values.¦ }}\n", do: "complete", type: "im", has: ["image"] },
  { see: "patch-leads-to-its-base", file: "overlay/patch.yaml", text: deployment("  replicas: 3\n").replace("name: web", "name: ba¦sed"), do: "definition", leads: "deployment.yaml" },
  { see: "kustomization-complete", file: "typed/kustomization.yaml", text: "resources:\n  - ../base\n¦\n", do: "complete", type: "pat", has: ["patches"] },
  { see: "dockerfile-alone", file: "alone/Dockerfile", text: "FROM ngi¦nx:latest\n", do: "hover", has: ["RPV"] },
  { see: "rename-in-a-template", file: "renamed.yaml", text: template("Outputs:\n  Address:\n    Value: !Ref Que¦ue\n"), do: "rename", to: "Orders", becomes: ["  Orders:", "    Value: !Ref Orders"] },
  { see: "custom-kind", file: "mug.yaml", text: "apiVersion: example.com/v1\nkind: Mug\nmetadata:\n  name: a\nspec:\n  si¦ze: 3\n", do: "hover", has: ["How much tea it holds"] },
  { see: "defined-twice", file: "twice-b.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: twi¦ce\n", do: "hover", has: ["RPV0021"] },
  { see: "missing-is-added", file: "missing.yaml", text: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: missing\ns¦pec:\n  replicas: 1\n", do: "fix", has: ["Add 'template'"] },
  { see: "line-ends-of-windows", file: "windows.yaml", text: "\ufeffapiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: windows\r\ndata:\r\n  open: y¦es\r\n", do: "hover", has: ["RPV0011"] },
  { see: "odd-path", file: "odd path %20 ü [1].yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd\ndata:\n  open: y¦es\n", do: "hover", has: ["RPV0011"] },
  { see: "beyond-the-basic-plane", file: "plane.yaml", text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: plane\ndata: {"😀😀": "😀", open: y¦es}\n', do: "hover", has: ["RPV0011"] },
  { see: "reason-is-the-persons", file: "held.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: held\ndata:\n  open: y¦es\n", do: "fix", has: ["RPV0011"], not: ["because"] },
  { see: "unreadable-is-not-held-back", file: "unreadable.yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [a¦\n", do: "fix", not: ["RPV0001"] },
];

/** What only a setting brings: each with the settings that it needs. */
export const settled = [
  { see: "completion-turned-off", settings: { "repave.completion.enabled": false }, file: "item.yaml", text: pod("  containers:\n    - name: one\n      ¦\n"), do: "complete", none: true },
  { see: "defaults-shown", settings: { "repave.hints.defaults": true }, file: "defaults.yaml", text: pod(container).replace("spec:", "spec:¦"), do: "line", has: ["dnsPolicy: ClusterFirst"] },
];
