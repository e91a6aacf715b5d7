using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Makes random pairs of an object: what <see cref="TripleMaker"/> changes, and changes that a server takes one way and refuses
/// the other.</summary>
internal sealed class PairMaker(int seed, IReadOnlyDictionary<string, JsonObject> samples)
{
    // Their names follow from what they define.
    private static readonly string[] NotTried =
        ["CustomResourceDefinition", "APIService", "Namespace", "CertificateSigningRequest", "Pod", "Node", "CSINode"];

    private readonly Random _random = new(seed);
    private readonly TripleMaker _maker = new(seed);

    /// <summary>The class that the claims' volumes are of, which lets them grow.</summary>
    public static JsonObject Around { get; } = new()
    {
        ["apiVersion"] = "storage.k8s.io/v1",
        ["kind"] = "StorageClass",
        ["metadata"] = new JsonObject { ["name"] = "grows" },
        ["provisioner"] = "disks.example.com",
        ["allowVolumeExpansion"] = true,
    };

    /// <summary>A pair under a name of its own.</summary>
    public WayBackPair Make(int number)
    {
        var name = $"m{number}b";
        if (_random.Next(5) < 2)
            return OneWay(name, number);
        var kinds = samples.Keys.Where(k => !NotTried.Contains(k)).ToList();
        var first = _maker.First(samples[kinds[_random.Next(kinds.Count)]], name);
        return new WayBackPair(first, _maker.Next(first));
    }

    /// <summary>Has the server take claims for bound, as the controller of volumes would, or they could not grow.</summary>
    public static void Bind(IEnumerable<WayBackPair> pairs, KubeApiServer server)
    {
        server.Send(HttpMethod.Post, "apis/storage.k8s.io/v1/storageclasses", Around.ToJsonString());
        foreach (var pair in pairs.Where(p => p.Kind == "PersistentVolumeClaim"))
        {
            var status = new JsonObject
            {
                ["status"] = new JsonObject
                {
                    ["phase"] = "Bound",
                    ["capacity"] = new JsonObject { ["storage"] = "1Gi" },
                },
            };
            server.Send(HttpMethod.Patch, $"{pair.Collection(server)}/{pair.Name}/status", status.ToJsonString(),
                "application/merge-patch+json");
        }
    }

    private WayBackPair OneWay(string name, int number)
    {
        var old = Any<Func<JsonObject>>([() => Map("ConfigMap"), () => Map("Secret"), () => Claim("1Gi"), Service,
            () => Map("ConfigMap"), Webs, Job, Priority, Class, Binding])();
        old["metadata"]!["name"] = name;
        var made = old.DeepClone().AsObject();
        switch ((string)old["kind"]!)
        {
            case "ConfigMap" or "Secret":
                if (_random.Next(2) == 0)
                    made["immutable"] = true;
                if (_random.Next(2) == 0)
                    made["data"]!["a"] = "Yg==";
                if (_random.Next(4) == 0)
                    old["immutable"] = made["immutable"]?.DeepClone();
                if (_random.Next(6) == 0)
                    made["type"] = old["type"] is null ? null : JsonValue.Create("example.com/other");
                if (made["type"] is null)
                    made.Remove("type");
                if (old["immutable"] is null)
                    old.Remove("immutable");
                break;
            case "PersistentVolumeClaim":
                made["spec"]!["resources"]!["requests"]!["storage"] = Any(["2Gi", "3Gi", "1Gi", "1024Mi"]);
                if (_random.Next(4) == 0)
                    made["metadata"]!["labels"] = new JsonObject { ["a"] = "b" };
                break;
            case "Service":
                ChangeService(made["spec"]!.AsObject(), number);
                break;
            case "Deployment" or "StatefulSet":
                made["spec"]!["replicas"] = _random.Next(1, 5);
                if (_random.Next(2) == 0)
                    made["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "registry.example.com/web:2";
                if (_random.Next(4) == 0)
                    made["spec"]!["template"]!["metadata"]!["labels"]!["more"] = "b";
                break;
            case "Job":
                made["spec"]![Any(["parallelism", "backoffLimit", "activeDeadlineSeconds"])] = _random.Next(2, 9);
                break;
            case "PriorityClass":
                made["description"] = Any(["a", "b"]);
                break;
            case "StorageClass":
                made["allowVolumeExpansion"] = _random.Next(2) == 0;
                break;
            default:
                made["subjects"] = new JsonArray(new JsonObject
                {
                    ["kind"] = "Group",
                    ["name"] = Any(["readers", "writers"]),
                    ["apiGroup"] = "rbac.authorization.k8s.io",
                });
                break;
        }

        return new WayBackPair(old, made);
    }

    private void ChangeService(JsonObject spec, int number)
    {
        switch (_random.Next(6))
        {
            case 0:
                spec["type"] = Any(["NodePort", "LoadBalancer", "ClusterIP"]);
                break;
            case 1:
                spec["ports"]![0]!["port"] = 80 + (number % 9);
                break;
            case 2:
                spec["type"] = "NodePort";
                spec["ports"]![0]!["nodePort"] = 30000 + (number % 2700);
                break;
            case 3:
                spec["sessionAffinity"] = "ClientIP";
                break;
            case 4:
                spec["type"] = "ExternalName";
                spec["externalName"] = "db.example.com";
                break;
            default:
                spec["type"] = "LoadBalancer";
                spec["externalTrafficPolicy"] = "Local";
                break;
        }
    }

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private static JsonObject Of(string apiVersion, string kind, bool isNamespaced = true)
    {
        var made = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject() };
        if (isNamespaced)
            made["metadata"]!["namespace"] = "default";
        return made;
    }

    private static JsonObject Map(string kind)
    {
        var made = Of("v1", kind);
        made["data"] = new JsonObject { ["a"] = "YQ==" };
        if (kind == "Secret")
            made["type"] = "Opaque";
        return made;
    }

    private static JsonObject Claim(string size)
    {
        var made = Of("v1", "PersistentVolumeClaim");
        made["spec"] = new JsonObject
        {
            ["storageClassName"] = "grows",
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = size } },
        };
        return made;
    }

    private JsonObject Service()
    {
        var made = Of("v1", "Service");
        made["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["app"] = "web" },
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80 }),
        };
        if (_random.Next(4) == 0)
            made["spec"]!["clusterIP"] = "None";
        return made;
    }

    private JsonObject Webs()
    {
        var made = Of("apps/v1", Any(["Deployment", "StatefulSet"]));
        made["spec"] = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "web" } },
            ["template"] = Template("Always"),
        };
        if ((string)made["kind"]! == "StatefulSet")
            made["spec"]!["serviceName"] = "web";
        return made;
    }

    private static JsonObject Template(string restart) => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "web" } },
        ["spec"] = new JsonObject
        {
            ["restartPolicy"] = restart,
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "web", ["image"] = "registry.example.com/web:1" }),
        },
    };

    private static JsonObject Job()
    {
        var made = Of("batch/v1", "Job");
        made["spec"] = new JsonObject { ["template"] = Template("Never") };
        return made;
    }

    private JsonObject Priority()
    {
        var made = Of("scheduling.k8s.io/v1", "PriorityClass", isNamespaced: false);
        made["value"] = _random.Next(1, 1000);
        return made;
    }

    private static JsonObject Class()
    {
        var made = Around.DeepClone().AsObject();
        made["metadata"] = new JsonObject();
        return made;
    }

    private static JsonObject Binding()
    {
        var made = Of("rbac.authorization.k8s.io/v1", "RoleBinding");
        made["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = "view" };
        made["subjects"] = new JsonArray();
        return made;
    }
}
