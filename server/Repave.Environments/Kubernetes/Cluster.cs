using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;
using Repave.Environments.Clients;

namespace Repave.Environments.Kubernetes;

/// <summary>A Kubernetes cluster, read through kubectl.</summary>
internal sealed class Cluster : ILiveEnvironment
{
    internal const string Dialect = "kubernetes";

    // From so many objects of a kind in a namespace on, one list is cheaper than a question for each.
    private const int ListFrom = 6;
    private const int PageSize = 500;

    // What servers say of a field that they do not have.
    private const string UnknownField = "field not declared in schema";

    // Servers before 1.21 could not fill in the defaults of keys when they applied; kubectl, which creates in another way, can.
    private const string IncompleteKey = "associative list with keys has an element that omits key field";

    private static readonly TimeSpan ConfigLimit = TimeSpan.FromSeconds(5);

    // Kinds that other resources are felt by; they are read where something changes.
    private static readonly (string ApiVersion, string Kind)[] Neighbours =
        [("apps/v1", "Deployment"), ("apps/v1", "StatefulSet"), ("apps/v1", "DaemonSet"), ("v1", "Service"),
            ("v1", "PersistentVolumeClaim"), ("policy/v1", "PodDisruptionBudget")];

    // Kinds that manifests usually define, among which what they define no more is looked for.
    private static readonly (string ApiVersion, string Kind)[] Prunable =
    [
        ("apps/v1", "Deployment"), ("apps/v1", "StatefulSet"), ("apps/v1", "DaemonSet"), ("batch/v1", "Job"), ("batch/v1", "CronJob"),
        ("v1", "Service"), ("v1", "ConfigMap"), ("v1", "Secret"),
        ("v1", "ServiceAccount"), ("v1", "PersistentVolumeClaim"), ("networking.k8s.io/v1", "Ingress"),
        ("networking.k8s.io/v1", "NetworkPolicy"), ("policy/v1", "PodDisruptionBudget"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"), ("rbac.authorization.k8s.io/v1", "Role"),
        ("rbac.authorization.k8s.io/v1", "RoleBinding"),
    ];

    private static readonly string[] ClusterWide =
    [
        "Namespace", "StorageClass", "PersistentVolume", "CustomResourceDefinition", "PriorityClass", "RuntimeClass", "IngressClass",
        "ClusterRole", "ClusterRoleBinding",
    ];

    private static readonly ITries OwnDialect = (ITries)DialectCatalogue.Of(Dialect);

    private readonly ClusterOptions _options;
    private readonly KubectlProxy? _proxy;
    private readonly string _problem;
    private readonly string _context;
    private readonly string _namespace;
    private readonly ApiClient? _api;
    private readonly Discovery? _discovery;

    private Cluster(ClusterOptions options, KubectlProxy? proxy, string problem, string context, string @namespace)
    {
        (_options, _proxy, _problem, _context) = (options, proxy, problem, context);
        _namespace = options.Namespace ?? @namespace;
        if (proxy is null)
            return;
        proxy.Client.Timeout = Timeout.InfiniteTimeSpan;
        _api = new ApiClient(proxy.Client, context, options.Timeout);
        _discovery = new Discovery(_api);
    }

    /// <summary>Opens the cluster of a context. If that fails, everything in it is unknown, and why is said.</summary>
    public static Cluster Open(ClusterOptions options)
    {
        var reading = Task.Run(() => ReadConfig(options));
        var proxy = KubectlProxy.Start(options.Context, options.Timeout, out var problem);
        var (context, @namespace) = reading.Result;
        return new Cluster(options, proxy, problem, context, @namespace);
    }

    public void Dispose() => _proxy?.Dispose();

    public Baseline Read(IReadOnlyList<Resource> desired, Action<int, int> progress)
    {
        var unreadable = new ConcurrentDictionary<ResourceId, string>();
        var refusals = new ConcurrentDictionary<ResourceId, DryRunAnswer>();
        var texts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var notes = new ConcurrentQueue<string>();
        if (_api is null || _discovery is null)
        {
            foreach (var resource in desired)
                unreadable[resource.Id] = _problem;
            return Result([], [_problem + "."], unreadable, refusals, null);
        }

        var version = ReadVersion(notes);
        var found = new ConcurrentBag<(Resource Resource, ApiResource Api)>();
        ApiClient.ForEach(desired, (_, _) => { }, async resource =>
        {
            var (apiVersion, kind) = (RootOf(resource).TextAt("apiVersion") ?? "", RootOf(resource).TextAt("kind") ?? "");
            var (api, problem) = await _discovery.Find(apiVersion, kind);
            if (problem is not null)
                unreadable[resource.Id] = problem;
            else if (api is null)
                refusals[resource.Id] = IsDefined(desired, kind) ? new DryRunAnswer(null, null, [])
                    : new DryRunAnswer(null, $"the server has no kind {kind} in {apiVersion}", []);
            else
                found.Add((resource, api));
            if (api is not null && api.ApiVersion != apiVersion)
                refusals[resource.Id] = new DryRunAnswer(null,
                    $"the server does not serve {apiVersion} {kind}; it serves {api.ApiVersion}", []);
        });
        ReadObjects(found, texts, unreadable, progress);
        var definitions = ReadDefinitions(found, texts);
        ReadPrunable(desired, texts, notes);
        foreach (var reason in unreadable.Values.Distinct())
            notes.Enqueue($"{unreadable.Values.Count(v => v == reason)} of {desired.Count} resources could not be read: {reason}.");
        var manifests = texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Manifest.Parse(t.Key, t.Value)).ToList();
        return Result(manifests, notes, unreadable, refusals, version) with { Surroundings = definitions };
    }

    public Baseline Try(Plan plan, Baseline baseline, Action<int, int> progress)
    {
        if (_api is null || _discovery is null)
            return baseline;
        var answers = new ConcurrentDictionary<ResourceId, DryRunAnswer>(baseline.DryRuns);
        var notes = new ConcurrentQueue<string>(baseline.Notes);
        var denied = new ConcurrentBag<string>();
        var made = plan.Changes.Where(c => c.Action == PlanAction.Create).Select(c => c.Id).ToHashSet();
        var tried = plan.Changes
            .Where(c => c.Desired is not null && c.Id.Name.Length > 0 && c.Action is not (PlanAction.None or PlanAction.Unknown)
                && c.Mechanism != ResourceChange.CreateAndDelete && !answers.ContainsKey(c.Id)).ToList();
        ApiClient.ForEach(tried, progress, async change =>
        {
            var desired = change.Desired!;
            var request = OwnDialect.RequestFor(desired, change.Baseline, _options.Apply);
            var (api, _) = await _discovery.Find(RootOf(desired).TextAt("apiVersion") ?? "", RootOf(desired).TextAt("kind") ?? "");
            if (api is null)
                return;
            var answer = await _api.DryRun(api.Address(NamespaceOf(desired), desired.Id.Name), request);
            if (answer.Succeeded)
                answers[desired.Id] = ResultOf(answer.Body, desired);
            else if (answer.IsForbidden && answer.Problem!.Contains("cannot patch", StringComparison.Ordinal))
                denied.Add(answer.Problem);
            else if (answer.IsAbsent && IsInNewNamespace(desired, made))
                return;
            else if (answer.Problem!.Contains(UnknownField, StringComparison.Ordinal))
                answers[desired.Id] = new DryRunAnswer(null, Clean(answer.Problem), []);
            else if (change.Action == PlanAction.Create && answer.Problem.Contains(IncompleteKey, StringComparison.Ordinal))
                return;
            else if (answer.IsRefusal)
                answers[desired.Id] = new DryRunAnswer(null, Clean(answer.Problem!), answer.Fields);
            else
                denied.Add(answer.Problem ?? "");
        });
        foreach (var reason in denied.Distinct().Take(3))
            notes.Enqueue($"{Count(denied.Count(d => d == reason), "change")} could not be tried on the server "
                + $"({reason}); {(denied.Count == 1 ? "it is" : "they are")} planned from what was read.");
        return baseline with { DryRuns = answers, Notes = [.. notes], Surroundings = ReadNeighbours(plan, baseline.Surroundings) };
    }

    public Baseline ReadAll(IReadOnlyList<string> namespaces, Action<int, int> progress)
    {
        if (_api is null || _discovery is null)
            return Result([], [_problem + "."], new Dictionary<ResourceId, string>(), new Dictionary<ResourceId, DryRunAnswer>(), null);
        var notes = new ConcurrentQueue<string>();
        var version = ReadVersion(notes);
        var (resources, problem) = _discovery.All().GetAwaiter().GetResult();
        if (problem is not null)
            notes.Enqueue($"The server's kinds could not be listed: {problem}.");
        // Events and leases say nothing about what was applied; of cluster-wide kinds those are taken that plans look at.
        var wanted = resources.Where(r => r.IsNamespaced
            ? r.Kind is not ("Event" or "Lease" or "Endpoints" or "EndpointSlice" or "ControllerRevision")
            : ClusterWide.Contains(r.Kind)).ToList();
        var texts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var homes = namespaces.Count == 0 ? [_namespace] : namespaces;
        var work = wanted.SelectMany(r => r.IsNamespaced ? homes.Select(home => (Resource: r, Namespace: (string?)home)) : [(r, null)])
            .ToList();
        ApiClient.ForEach(work, progress, async one =>
        {
            var trouble = await List(one.Resource, one.Namespace, one.Resource.IsNamespaced ? "" : "!kubernetes.io/bootstrapping", texts);
            if (trouble is not null)
                notes.Enqueue(
                    $"{one.Resource.Plural}{(one.Namespace is null ? "" : $" in {one.Namespace}")} could not be read: {trouble}.");
        });
        return Result([.. texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Manifest.Parse(t.Key, t.Value))], notes,
            new Dictionary<ResourceId, string>(), new Dictionary<ResourceId, DryRunAnswer>(), version);
    }

    private Baseline Result(IReadOnlyList<Manifest> manifests, IEnumerable<string> notes,
        IReadOnlyDictionary<ResourceId, string> unreadable, IReadOnlyDictionary<ResourceId, DryRunAnswer> answers, string? version) =>
        new($"cluster {_context}, {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC", manifests)
        {
            Version = version,
            Namespace = _namespace,
            Environment = _context,
            Notes = [.. notes],
            Unreadable = unreadable,
            DryRuns = answers,
        };

    private void ReadObjects(IEnumerable<(Resource Resource, ApiResource Api)> found, ConcurrentDictionary<string, string> texts,
        ConcurrentDictionary<ResourceId, string> unreadable, Action<int, int> progress)
    {
        var work = new List<Func<Task>>();
        foreach (var group in found.GroupBy(f => (f.Api, Namespace: f.Api.IsNamespaced ? NamespaceOf(f.Resource) : null)))
        {
            var members = group.Where(f => f.Resource.Id.Name.Length > 0).ToList();
            if (members.Count >= ListFrom && group.Key.Api.CanList)
            {
                work.Add(async () =>
                {
                    // Without the right to list there may still be one to read.
                    if (await List(group.Key.Api, group.Key.Namespace, "", texts,
                        members.Select(m => m.Resource.Id.Name).ToHashSet(StringComparer.Ordinal)) is not null)
                    {
                        foreach (var (resource, api) in members)
                            await ReadOne(resource, api, texts, unreadable);
                    }
                });
            }
            else
            {
                work.AddRange(members.Select(m => (Func<Task>)(() => ReadOne(m.Resource, m.Api, texts, unreadable))));
            }
        }

        ApiClient.ForEach(work, progress, one => one());
    }

    private async Task ReadOne(
        Resource resource, ApiResource api, ConcurrentDictionary<string, string> texts, ConcurrentDictionary<ResourceId, string> unreadable)
    {
        var address = api.Address(NamespaceOf(resource), resource.Id.Name);
        var answer = await _api!.Get(address);
        if (answer.Succeeded)
            texts[address] = Parse(answer.Body, root => LiveObject.TextOf(root, api.ApiVersion, api.Kind));
        else if (!answer.IsAbsent)
            unreadable[resource.Id] = Clean(answer.Problem!);
    }

    // The reason why it failed, or null.
    private async Task<string?> List(
        ApiResource api, string? @namespace, string selector, ConcurrentDictionary<string, string> texts, HashSet<string>? names = null)
    {
        var next = "";
        do
        {
            var label = selector.Length == 0 ? "" : $"&labelSelector={Uri.EscapeDataString(selector)}";
            var answer = await _api!.Get($"{api.Collection(@namespace)}?limit={PageSize}{label}"
                + $"{(next.Length == 0 ? "" : $"&continue={Uri.EscapeDataString(next)}")}");
            if (!answer.Succeeded)
                return answer.Problem;
            using var document = JsonDocument.Parse(answer.Body);
            foreach (var item in document.RootElement.GetProperty("items").EnumerateArray())
            {
                var metadata = item.GetProperty("metadata");
                var name = metadata.GetProperty("name").GetString()!;
                if (names?.Contains(name) == false)
                    continue;
                var home = metadata.TryGetProperty("namespace", out var ns) ? ns.GetString() : null;
                texts[api.Address(home, name)] = LiveObject.TextOf(item, api.ApiVersion, api.Kind);
            }

            next = document.RootElement.TryGetProperty("metadata", out var list) && list.TryGetProperty("continue", out var token)
                ? token.GetString() ?? ""
                : "";
        }
        while (next.Length > 0);
        return null;
    }

    // Definitions of custom kinds say which updates are refused. Who may not read them does without.
    private List<Manifest> ReadDefinitions(
        IEnumerable<(Resource Resource, ApiResource Api)> found, ConcurrentDictionary<string, string> texts)
    {
        var definitions = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var customs = found.Where(f => f.Api.ApiVersion.Split('/')[0] is var group && group.Contains('.')
            && !group.EndsWith(".k8s.io", StringComparison.Ordinal))
            .Select(f => $"{f.Api.Plural}.{f.Api.ApiVersion.Split('/')[0]}").Distinct().ToList();
        ApiClient.ForEach(customs, (_, _) => { }, async name =>
        {
            var address = $"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}";
            var answer = await _api!.Get(address);
            if (answer.Succeeded)
                definitions[address] = Parse(answer.Body,
                    root => LiveObject.TextOf(root, "apiextensions.k8s.io/v1", "CustomResourceDefinition"));
        });
        return [.. definitions.Where(d => !texts.ContainsKey(d.Key)).OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => Manifest.Parse(d.Key, d.Value))];
    }

    private void ReadPrunable(IReadOnlyList<Resource> desired, ConcurrentDictionary<string, string> texts, ConcurrentQueue<string> notes)
    {
        var selectors = _options.PruneSelector is { } said
            ? [said]
            : desired.SelectMany(r => OwnDialect.OwnershipLabels.Select(
                label => RootOf(r)["metadata"]?["labels"]?.TextAt(label) is { } value ? $"{label}={value}" : null))
                .OfType<string>().Distinct().ToList();
        var namespaces = desired.Select(NamespaceOf).Distinct().ToList();
        var kinds = Prunable.Concat(desired.Select(r => (RootOf(r).TextAt("apiVersion") ?? "", RootOf(r).TextAt("kind") ?? "")))
            .Distinct().ToList();
        var work = selectors.SelectMany(s => namespaces.SelectMany(n => kinds.Select(k => (Selector: s, Namespace: n, Kind: k)))).ToList();
        var seen = new ConcurrentDictionary<(string, string?, string), bool>();
        var troubles = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        ApiClient.ForEach(work, (_, _) => { }, async one =>
        {
            var (api, _) = await _discovery!.Find(one.Kind.Item1, one.Kind.Item2);
            // Cluster-wide kinds are looked for by an explicit selector only, and once.
            if (api is null || !api.CanList || (!api.IsNamespaced && _options.PruneSelector is null)
                || !seen.TryAdd((one.Selector, api.IsNamespaced ? one.Namespace : null, api.Plural + api.ApiVersion), true))
                return;
            if (await List(api, api.IsNamespaced ? one.Namespace : null, one.Selector, texts) is { } trouble)
                troubles[trouble] = true;
        });
        foreach (var trouble in troubles.Keys.Take(2))
            notes.Enqueue($"What the manifests define no more could not be looked for everywhere: {trouble}.");
    }

    private List<Manifest> ReadNeighbours(Plan plan, IReadOnlyList<Manifest> known)
    {
        var texts = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var changed = plan.Changes.Where(c => c.Action is PlanAction.InPlace or PlanAction.Roll or PlanAction.Replace or PlanAction.Delete)
            .ToList();
        var work = new List<(string ApiVersion, string Kind, string? Namespace)>();
        foreach (var home in changed.Select(c => c.Id.Namespace ?? (c.Desired is null ? null : NamespaceOf(c.Desired)))
            .OfType<string>().Distinct())
            work.AddRange(Neighbours.Select(n => (n.ApiVersion, n.Kind, (string?)home)));
        if (changed.Any(c => DialectCatalogue.KindOf(c.Id) is "PersistentVolumeClaim" or "PersistentVolume" or "StorageClass"))
            work.AddRange([("storage.k8s.io/v1", "StorageClass", null), ("v1", "PersistentVolume", null)]);
        foreach (var change in changed.Where(c => c.Action is PlanAction.Replace or PlanAction.Delete
            && c.Id.Type.StartsWith("CustomResourceDefinition.", StringComparison.Ordinal)))
        {
            var spec = (change.Baseline as TreeResource)?.Root["spec"];
            var group = spec?.TextAt("group");
            work.AddRange((spec?.ItemsAt("versions") ?? []).Where(v => v.TextAt("served") == "true").Take(1)
                .Select(v => ($"{group}/{v.TextAt("name")}", spec!["names"]?.TextAt("kind") ?? "", (string?)null)));
        }

        ApiClient.ForEach(work, (_, _) => { }, async one =>
        {
            var (api, _) = await _discovery!.Find(one.ApiVersion, one.Kind);
            if (api is { CanList: true })
                await List(api, one.Namespace, "", texts);
        });
        if (changed.Any(c => c.Action == PlanAction.Roll && DialectCatalogue.KindOf(c.Id) == "Deployment")
            || plan.Changes.Any(c => c.Action is PlanAction.Create or PlanAction.InPlace
                && DialectCatalogue.KindOf(c.Id) == "PodDisruptionBudget"))
            ReadRoom(texts);
        return [.. known.Where(m => !texts.ContainsKey(m.Path)),
            .. texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Manifest.Parse(t.Key, t.Value))];
    }

    // What nodes have room for; many may not read nodes, and then the pods say nothing.
    private void ReadRoom(ConcurrentDictionary<string, string> texts)
    {
        foreach (var kind in (string[])["Node", "Pod"])
        {
            if (_discovery!.Find("v1", kind).GetAwaiter().GetResult().Resource is not { CanList: true } api
                || List(api, null, "", texts).GetAwaiter().GetResult() is not null)
                return;
        }
    }

    private string? ReadVersion(ConcurrentQueue<string> notes)
    {
        var answer = _api!.Get("version").GetAwaiter().GetResult();
        if (!answer.Succeeded)
        {
            notes.Enqueue($"The server's version could not be read: {answer.Problem}.");
            return null;
        }

        return Parse(answer.Body, root => $"{root.GetProperty("major").GetString()}."
            + $"{new string([.. root.GetProperty("minor").GetString()!.TakeWhile(char.IsAsciiDigit)])}");
    }

    private static T Parse<T>(string json, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(json);
        return read(document.RootElement);
    }

    private static DryRunAnswer ResultOf(string body, Resource desired)
    {
        var text = Parse(body, root => LiveObject.TextOf(root, RootOf(desired).TextAt("apiVersion")!, RootOf(desired).TextAt("kind")!));
        var manifest = Manifest.Parse("dry run", text);
        return new DryRunAnswer(DialectCatalogue.Of(Dialect).Read(manifest, manifest.Source.Documents[0]).Resources.FirstOrDefault(),
            null, []);
    }

    private bool IsInNewNamespace(Resource desired, HashSet<ResourceId> made) =>
        made.Any(id => id.Type == "Namespace" && id.Name == NamespaceOf(desired));

    private static bool IsDefined(IReadOnlyList<Resource> desired, string kind) =>
        desired.Any(d => d.Id.Type.StartsWith("CustomResourceDefinition.", StringComparison.Ordinal)
            && RootOf(d).At("spec", "names")?.TextAt("kind") == kind);

    private static MapNode RootOf(Resource resource) => ((TreeResource)resource).Root;

    private string NamespaceOf(Resource resource) => resource.Id.Namespace ?? _namespace;

    private static string Clean(string message) => message.Replace("\n", " ", StringComparison.Ordinal).TrimEnd('.');

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static (string Context, string Namespace) ReadConfig(ClusterOptions options)
    {
        string[] arguments = ["config", "view", "--minify", "-o", "json", .. options.Context is null ? (string[])[]
            : ["--context", options.Context]];
        var answer = ClientProcess.Run("kubectl", arguments, ClientProcess.Nowhere, ConfigLimit);
        var context = options.Context ?? "of the current context";
        if (answer.ExitCode != 0)
            return (context, "default");
        try
        {
            using var document = JsonDocument.Parse(answer.Output);
            var root = document.RootElement;
            if (options.Context is null && root.TryGetProperty("current-context", out var current)
                && current.GetString() is { Length: > 0 } name)
                context = name;
            var home = root.GetProperty("contexts").EnumerateArray()
                .Select(c => c.GetProperty("context").TryGetProperty("namespace", out var ns) ? ns.GetString() : null).FirstOrDefault();
            return (context, home is { Length: > 0 } ? home : "default");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (context, "default");
        }
    }
}
