using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Marks;

/// <summary>What annotations and labels of an object tell the tools that apply it: Helm, Argo CD, Flux and kapp, as their documentation
/// describes them. A mark is obeyed by the tool that it is for only; which one applies is not known here, and each is said.</summary>
internal sealed class ApplyMarks
{
    private const string HelmHook = "helm.sh/hook";
    private const string HelmPolicy = "helm.sh/resource-policy";
    private const string ArgoHook = "argocd.argoproj.io/hook";
    private const string ArgoOptions = "argocd.argoproj.io/sync-options";
    private const string Flux = "kustomize.toolkit.fluxcd.io/";
    private const string Kapp = "kapp.k14s.io/";
    private const string Disabled = "disabled";

    private ApplyMarks()
    {
    }

    /// <summary>Marks that say nothing.</summary>
    public static ApplyMarks None { get; } = new();

    /// <summary>Why it stays when the manifests no longer have it; null if it goes.</summary>
    public ApplyMark? Kept { get; private set; }

    /// <summary>Why it is never applied, new or not; null if it is.</summary>
    public ApplyMark? LeftOut { get; private set; }

    /// <summary>Why it is created and never changed; null if it is changed.</summary>
    public ApplyMark? CreatedOnly { get; private set; }

    /// <summary>Why every change deletes it and creates it; null if changes are applied.</summary>
    public ApplyMark? AlwaysReplaced { get; private set; }

    /// <summary>Why what a server refuses to change is deleted and created without anybody's doing; null if it is not.</summary>
    public ApplyMark? ReplacedIfRefused { get; private set; }

    /// <summary>Why the manifest takes the place of the whole object, with what others wrote into it; null if it is merged.</summary>
    public ApplyMark? Overwritten { get; private set; }

    /// <summary>Why the server merges it; null if nothing says so.</summary>
    public ApplyMark? ByServer { get; private set; }

    /// <summary>Whether it is made for one run of a tool, and may be without a name.</summary>
    public bool IsHook { get; private set; }

    /// <summary>The marks of an object.</summary>
    public static ApplyMarks Of(MapNode root)
    {
        if (root.MappingAt("metadata") is not { } metadata)
            return None;
        var (annotations, labels) = (metadata.MappingAt("annotations"), metadata.MappingAt("labels"));
        if (annotations is null && labels is null)
            return None;
        var marks = new ApplyMarks();
        foreach (var entry in (annotations?.AllEntries ?? []).Concat(labels?.AllEntries ?? []))
        {
            if (entry.Name is not { } name || entry.Value.Resolved is not ScalarNode value)
                continue;
            var mark = new ApplyMark($"{name}: {value.Value}", entry.Value);
            var isAnnotation = entry.Value.Parent == annotations;
            if (name.StartsWith(Flux, StringComparison.Ordinal))
                marks.AddFlux(name.Substring(Flux.Length), value.Value, mark);
            else if (isAnnotation && name.StartsWith(Kapp, StringComparison.Ordinal))
                marks.AddKapp(name.Substring(Kapp.Length), value.Value, mark);
            else if (isAnnotation)
                marks.AddHelmOrArgo(name, value.Value, mark);
        }

        return marks;
    }

    private void AddHelmOrArgo(string name, string value, ApplyMark mark)
    {
        switch (name)
        {
            case HelmPolicy when value.Trim().Equals("keep", StringComparison.OrdinalIgnoreCase):
                Kept = mark;
                break;
            case HelmHook:
                var events = Words(value).ToList();
                IsHook = true;
                // A hook belongs to no release: nothing takes it away but its own deletion policy.
                Kept ??= mark;
                // Tests run when somebody asks for them.
                if (events.Count > 0 && events.TrueForAll(e => e is "test" or "test-success" or "test-failure"))
                    LeftOut = mark;
                else
                    AlwaysReplaced ??= mark;
                break;
            case ArgoHook:
                IsHook = true;
                if (Words(value).Contains("Skip"))
                {
                    LeftOut = mark;
                    break;
                }

                Kept ??= mark;
                AlwaysReplaced ??= mark;
                break;
            case ArgoOptions:
                var options = Words(value).ToList();
                var (replaces, forces) = (options.Contains("Replace=true"), options.Contains("Force=true"));
                if (options.Contains("Prune=false"))
                    Kept = mark;
                if (replaces && forces)
                    AlwaysReplaced = mark;
                else if (replaces)
                    Overwritten = mark;
                else if (forces)
                    ReplacedIfRefused = mark;
                if (options.Contains("ServerSideApply=true") && !replaces)
                    ByServer = mark with { Manager = "argocd-controller" };
                break;
        }
    }

    private void AddFlux(string name, string value, ApplyMark mark)
    {
        var word = value.Trim();
        switch (name)
        {
            case "prune" when Is(word, Disabled):
                Kept = mark;
                break;
            case "reconcile" when Is(word, Disabled):
                LeftOut = mark;
                Kept = mark;
                break;
            case "force" when Is(word, "enabled"):
                ReplacedIfRefused = mark;
                break;
            case "ssa" when Is(word, "Ignore"):
                LeftOut = mark;
                Kept = mark;
                break;
            case "ssa" when Is(word, "IfNotPresent"):
                CreatedOnly = mark;
                break;
        }
    }

    private void AddKapp(string name, string value, ApplyMark mark)
    {
        switch (name)
        {
            case "noop":
                LeftOut = mark;
                Kept = mark;
                break;
            case "update-strategy":
                if (value == "always-replace")
                    AlwaysReplaced = mark;
                else if (value == "fallback-on-replace")
                    ReplacedIfRefused = mark;
                else if (value == "skip")
                    CreatedOnly = mark;
                break;
            case "delete-strategy" when value == "orphan":
                Kept = mark;
                break;
        }
    }

    private static bool Is(string value, string word) => value.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(string value) => value.Split(',').Select(w => w.Trim()).Where(w => w.Length > 0);
}

/// <summary>A mark on an object.</summary>
/// <param name="Text">The annotation or label as it is written, with its value.</param>
/// <param name="Node">The value.</param>
internal sealed record ApplyMark(string Text, Node Node)
{
    /// <summary>Under which name the tool that reads it applies; null if that does not matter.</summary>
    public string? Manager { get; init; }
}
