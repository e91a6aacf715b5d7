using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Marks;

/// <summary>Fields that are left out of the comparison, because the settings say so or the tools that apply the manifests are told so in
/// the same place: Argo CD's <c>ignoreDifferences</c>, Flux's <c>ignore</c> of Kustomizations and of HelmReleases' drift detection, kapp's
/// rebase rules and exclusions.</summary>
internal sealed class LeftOutFields
{
    private const int MaxShown = 5;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, List<string>> _left = new(StringComparer.Ordinal);
    private readonly List<string> _unread = [];

    private LeftOutFields()
    {
    }

    /// <summary>What is left out.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="environment">The environment that is planned; null where it has no name.</param>
    /// <param name="resources">What the manifests define.</param>
    /// <param name="manifests">The manifests themselves.</param>
    public static LeftOutFields Of(
        Settings settings, string? environment, IReadOnlyList<KubernetesResource> resources, IReadOnlyList<Manifest> manifests)
    {
        var fields = new LeftOutFields();
        foreach (var ignored in settings.IgnoredFields)
        {
            if (ignored.Environment is { } pattern && (environment is null || !pattern.Matches(environment)))
                continue;
            fields._entries.Add(new Entry("the settings say",
                r => (ignored.Kind?.Matches(r.Kind) ?? true) && (ignored.Name?.Matches(r.Id.Name) ?? true)
                    && (ignored.Namespace?.Matches(r.Id.Namespace ?? "default") ?? true),
                [.. ignored.Paths.Select(FieldPattern.OfPointer)], ignored.Managers, IfPresent: false));
        }

        foreach (var resource in resources)
        {
            var (group, kind) = (resource.ApiVersion.Split('/')[0], resource.Kind);
            if (group == "argoproj.io" && kind == "Application")
                fields.AddArgo(resource, resource.Root["spec"]);
            else if (group == "argoproj.io" && kind == "ApplicationSet")
                fields.AddArgo(resource, resource.Root["spec"]?["template"]?["spec"]);
            else if (group == "kustomize.toolkit.fluxcd.io" && kind == "Kustomization")
                fields.AddFlux(resource, resource.Root["spec"]?["ignore"]);
            else if (group == "helm.toolkit.fluxcd.io" && kind == "HelmRelease")
                fields.AddFlux(resource, resource.Root["spec"]?["driftDetection"]?["ignore"]);
        }

        // kapp's configuration is no object of a cluster.
        foreach (var slot in manifests.SelectMany(m => m.Source.Documents))
        {
            if (slot.Document.Text.IndexOf("kapp.k14s.io/", StringComparison.Ordinal) >= 0 && slot.Document.Root is MapNode root
                && root.TextAt("kind") == "Config"
                && root.TextAt("apiVersion")?.StartsWith("kapp.k14s.io/", StringComparison.Ordinal) == true)
                fields.AddKapp(root);
        }

        return fields;
    }

    /// <summary>The fields that count.</summary>
    /// <param name="desired">The manifest.</param>
    /// <param name="from">The state before.</param>
    /// <param name="to">The state after.</param>
    /// <param name="fields">Those that differ.</param>
    /// <param name="leftOut">Where to put those that do not count.</param>
    public IReadOnlyList<FieldChange> Keep(KubernetesResource desired, MapNode from, MapNode to, IReadOnlyList<FieldChange> fields,
        List<LeftOutField> leftOut)
    {
        if (_entries.Count == 0 || fields.Count == 0)
            return fields;
        var mine = _entries.FindAll(e => e.Matches(desired));
        if (mine.Count == 0)
            return fields;
        var managers = mine.Exists(e => e.Managers.Count > 0) ? FieldManager.Of(from) : [];
        var kept = new List<FieldChange>(fields.Count);
        foreach (var field in fields)
        {
            var entry = mine.Find(e => (!e.IfPresent || field.From is not null) && (e.Patterns.Any(p => p.Covers(field.Path, from, to))
                || managers.Any(m => e.Managers.Contains(m.Name) && Owns(m.Fields, field.Path.Steps(), 0, from))));
            if (entry is null)
            {
                kept.Add(field);
                continue;
            }

            leftOut.Add(new LeftOutField(entry.Said, $"{desired.Kind}/{desired.Id.Name} {field.Path}"));
        }

        return kept;
    }

    /// <summary>Keeps in mind what was left out of one resource.</summary>
    public void Say(IReadOnlyList<LeftOutField> leftOut)
    {
        foreach (var (said, field) in leftOut)
        {
            if (!_left.TryGetValue(said, out var left))
                _left[said] = left = [];
            left.Add(field);
        }
    }

    /// <summary>What was left out, in sentences.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var (said, fields) in _left.Select(e => (e.Key, e.Value)))
        {
            var more = fields.Count > MaxShown ? $" and {fields.Count - MaxShown} more" : "";
            yield return $"{fields.Count} differing field{(fields.Count == 1 ? " is" : "s are")} left out, as {said}: "
                + $"{string.Join(", ", fields.Take(MaxShown))}{more}.";
        }

        foreach (var expression in _unread)
            yield return expression;
    }

    private void AddArgo(KubernetesResource application, Node? spec)
    {
        if (spec is null)
            return;
        foreach (var item in spec.ItemsAt("ignoreDifferences"))
        {
            var patterns = item.ItemsAt("jsonPointers").OfType<ScalarNode>().Select(p => FieldPattern.OfPointer(p.Value)).ToList();
            foreach (var expression in item.ItemsAt("jqPathExpressions").OfType<ScalarNode>())
            {
                if (FieldPattern.OfJq(expression.Value) is { } pattern)
                    patterns.Add(pattern);
                else
                    _unread.Add($"The jq expression '{expression.Value}' of {application.Kind}/{application.Id.Name} is not read: what it "
                        + "leaves out is compared.");
            }

            var (group, kind, name, place) = (item.TextAt("group"), item.TextAt("kind"), item.TextAt("name"), item.TextAt("namespace"));
            Add(application,
                r => Fits(group, GroupOf(r)) && Fits(kind, r.Kind) && Is(name, r.Id.Name) && Is(place, r.Id.Namespace ?? "default"),
                patterns, [.. item.ItemsAt("managedFieldsManagers").OfType<ScalarNode>().Select(m => m.Value)], false);
        }
    }

    private void AddFlux(KubernetesResource resource, Node? rules)
    {
        foreach (var rule in (rules?.Resolved as ListNode)?.ResolvedItems ?? [])
        {
            var target = rule["target"];
            string? Of(string field) => target?.TextAt(field);
            Add(resource, r => Fits(Of("group"), GroupOf(r)) && Fits(Of("kind"), r.Kind) && Pattern(Of("name"), r.Id.Name)
                    && Pattern(Of("namespace"), r.Id.Namespace ?? "default") && Selects(Of("labelSelector"), r.Metadata?["labels"])
                    && Selects(Of("annotationSelector"), r.Metadata?["annotations"]),
                [.. rule.ItemsAt("paths").OfType<ScalarNode>().Select(p => FieldPattern.OfPointer(p.Value))], [], false);
        }
    }

    private void AddKapp(MapNode config)
    {
        foreach (var rule in config.ItemsAt("rebaseRules"))
        {
            var sources = rule.ItemsAt("sources").OfType<ScalarNode>().Select(s => s.Value).ToList();
            var keeps = rule.TextAt("type") == "remove" || (rule.TextAt("type") == "copy" && sources.FirstOrDefault() == "existing");
            if (!keeps)
                continue;
            var isCopy = rule.TextAt("type") == "copy";
            var paths = rule.ItemsAt("paths").Any() ? rule.ItemsAt("paths") : rule["path"] is { } path ? [path] : [];
            AddKapp(config, rule, paths, isCopy);
        }

        foreach (var rule in config.ItemsAt("diffAgainstExistingFieldExclusionRules"))
            AddKapp(config, rule, rule["path"] is { } path ? [path] : [], false);
    }

    private void AddKapp(MapNode config, Node rule, IEnumerable<Node> paths, bool ifPresent)
    {
        var patterns = paths.Select(p => p.Resolved).OfType<ListNode>().Select(p => FieldPattern.OfNames(p.ResolvedItems.Select(i =>
            i is ScalarNode name ? name.Value : i.TextAt("index")))).ToList();
        var matchers = rule.ItemsAt("resourceMatchers").ToList();
        _entries.Add(new Entry($"Config/{config["metadata"]?.TextAt("name") ?? "kapp"} says",
            r => matchers.Exists(m => Matches(m, r)), patterns, [],
            ifPresent));
    }

    private static bool Matches(Node matcher, KubernetesResource resource)
    {
        if (matcher["allMatcher"] is not null)
            return true;
        if (matcher["apiVersionKindMatcher"] is { } kind)
            return kind.TextAt("apiVersion") == resource.ApiVersion && kind.TextAt("kind") == resource.Kind;
        if (matcher["kindNamespaceNameMatcher"] is { } name)
            return name.TextAt("kind") == resource.Kind && name.TextAt("name") == resource.Id.Name
                && (name.TextAt("namespace") ?? "default") == (resource.Id.Namespace ?? "default");
        if (matcher["apiGroupKindMatcher"] is { } group)
            return group.TextAt("apiGroup") == GroupOf(resource) && group.TextAt("kind") == resource.Kind;
        if (matcher["hasNamespaceMatcher"] is { } place)
            return resource.Id.Namespace is { } own
                && (!place.ItemsAt("names").Any() || place.ItemsAt("names").Any(n => n is ScalarNode s && s.Value == own));
        if (matcher["notMatcher"]?["matcher"] is { } not)
            return !Matches(not, resource);
        if (matcher["anyMatcher"] is { } any)
            return any.ItemsAt("matchers").Any(m => Matches(m, resource));
        return matcher["andMatcher"] is { } all && all.ItemsAt("matchers").All(m => Matches(m, resource));
    }

    private void Add(KubernetesResource by, Func<KubernetesResource, bool> matches, IReadOnlyList<FieldPattern> patterns,
        IReadOnlyList<string> managers, bool ifPresent) =>
        _entries.Add(new Entry($"{by.Kind}/{by.Id.Name} says", matches, patterns, managers, ifPresent));

    private static string GroupOf(KubernetesResource resource) =>
        resource.ApiVersion.IndexOf('/') is >= 0 and var slash ? resource.ApiVersion.Substring(0, slash) : "";

    private static bool Is(string? wanted, string own) => wanted is null or "" || wanted == own;

    // "*" stands for any; Argo CD takes shell patterns for groups and kinds, and an empty group for the core's.
    private static bool Fits(string? wanted, string own) => wanted is null || wanted == own || (wanted.Contains('*') && Glob(wanted, own));

    private static bool Glob(string pattern, string text) => new PathPattern(pattern).Matches(text);

    // Kustomize's selectors are whole regular expressions.
    private static bool Pattern(string? wanted, string own) => wanted is null or "" || wanted == own
        || Text.BoundedRegex.TryCreate($"^(?:{wanted})$")?.Matches(own) == true;

    private static bool Selects(string? selector, Node? labels) =>
        selector is null or "" || Pruning.LabelsOf(selector).All(l => labels?.TextAt(l.Key) == l.Value);

    private static bool Owns(FieldSet set, IReadOnlyList<FieldPath> steps, int at, Node? node)
    {
        if (at == steps.Count)
            return false;
        if (steps[at].Name is { } name)
        {
            var step = "f:" + name;
            return (set.Has(step) && set.At(step) is null) || (at == steps.Count - 1 && set.Has(step))
                || (set.At(step) is { } below && Owns(below, steps, at + 1, node?[name]));
        }

        if (node?.Resolved is not ListNode list || steps[at].Index >= list.Items.Count)
            return false;
        var item = list.Items[steps[at].Index].Resolved;
        foreach (var entry in set.Below)
        {
            if (entry.Key.StartsWith("k:", StringComparison.Ordinal)
                && Syntax.Json.JsonLanguage.Instance.ParseDocument(entry.Key.Substring(2)).Root is MapNode keys
                && keys.AllEntries.All(k => (k.Value as ScalarNode)?.Value == item?.TextAt(k.Name ?? ""))
                && Owns(entry.Value, steps, at + 1, item))
                return true;
        }

        return false;
    }

    private sealed record Entry(string Said, Func<KubernetesResource, bool> Matches, IReadOnlyList<FieldPattern> Patterns,
        IReadOnlyList<string> Managers, bool IfPresent);
}
