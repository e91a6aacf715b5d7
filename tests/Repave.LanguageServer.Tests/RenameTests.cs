using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Repave.LanguageServer.Tests;

/// <summary>A rename carries every place that names the resource, from whichever of them it is asked for.</summary>
public sealed class RenameTests : IDisposable
{
    // Each name begins with "the" and is one resource's; every place where it stands names that.
    private const string Text = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: thespace}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: theweb, namespace: thespace}
        spec:
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec:
              serviceAccountName: theaccount
              priorityClassName: theclass
              imagePullSecrets: [{name: thesecret}]
              containers:
                - name: a
                  image: registry.example.com/a:1.2.3
                  envFrom: [{configMapRef: {name: theconfig}}, {secretRef: {name: thesecret}}]
                  env: [{name: A, valueFrom: {configMapKeyRef: {name: theconfig, key: a}}}]
              volumes:
                - {name: v, persistentVolumeClaim: {claimName: theclaim}}
                - {name: w, projected: {sources: [{secret: {name: thesecret}}]}}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: scaler, namespace: thespace}
        spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: theweb}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: theset, namespace: thespace}
        spec:
          serviceName: theservice
          selector: {matchLabels: {app: b}}
          template:
            metadata: {labels: {app: b}}
            spec: {containers: [{name: b, image: "registry.example.com/b:1.2.3"}]}
          volumeClaimTemplates:
            - metadata: {name: d}
              spec: {storageClassName: thestorage, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: front, namespace: thespace}
        spec:
          tls: [{hosts: [a.example.com], secretName: thesecret}]
          defaultBackend: {service: {name: theservice, port: {number: 80}}}
          rules:
            - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: "theservice", port: {number: 80}}}}]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: binding, namespace: thespace}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: therole}
        subjects: [{kind: ServiceAccount, name: theaccount, namespace: thespace}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: therole, namespace: thespace}
        rules: [{apiGroups: [""], resources: [secrets], resourceNames: [thesecret], verbs: [get]}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: theclaim, namespace: thespace}
        spec: {storageClassName: thestorage, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: thestorage}
        provisioner: example.com/disk
        ---
        apiVersion: scheduling.k8s.io/v1
        kind: PriorityClass
        metadata: {name: theclass}
        value: 100
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: theservice, namespace: thespace}
        spec: {selector: {app: b}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: theaccount, namespace: thespace}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: theconfig, namespace: thespace}
        data: {a: b}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: thesecret, namespace: thespace}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-rename-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryPlaceOfANameIsRenamedFromEachOfThem()
    {
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        using var client = Client.Start(_folder);
        client.Open(uri, Text);
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        var wrong = new List<string>();
        foreach (Match place in Regex.Matches(Text, @"\bthe[a-z]+\b"))
        {
            var line = Text[..place.Index].Count(c => c == '\n');
            var rename = Client.At(uri, line, place.Index - (Text.LastIndexOf('\n', place.Index) + 1) + 1);
            rename["newName"] = "other";
            var edits = client.Request("textDocument/rename", rename)?["changes"]?[uri]?.AsArray() ?? [];
            if (Applied(edits) != Regex.Replace(Text, $@"\b{place.Value}\b", "other"))
                wrong.Add($"{place.Value} in line {line + 1}: {edits.Count} of {Regex.Count(Text, $@"\b{place.Value}\b")} places");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Applied(JsonArray edits)
    {
        var lines = Text.Split('\n');
        foreach (var edit in edits.OrderByDescending(e => ((int)e!["range"]!["start"]!["line"]!,
            (int)e["range"]!["start"]!["character"]!)))
        {
            var (start, end) = (edit!["range"]!["start"]!, edit["range"]!["end"]!);
            var line = lines[(int)start["line"]!];
            lines[(int)start["line"]!] = line[..(int)start["character"]!] + (string)edit["newText"]! + line[(int)end["character"]!..];
        }

        return string.Join('\n', lines);
    }
}
