namespace Repave.EndToEnd.Tests.Kustomize;

/// <summary>Kustomizations for every feature of kustomize, alone, in pairs, and one over another.</summary>
internal static class KustomizeCases
{
    // Enough of each kind of resource for every field that kustomize writes.
    private static readonly (string Path, string Text)[] Resources =
    [
        ("web.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels: {app: web}
              annotations: {number: 1, "quoted": "2"}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  serviceAccountName: runner
                  priorityClassName: high
                  affinity:
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - labelSelector: {matchLabels: {app: web}}
                        topologyKey: zone
                  initContainers:
                  - name: init
                    image: registry.example.com:5000/init:1.0
                  containers:
                  - name: web
                    image: nginx:1.25
                    args: ["--host=$(HOST)", "$(PORT)"]
                    env:
                    - {name: A, value: "1"}
                    - name: FROM
                      valueFrom: {configMapKeyRef: {name: settings, key: a}}
                    - name: SECRET
                      valueFrom: {secretKeyRef: {name: passwords, key: b}}
                    ports:
                    - {containerPort: 80, protocol: TCP}
                    - {containerPort: 80, protocol: UDP, name: dns}
                    volumeMounts:
                    - {name: data, mountPath: /data}
                  - name: side
                    image: busybox@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    envFrom:
                    - configMapRef: {name: settings}
                  volumes:
                  - name: data
                    persistentVolumeClaim: {claimName: claim}
                  - name: config
                    configMap: {name: settings}
            """),
        ("more.yaml", """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              selector: {app: web}
              ports:
              - port: 80
                targetPort: 8080
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: runner
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: claim}
            spec:
              resources: {requests: {storage: 1Gi}}
              storageClassName: fast
            ---
            # a comment that goes away
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: plain
            data:
              text: |
                one
                  two
              folded: >-
                a
                b
              number: "0123"
              yes: "no"
              long: aaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccc ddddddddddddddd
              quote: 'it''s'
            """),
        ("set.yaml", """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: other}
            spec:
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                  - name: db
                    image: postgres:16@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
              volumeClaimTemplates:
              - metadata: {name: data}
                spec: {storageClassName: fast}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: clean}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                      - name: clean
                        image: nginx
                        env:
                        - {name: WHERE, value: $(HOST)}
            """),
        ("rights.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: reader}
            rules:
            - {apiGroups: [""], resources: [secrets], resourceNames: [passwords, unknown], verbs: [get]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: reader}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
            subjects:
            - {kind: ServiceAccount, name: runner, namespace: default}
            - {kind: ServiceAccount, name: default, namespace: elsewhere}
            - {kind: User, name: jane}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reader}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
            subjects:
            - {kind: ServiceAccount, name: runner}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """),
        ("custom.yaml", """
            apiVersion: example.com/v1
            kind: Widget
            metadata:
              name: widget
            spec:
              ref: {name: web}
              list:
              - {name: a, value: 1}
              - {name: b, value: 2.50}
              when: 2024-01-02
              size: 1e3
              nothing: null
              empty:
              on: yes
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: shut}
            spec:
              podSelector: {matchLabels: {app: web}}
              ingress:
              - from:
                - podSelector: {matchLabels: {app: db}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              maxReplicas: 3
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web}
            spec:
              rules:
              - host: $(HOST)
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: web, port: {number: 80}}}
            """),
    ];

    /// <summary>What stands in a kustomization for each feature, and the files that it names.</summary>
    private static readonly (string Name, string Text, (string Path, string Text)[] Files)[] Features =
    [
        ("prefix", "namePrefix: pre-", []),
        ("suffix", "nameSuffix: -suf", []),
        ("number-prefix", "namePrefix: \"1\"", []),
        ("namespace", "namespace: prod", []),
        ("default-namespace", "namespace: default", []),
        ("common-labels", "commonLabels: {team: a, \"count\": \"3\"}", []),
        ("labels", "labels:\n- pairs: {team: b}\n- pairs: {tier: \"1\", on: \"yes\"}", []),
        ("labels-selectors", "labels:\n- pairs: {team: c}\n  includeSelectors: true", []),
        ("labels-templates", "labels:\n- pairs: {team: d}\n  includeTemplates: true", []),
        ("labels-fields", "labels:\n- pairs: {team: e}\n  fields:\n  - {path: spec/labels, create: true, kind: Widget}", []),
        ("annotations", "commonAnnotations: {note: 'a: b', \"n\": \"1\"}", []),
        ("images-tag", "images:\n- {name: nginx, newTag: \"1.27\"}\n- {name: busybox, newName: mirror/busybox}", []),
        ("images-digest", "images:\n- {name: nginx, digest: 'sha256:" + new string('c', 64) + "'}\n- {name: postgres, newTag: '17'}", []),
        ("images-registry", "images:\n- {name: 'registry.example.com:5000/init', newName: other/init, newTag: v2}\n- {name: n.*x, "
            + "newTag: re}",
            []),
        ("images-suffix", "images:\n- {name: nginx, tagSuffix: -alpine}\n- {name: postgres, tagSuffix: -x}", []),
        ("replicas", "replicas:\n- {name: web, count: 5}\n- {name: db, count: 0}", []),
        ("config-literals", "configMapGenerator:\n- name: settings\n  literals: [a=1, 'b=two words', c=\"quoted\", 'd=x=y', e=]", []),
        ("config-files", "configMapGenerator:\n- name: settings\n  files: [app.ini, key=app.ini, bin.dat]\n  options: {labels: {x: z}, "
            + "annotations: "
            + "{z: '1'}}", [("app.ini", "[a]\nb = c\n\n  d: é\t\n"), ("bin.dat", "no newline")]),
        ("config-envs", "configMapGenerator:\n- name: settings\n  envs: [a.env]\n  env: b.env", [("a.env",
            "# comment\nA=1\n  B=two words \nC\nD=\"q\"\n\nE=a=b\r\n"), ("b.env", "F=last")]),
        ("config-no-hash", "configMapGenerator:\n- name: settings\n  literals: [a=1]\n  options: {disableNameSuffixHash: true, "
            + "immutable: true}", []),
        ("config-namespace", "configMapGenerator:\n- name: settings\n  namespace: other\n  literals: [a=1]", []),
        ("secret", "secretGenerator:\n- name: passwords\n  literals: [b=hidden, 'c=" + new string('x', 90)
            + "']\n- name: tls\n  type: kubernetes.io/tls\n"
            + "  files: [tls.crt=cert.pem]", [("cert.pem", "-----BEGIN\nabc\n-----END\n")]),
        ("generator-options", "generatorOptions: {labels: {gen: 'yes'}, annotations: {by: us}, immutable: true}\n"
            + "configMapGenerator:\n- name: settings\n  literals: [a=1]\n  options: {labels: {gen: own}}", []),
        ("patch-merge", "patches:\n- path: merge.yaml", [("merge.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n"
            + "  replicas: 7\n  template:\n    spec:\n      containers:\n      - name: web\n        image: nginx:patched\n        env:\n"
            + "        - {name: NEW, value: x}\n        - {name: A, value: changed}\n        ports:\n        - {containerPort: 80, "
            + "protocol: UDP, "
            + "name: other}\n        - {containerPort: 9090}\n      - name: third\n        image: third\n")]),
        ("patch-delete", "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec:\n   "
            + "   replicas: null\n"
            + "      template:\n        spec:\n          affinity: {$patch: delete}\n          containers:\n          - {name: side, "
            + "$patch: delete}\n"
            + "          - name: web\n            args: [only]\n            env:\n            - $patch: replace\n            - {name: "
            + "B, value: 'true'}\n"
            + "- patch: |\n    $patch: delete\n    apiVersion: v1\n    kind: Service\n    metadata: {name: web}", []),
        ("patch-replace", "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec:\n  "
            + "    template:\n"
            + "        $patch: replace\n        spec:\n          containers: [{name: x, image: y}]", []),
        ("patch-target", "patches:\n- target: {kind: Deployment|StatefulSet, name: w.*|db}\n  patch: |\n    apiVersion: v1\n    kind: "
            + "Any\n    metadata:\n"
            + "      name: any\n      labels: {patched: 'yes'}\n      annotations: {number: null}\n    spec: {paused: true}\n"
            + "- target: {labelSelector: 'app in (web, x),!missing'}\n  patch: |-\n    [{\"op\": \"add\", \"path\": "
            + "\"/metadata/annotations/j\", \"value\": \"1\"}]\n"
            + "- target: {annotationSelector: number=1}\n  patch: |-\n    - {op: add, path: /metadata/labels/found, value: by-annotation}",
            []),
        ("patch-json", "patches:\n- path: json.yaml\n  target: {version: v1, kind: Deployment, name: web}", [("json.yaml",
            "- {op: replace, path: /spec/replicas, value: 9}\n- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: "
                + "J, value: '5'}}\n"
            + "- {op: remove, path: /spec/template/spec/containers/1}\n- {op: add, path: /metadata/annotations/a~1b, value: c}\n"
            + "- {op: test, path: /metadata/name, value: web}\n- {op: copy, from: /metadata/labels, path: /spec/copied}\n"
            + "- {op: move, from: /spec/template/spec/volumes/0, path: /spec/template/spec/volumes/1}\n"
            + "- {op: add, path: /spec/big, value: 123456789}\n- {op: add, path: /spec/real, value: 1.50}\n")]),
        ("patch-names", "patches:\n- path: rename.yaml\n  target: {kind: Service}\n  options: {allowNameChange: true, allowKindChange: "
            + "true}",
            [("rename.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: renamed}\n")]),
        ("patches-merge-old", "patchesStrategicMerge:\n- old.yaml\n- |-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: "
            + "plain}\n  data: {added: x, text: null}",
            [("old.yaml", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: widget}\nspec:\n  list: [{name: c}]\n  nothing: "
                + "x\n---\n"
            + "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 81}, {port: 80, targetPort: named}]}\n")]),
        ("patches-json-old", "patchesJson6902:\n- target: {group: apps, version: v1, kind: StatefulSet, name: db, namespace: other}\n  "
            + "patch: |-\n"
            + "    - {op: replace, path: /spec/serviceName, value: dbs}\n- target: {version: v1, kind: Namespace, name: shop}\n  path: "
            + "ns.json",
            [("ns.json", "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}]")]),
        ("replacements", "replacements:\n- source: {kind: ConfigMap, name: plain, fieldPath: data.number}\n  targets:\n  - select: "
            + "{kind: Widget}\n"
            + "    fieldPaths: [spec.copied, 'spec.list.[name=a].value']\n    options: {create: true}\n"
            + "  - select: {kind: Deployment, name: web}\n    fieldPaths: ['spec.template.spec.containers.*.env.0.name']\n    reject: "
            + "[{name: web}]\n"
            + "- source: {kind: Deployment, fieldPath: spec.template.spec.containers.0.image, options: {delimiter: ':', index: 1}}\n  "
            + "targets:\n"
            + "  - select: {kind: StatefulSet}\n    fieldPaths: ['spec.template.spec.containers.[name=db].image']\n    options: "
            + "{delimiter: ':', index: 1}\n"
            + "- path: replacement.yaml", [("replacement.yaml", "source: {kind: ServiceAccount, name: runner}\ntargets:\n- select: "
            + "{kind: Widget}\n"
            + "  fieldPaths: [spec.ref.name]\n")]),
        ("vars", "vars:\n- name: HOST\n  objref: {apiVersion: v1, kind: Service, name: web}\n- name: PORT\n  objref: {apiVersion: v1, "
            + "kind: Service, name: web}\n"
            + "  fieldref: {fieldPath: 'spec.ports[0].port'}", []),
        ("configurations", "configurations: [specs.yaml]", [("specs.yaml",
            "namePrefix:\n- {path: spec/ref/name, kind: Widget}\nnameReference:\n"
            + "- kind: Service\n  version: v1\n  fieldSpecs:\n  - {path: spec/ref/name, kind: Widget}\ncommonLabels:\n- {path: "
            + "spec/labels, kind: Widget, "
            + "create: true}\nimages:\n- {path: spec/picture, kind: Widget}\nvarReference:\n- {path: spec/ref, kind: Widget}\n")]),
        ("crds", "crds: [kinds.json]", [("kinds.json", "{\"example.com/v1.Widget\": {\"Schema\": {\"properties\": {\"apiVersion\": "
            + "{\"type\": \"string\"}, "
            + "\"kind\": {\"type\": \"string\"}, \"metadata\": {\"type\": \"object\"}, \"spec\": {\"$ref\": "
            + "\"example.com/v1.WidgetSpec\"}}}}, "
            + "\"example.com/v1.WidgetSpec\": {\"Schema\": {\"properties\": {\"ref\": {\"x-kubernetes-object-ref-api-version\": \"v1\", "
            + "\"x-kubernetes-object-ref-kind\": \"Service\"}}}}}")]),
        ("openapi", "openapi: {path: schema.json}\npatches:\n- patch: |-\n    apiVersion: example.com/v1\n    kind: Widget\n    "
            + "metadata: {name: widget}\n"
            + "    spec:\n      list:\n      - {name: b, value: 7}\n      - {name: n}", [("schema.json",
            "{\"definitions\": {\"com.example.v1.Widget\": {\"properties\": {\"spec\": {\"properties\": {\"list\": {\"type\": \"array\", "
            + "\"x-kubernetes-patch-strategy\": \"merge\", \"x-kubernetes-patch-merge-key\": \"name\", \"items\": {\"type\": "
            + "\"object\"}}}}}, "
            + "\"x-kubernetes-group-version-kind\": [{\"group\": \"example.com\", \"kind\": \"Widget\", \"version\": \"v1\"}]}}}")]),
        ("sort-fifo", "sortOptions: {order: fifo}", []),
        ("sort-legacy", "sortOptions:\n  order: legacy\n  legacySortOptions: {orderFirst: [Widget, Service], orderLast: [Namespace]}", []),
        ("metadata", "buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]", []),
        ("component", "components: [part]", [("part/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: part-\n"
            + "configMapGenerator:\n- name: part\n  literals: [a=b]\npatches:\n- patch: |-\n    - {op: add, path: /spec/part, value: "
            + "true}\n  target: {kind: Widget}\n")]),
        ("local", "resources: [local.yaml]", [("local.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: local\n  annotations:\n"
            + "    config.kubernetes.io/local-config: \"true\"\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept, "
            + "annotations: {}}\n")]),
        ("list", "resources: [list.yaml]", [("list.yaml", "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, "
            + "metadata: {name: l1}}\n"
            + "- apiVersion: v1\n  kind: ConfigMapList\n  items:\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: l2}, data: {a: "
            + "'1'}}\n")]),
        ("anchors", "resources: [anchors.yaml]", [("anchors.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: anchors, labels: "
            + "&l {a: b}}\ndata:\n"
            + "  x: &v text\n  y: *v\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: merged}\nspec:\n  one: &o {p: 1, "
            + "q: 2}\n  two:\n    <<: *o\n"
            + "    q: 3\n")]),
        ("json-resource", "resources: [r.json]", [("r.json", "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"js"
            + "on\"},\"data\":{\"u\":\"\\u00e9<&>\"}}")]),
        ("transformers", "transformers:\n- |-\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {name: p}\n  prefix: "
            + "built-\n  fieldSpecs:\n"
            + "  - path: metadata/name\n- t.yaml", [("t.yaml", "apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: "
            + "l}\nlabels: {by: transformer}\n"
            + "fieldSpecs:\n- {path: metadata/labels, create: true}\n---\napiVersion: builtin\nkind: NamespaceTransformer\nmetadata: "
            + "{name: n, namespace: made}\n"
            + "setRoleBindingSubjects: allServiceAccounts\nunsetOnly: true\nfieldSpecs:\n- {path: metadata/name, kind: Namespace, "
            + "create: true}\n")]),
        ("generators", "generators:\n- g.yaml", [("g.yaml", "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: "
            + "made}\nliterals: [a=b]\n---\n"
            + "apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: hidden, namespace: x}\ntype: Opaque\nenvs: [made.env]\n"),
            ("made.env", "Q=1\n")]),
    ];

    private static readonly string[] Laid =
    [
        "prefix", "namespace", "common-labels", "labels-templates", "annotations", "images-tag", "config-literals", "secret",
            "patch-merge", "patch-delete",
        "patch-target", "patch-json", "replacements", "vars", "component", "patches-merge-old", "configurations", "metadata", "sort-fifo",
    ];

    /// <summary>The cases: their names and their files; what is built is the folder <c>top</c>.</summary>
    public static IEnumerable<(string Name, IReadOnlyDictionary<string, string> Files)> All()
    {
        foreach (var feature in Features)
            yield return (feature.Name, Case("top", [feature.Name]));
        for (var i = 0; i < Features.Length; i++)
        {
            // Every feature beside seven others, none twice.
            for (var step = 1; step <= 7; step++)
            {
                var other = Features[(i + (step * step)) % Features.Length].Name;
                if (other != Features[i].Name && !IsTwice(Features[i].Text, Features.First(f => f.Name == other).Text))
                    yield return ($"{Features[i].Name}+{other}", Case("top", [Features[i].Name, other]));
            }
        }

        foreach (var below in Laid)
        {
            foreach (var above in Laid)
            {
                // A base's own variables and generators are another's twice.
                if ((below == above && below is "vars") || (Array.IndexOf(Laid, below) + Array.IndexOf(Laid, above)) % 2 == 1)
                    continue;
                yield return ($"{above}/{below}", Over(below, above));
            }
        }
    }

    private static bool IsTwice(string one, string other) => Keys(one).Intersect(Keys(other)).Any();

    private static IEnumerable<string> Keys(string text) => text.Split('\n').Where(line => line.Length > 0 && char.IsLetter(line[0]))
        .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private static Dictionary<string, string> Case(string folder, IReadOnlyList<string> names)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var resources = new List<string>(Resources.Select(resource => resource.Path));
        foreach (var (path, text) in Resources)
            files[$"{folder}/{path}"] = text + "\n";
        var kustomization = "";
        foreach (var feature in names.Select(name => Features.First(f => f.Name == name)))
        {
            foreach (var (path, text) in feature.Files)
                files[$"{folder}/{path}"] = text;
            if (feature.Text.StartsWith("resources: [", StringComparison.Ordinal))
                resources.Add(feature.Text["resources: [".Length..^1]);
            else
                kustomization += feature.Text + "\n";
        }

        files[$"{folder}/kustomization.yaml"] = $"resources: [{string.Join(", ", resources)}]\n{kustomization}";
        return files;
    }

    private static Dictionary<string, string> Over(string below, string above)
    {
        var files = Case("base", [below]);
        var feature = Features.First(f => f.Name == above);
        foreach (var (path, text) in feature.Files)
            files[$"top/{path}"] = text.Replace("name: part\n", "name: part-over\n", StringComparison.Ordinal);
        var text2 = feature.Text.Replace("name: settings", "name: settings-over", StringComparison.Ordinal)
            .Replace("name: passwords", "name: passwords-over", StringComparison.Ordinal).Replace("name: tls", "name: tls-over",
                StringComparison.Ordinal);
        files["top/kustomization.yaml"] = $"resources: [../base]\n{text2}\n";
        return files;
    }
}
