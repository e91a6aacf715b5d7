using System.Globalization;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Makes random triples: a manifest that was applied, what somebody else made of the live object, and the manifest that is applied
/// next. Values are valid as far as they stand alone, so that what is tried is merging.</summary>
internal sealed class TripleMaker(int seed)
{
    private static readonly string[] OfServer =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "name", "namespace", "annotations"];

    private static readonly string[] Templated = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "CronJob",
        "ReplicationController",
        "PodTemplate"];

    private readonly Random _random = new(seed);

    /// <summary>The kinds whose objects run pods from a template.</summary>
    public static bool HasTemplate(string kind) => Templated.Contains(kind);

    /// <summary>A first manifest of a kind under a name of its own.</summary>
    public JsonObject First(JsonObject sample, string name)
    {
        var made = sample.DeepClone().AsObject();
        var kind = (string)made["kind"]!;
        made["metadata"]!["name"] = name;
        if (kind is not "CSINode" and not "Node" && One(3))
            made["metadata"]!["labels"] = Map("tier", "team", "zone");
        if (One(4))
            made["metadata"]!["annotations"] = Map("note", "owner", "link");
        if (PodOf(made) is { } pod)
            FillPod(pod, kind);
        for (var i = _random.Next(3); i > 0; i--)
            Change(made, kind, mayBreak: false);
        return made;
    }

    /// <summary>What comes of a manifest that somebody goes on writing.</summary>
    public JsonObject Next(JsonObject first)
    {
        var made = first.DeepClone().AsObject();
        for (var i = 1 + _random.Next(4); i > 0; i--)
            Change(made, (string)made["kind"]!, mayBreak: true);
        return made;
    }

    /// <summary>What somebody else makes of a live object; null where nobody does.</summary>
    public JsonObject? Edited(JsonObject live)
    {
        if (One(3))
            return null;
        var made = live.DeepClone().AsObject();
        for (var i = 1 + _random.Next(3); i > 0; i--)
            Change(made, (string)made["kind"]!, mayBreak: false);
        return made;
    }

    private bool One(int of) => _random.Next(of) == 0;

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private JsonObject Map(params string[] keys)
    {
        var map = new JsonObject();
        foreach (var key in keys.Where(_ => One(2)))
            map[key] = Any(["a", "b", "c"]);
        return map;
    }

    // What a change took away is not in the live object either.
    private static JsonArray ListIn(JsonObject holder, string field)
    {
        if (holder[field] is not JsonArray list)
            holder[field] = list = [];
        return list;
    }

    private static JsonObject MapIn(JsonObject holder, string field)
    {
        if (holder[field] is not JsonObject map)
            holder[field] = map = [];
        return map;
    }

    private void Change(JsonObject made, string kind, bool mayBreak)
    {
        var metadata = made["metadata"]!.AsObject();
        switch (_random.Next(10))
        {
            case 0:
                ChangeMap(metadata, "labels", mayBreak);
                return;
            case 1:
                ChangeMap(metadata, "annotations", mayBreak);
                return;
        }

        if (PodOf(made) is { } pod && !One(6))
        {
            ChangePod(pod, kind, mayBreak);
            return;
        }

        switch (kind)
        {
            case "ConfigMap" when made["immutable"] is null:
                ChangeMap(made, One(4) ? "binaryData" : "data", mayBreak);
                break;
            case "Secret":
                ChangeMap(made, One(3) ? "stringData" : "data", mayBreak);
                break;
            case "Service":
                ChangeService(MapIn(made, "spec"), mayBreak);
                break;
            case "Deployment":
                ChangeDeployment(MapIn(made, "spec"));
                break;
            case "StatefulSet" or "ReplicaSet" or "ReplicationController":
                Set(MapIn(made, "spec"), "replicas", _random.Next(1, 5), mayBreak);
                break;
            case "Ingress":
                ChangeIngress(MapIn(made, "spec"));
                break;
            case "NetworkPolicy":
                ChangePolicy(MapIn(made, "spec"));
                break;
            case "HorizontalPodAutoscaler":
                Set(MapIn(made, "spec"), Any(["minReplicas", "targetCPUUtilizationPercentage"]), _random.Next(2, 5), mayBreak);
                break;
            case "PodDisruptionBudget":
                var budget = MapIn(made, "spec");
                Set(budget, Any(["maxUnavailable", "minAvailable"]), _random.Next(1, 4), mayBreak);
                break;
            case "Role" or "ClusterRole":
                ListIn(made, "rules").Insert(0, new JsonObject
                {
                    ["apiGroups"] = new JsonArray(""),
                    ["resources"] = new JsonArray(Any(["pods", "secrets", "events"])),
                    ["verbs"] = new JsonArray("get"),
                });
                break;
            case "RoleBinding" or "ClusterRoleBinding":
                ListIn(made, "subjects").Insert(0, new JsonObject
                {
                    ["kind"] = "Group",
                    ["name"] = Any(["readers", "writers"]),
                    ["apiGroup"] = "rbac.authorization.k8s.io",
                });
                break;
            case "ServiceAccount":
                ChangeList(made, "imagePullSecrets", "name", [Named("pull-a"), Named("pull-b"), Named("pull-c")]);
                break;
            case "Gadget":
                var gadget = MapIn(made, "spec");
                if (One(2))
                    Set(gadget, "size", _random.Next(1, 9), mayBreak);
                else
                    gadget["parts"] = new JsonArray([.. ((string[])["a", "b", "c"]).Where(_ => One(2)).Select(p => (JsonNode)p)]);
                break;
            case "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration":
                ChangeWebhooks(ListIn(made, "webhooks"), mayBreak);
                break;
            case "ResourceQuota":
                Set(MapIn(MapIn(made, "spec"), "hard"), Any(["pods", "requests.cpu", "limits.memory"]), Any(["1", "2Gi", "500m", "1000m"])!,
                    mayBreak);
                break;
            case "LimitRange" when made["spec"]!["limits"] is JsonArray { Count: > 0 } limits:
                Set(limits[0]!.AsObject(), Any(["default", "defaultRequest", "min"]), new JsonObject { ["cpu"] = "500m" },
                    mayBreak);
                break;
            case "StorageClass":
                Set(made, "allowVolumeExpansion", One(2), mayBreak);
                break;
            case "PersistentVolume":
                Set(MapIn(made, "spec"), "persistentVolumeReclaimPolicy", Any(["Retain", "Delete"])!, mayBreak);
                break;
            case "Lease":
                Set(MapIn(made, "spec"), "leaseDurationSeconds", _random.Next(5, 30), mayBreak);
                break;
            case "Endpoints" when made["subsets"] is JsonArray { Count: > 0 } subsets:
                ChangeList(subsets[0]!.AsObject(), "addresses", "ip",
                    [Addressed("10.1.2.3"), Addressed("10.1.2.4"), Addressed("10.1.2.5")]);
                break;
            case "EndpointSlice":
                ChangeList(made, "ports", "port",
                    [new JsonObject { ["name"] = "a", ["port"] = 80 }, new JsonObject { ["name"] = "b", ["port"] = 81 }]);
                break;
            default:
                ChangeMap(metadata, "labels", mayBreak);
                break;
        }
    }

    private static JsonObject Named(string name) => new() { ["name"] = name };

    private static JsonObject Addressed(string ip) => new() { ["ip"] = ip };

    private void Set(JsonObject holder, string name, JsonNode value, bool mayBreak)
    {
        if (One(3))
            holder.Remove(name);
        else if (mayBreak && One(12))
            holder[name] = null;
        else
            holder[name] = value;
    }

    private void ChangeMap(JsonObject holder, string name, bool mayBreak)
    {
        if (holder[name] is not JsonObject map)
        {
            holder[name] = map = [];
        }
        else if (mayBreak && One(8))
        {
            holder.Remove(name);
            return;
        }

        var key = Any(["a.txt", "b", "tier", "note", "color"]);
        if (map.ContainsKey(key) && One(2))
            map.Remove(key);
        else if (name is "labels" or "nodeSelector" or "selector")
            map[key] = Any(["x", "y", "z"]);
        else
            map[key] = name is "data" && holder["kind"]?.ToString() == "Secret" || name == "binaryData" ? Any(["eA==", "eXk=", "eno="])
                : Any(["x", "yy", "1", "true", "line\nline\n", ""]);
        if (mayBreak && One(15))
            map[key] = null;
    }

    // An item comes, goes, stands twice, or the order changes.
    private void ChangeList(JsonObject holder, string name, string key, JsonNode[] pool)
    {
        if (holder[name] is not JsonArray list)
            holder[name] = list = [];
        switch (_random.Next(6))
        {
            case 0 when list.Count > 1:
                Shuffle(list);
                break;
            case 1 when list.Count > 0:
                list.RemoveAt(_random.Next(list.Count));
                break;
            case 2 when list.Count > 0 && One(3):
                list.Insert(_random.Next(list.Count + 1), Any(list.ToList())!.DeepClone());
                break;
            case 3 when One(2):
                holder.Remove(name);
                return;
            default:
                var made = Any(pool).DeepClone();
                var at = list.ToList().FindIndex(i => JsonNode.DeepEquals(i![key], made[key]));
                if (at >= 0 && !One(8))
                    list[at] = made;
                else
                    list.Insert(_random.Next(list.Count + 1), made);
                break;
        }
    }

    private void Shuffle(JsonArray list)
    {
        var items = list.ToList();
        list.Clear();
        while (items.Count > 0)
        {
            var at = _random.Next(items.Count);
            list.Add(items[at]);
            items.RemoveAt(at);
        }
    }

    private static JsonObject? PodOf(JsonObject made) => (string)made["kind"]! switch
    {
        "Deployment" or "ReplicaSet" or "DaemonSet" or "StatefulSet" or "ReplicationController" => made["spec"]?["template"]?["spec"],
        "CronJob" => made["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"],
        "PodTemplate" => made["template"]?["spec"],
        _ => null,
    } as JsonObject;

    private void FillPod(JsonObject pod, string kind)
    {
        for (var i = _random.Next(6); i > 0; i--)
            ChangePod(pod, kind, mayBreak: false);
    }

    private void ChangePod(JsonObject pod, string kind, bool mayBreak)
    {
        var containers = pod["containers"]!.AsArray();
        var container = Any(containers.ToList())!.AsObject();
        switch (_random.Next(22))
        {
            case 0:
                container["image"] =
                    Any(["registry.example.com/main:1.0.0", "registry.example.com/main:2.0.0", "registry.example.com/main"]);
                break;
            case 1 or 2 or 3:
                ChangeList(container, "env", "name", Variables());
                break;
            case 4 or 5:
                ChangeList(container, "ports", "containerPort", Ports());
                break;
            case 6:
                if (containers.Count == 1 || One(3))
                    containers.Insert(_random.Next(containers.Count + 1), new JsonObject
                    {
                        ["name"] = Any(((string[])["side", "log", "proxy"]).Where(n => containers.All(c => (string)c!["name"]! != n))
                            .DefaultIfEmpty("last").ToList()),
                        ["image"] = "registry.example.com/side:1.0.0",
                    });
                else if (One(2))
                    Shuffle(containers);
                else
                    containers.RemoveAt(containers.Count - 1);
                break;
            case 7:
                Set(container, "resources", Resources(), mayBreak);
                break;
            case 8:
                Set(container, Any(["readinessProbe", "livenessProbe", "startupProbe"]), Probe(), mayBreak);
                break;
            case 9 or 10:
                ChangeList(pod, "volumes", "name", Volumes());
                break;
            case 11:
                ChangeList(pod, "tolerations", "key", [Toleration("a", 30), Toleration("b", null), Toleration("c", 60)]);
                break;
            case 12:
                ChangeList(pod, "hostAliases", "ip", [Alias("10.0.0.1", "a"), Alias("10.0.0.2", "b"), Alias("10.0.0.1", "c")]);
                break;
            case 13:
                ChangeList(pod, "imagePullSecrets", "name", [Named("pull-a"), Named("pull-b"), Named("pull-c")]);
                break;
            case 14:
                ChangeMap(pod, "nodeSelector", mayBreak: false);
                break;
            case 15:
                ChangeList(pod, "topologySpreadConstraints", "topologyKey",
                    [Spread("zone", "DoNotSchedule"), Spread("zone", "ScheduleAnyway"), Spread("host", "DoNotSchedule")]);
                break;
            case 16:
                Set(pod, Any(["serviceAccountName", "priorityClassName"]),
                    Any(["runner", "default", "system-node-critical"])!, mayBreak: false);
                break;
            case 17:
                Set(pod, "terminationGracePeriodSeconds", _random.Next(5, 60), mayBreak);
                break;
            case 18:
                Set(pod, "securityContext", new JsonObject { ["runAsUser"] = 1000 + _random.Next(3), ["fsGroup"] = 1000 }, mayBreak);
                break;
            case 19:
                Set(container, "securityContext",
                    new JsonObject { ["readOnlyRootFilesystem"] = One(2), ["runAsNonRoot"] = true }, mayBreak);
                break;
            case 20:
                Set(container, Any(["command", "args"]), new JsonArray(Any(["a", "b"]), "c"), mayBreak);
                break;
            default:
                Set(pod, "dnsPolicy", Any(["Default", "ClusterFirst"])!, mayBreak);
                break;
        }
    }

    private JsonNode[] Variables() =>
    [
        new JsonObject { ["name"] = "A", ["value"] = Any(["1", "2"]) },
        new JsonObject { ["name"] = "B", ["value"] = "b" },
        new JsonObject
        {
            ["name"] = "C",
            ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = "metadata.name" } },
        },
        new JsonObject
        {
            ["name"] = Any(["A", "D"]),
            ["valueFrom"] = new JsonObject
            {
                ["configMapKeyRef"] = One(2) ? new JsonObject { ["name"] = "m", ["key"] = "k" }
                    : new JsonObject { ["name"] = "m", ["key"] = "k", ["optional"] = true },
            },
        },
        new JsonObject
        {
            ["name"] = "E",
            ["valueFrom"] =
                new JsonObject { ["resourceFieldRef"] = new JsonObject { ["resource"] = "limits.memory", ["containerName"] = "main" } },
        },
    ];

    private JsonNode[] Ports() =>
    [
        new JsonObject { ["containerPort"] = 80 },
        new JsonObject { ["containerPort"] = 80, ["protocol"] = "UDP" },
        new JsonObject { ["containerPort"] = 81, ["name"] = Any(["a", "b"]), ["protocol"] = "TCP" },
        new JsonObject { ["containerPort"] = 9090, ["name"] = "c" },
    ];

    private JsonObject Resources() => Any<JsonObject>(
    [
        new() { ["limits"] = new JsonObject { ["memory"] = "1Gi" } },
        new()
        {
            ["limits"] = new JsonObject { ["cpu"] = "1000m", ["memory"] = "1024Mi" },
            ["requests"] = new JsonObject { ["cpu"] = "0.5" },
        },
        new() { ["requests"] = new JsonObject { ["cpu"] = Any(["100m", "200m", "2"]) } },
        [],
    ]);

    private JsonObject Probe() => Any<JsonObject>(
    [
        new() { ["httpGet"] = new JsonObject { ["port"] = 80, ["path"] = Any(["/", "/ready"]) } },
        new() { ["tcpSocket"] = new JsonObject { ["port"] = 80 }, ["periodSeconds"] = 5 },
        new() { ["exec"] = new JsonObject { ["command"] = new JsonArray("true") }, ["initialDelaySeconds"] = 3 },
    ]);

    private JsonNode[] Volumes() =>
    [
        new JsonObject { ["name"] = "v", ["emptyDir"] = new JsonObject() },
        new JsonObject { ["name"] = "w", ["configMap"] = new JsonObject { ["name"] = Any(["m", "n"]) } },
        new JsonObject { ["name"] = "v", ["secret"] = new JsonObject { ["secretName"] = "s", ["items"] = new JsonArray(
            new JsonObject { ["key"] = "a", ["path"] = "a" }) } },
        new JsonObject { ["name"] = "x", ["emptyDir"] = new JsonObject { ["medium"] = "Memory" } },
    ];

    private static JsonObject Toleration(string key, int? seconds)
    {
        var made = new JsonObject { ["key"] = key, ["operator"] = "Exists" };
        if (seconds is { } s)
            (made["effect"], made["tolerationSeconds"]) = ("NoExecute", s);
        return made;
    }

    private static JsonObject Alias(string ip, string name) => new() { ["ip"] = ip, ["hostnames"] = new JsonArray(name) };

    private static JsonObject Spread(string key, string when) => new()
    {
        ["maxSkew"] = 1,
        ["topologyKey"] = key,
        ["whenUnsatisfiable"] = when,
        ["labelSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "a" } },
    };

    private void ChangeService(JsonObject spec, bool mayBreak)
    {
        if (One(3))
        {
            ChangeMap(spec, "selector", mayBreak: false);
            return;
        }

        if (One(5))
        {
            Set(spec, "sessionAffinity", Any(["None", "ClientIP"])!, mayBreak);
            return;
        }

        ChangeList(spec, "ports", "port",
        [
            new JsonObject { ["name"] = "http", ["port"] = 80, ["targetPort"] = 8080 },
            new JsonObject { ["name"] = "udp", ["port"] = 80, ["protocol"] = "UDP" },
            new JsonObject { ["name"] = "b", ["port"] = 81 },
            new JsonObject { ["name"] = "c", ["port"] = 82, ["targetPort"] = "c", ["protocol"] = "TCP" },
        ]);
        if (spec["ports"] is not JsonArray { Count: > 0 })
            spec["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80 });
    }

    private void ChangeDeployment(JsonObject spec)
    {
        switch (_random.Next(4))
        {
            case 0:
                Set(spec, "replicas", _random.Next(1, 6), mayBreak: true);
                break;
            case 1:
                spec["strategy"] = new JsonObject { ["type"] = "Recreate" };
                break;
            case 2:
                Set(spec, "strategy",
                    new JsonObject { ["rollingUpdate"] = new JsonObject { [Any(["maxSurge", "maxUnavailable"])] = Any(["50%", "10%"]) } },
                    mayBreak: false);
                break;
            default:
                Set(spec, Any(["minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"]),
                    _random.Next(11, 400), mayBreak: true);
                break;
        }
    }

    private void ChangeIngress(JsonObject spec)
    {
        ChangeList(spec, One(2) ? "tls" : "rules", One(2) ? "host" : "secretName",
            [new JsonObject { ["host"] = Any(["a.example.com", "b.example.com"]), ["http"] = new JsonObject { ["paths"] = new JsonArray(
                new JsonObject
                {
                    ["path"] = "/",
                    ["pathType"] = "Prefix",
                    ["backend"] = new JsonObject
                    {
                        ["service"] = new JsonObject
                        {
                            ["name"] = "web",
                            ["port"] = Any<JsonObject>([new() { ["number"] = 80 }, new() { ["name"] = "http" }]),
                        },
                    },
                }) } }]);
        foreach (var item in spec["tls"]?.AsArray().ToList() ?? [])
            item!.AsObject().Remove("http");
        foreach (var item in spec["tls"]?.AsArray().ToList() ?? [])
        {
            if (item!["host"] is { } host)
            {
                item["hosts"] = new JsonArray((string)host!);
                item.AsObject().Remove("host");
            }
        }

        if (spec["rules"] is not JsonArray { Count: > 0 })
            spec["rules"] = new JsonArray(new JsonObject { ["host"] = "c.example.com" });
    }

    private void ChangePolicy(JsonObject spec)
    {
        switch (_random.Next(3))
        {
            case 0:
                spec["podSelector"] = new JsonObject { ["matchLabels"] = Map("app", "tier") };
                break;
            case 1:
                Set(spec, "egress",
                    new JsonArray(new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = 53, ["protocol"] = "UDP" }) }),
                    mayBreak: false);
                break;
            default:
                spec["ingress"] =
                    new JsonArray(new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = _random.Next(80, 84) }) });
                break;
        }
    }

    private void ChangeWebhooks(JsonArray webhooks, bool mayBreak)
    {
        var hook = webhooks[0]!.AsObject();
        switch (_random.Next(4))
        {
            case 0:
                Set(hook, Any(["failurePolicy", "matchPolicy"]), "Exact", mayBreak: false);
                if (hook["failurePolicy"] is not null)
                    hook["failurePolicy"] = Any(["Ignore", "Fail"]);
                break;
            case 1:
                Set(hook, "timeoutSeconds", _random.Next(1, 20), mayBreak);
                break;
            case 2:
                var copy = hook.DeepClone().AsObject();
                copy["name"] = Any(["a.kinds.example.com", "b.kinds.example.com"]);
                if (webhooks.All(w => (string)w!["name"]! != (string)copy["name"]!))
                    webhooks.Insert(_random.Next(2), copy);
                break;
            default:
                Set(hook, Any(["namespaceSelector", "objectSelector"]), new JsonObject { ["matchLabels"] = Map("a", "b") }, mayBreak);
                break;
        }
    }

    /// <summary>A number in words that tools take for a name.</summary>
    public static string NameOf(int number) => "m" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a field of the metadata is the server's.</summary>
    public static bool IsOfServer(string field) => OfServer.Contains(field);
}
