using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Asks of a merged object what <c>check</c> asks of a manifest: what defaults and others put there may not go with what
/// is applied.
/// </summary>
internal static class MergedCheck
{
    /// <summary>What a server refuses in an object and did not refuse in the one before: the fields and why.</summary>
    /// <param name="before">The object before.</param>
    /// <param name="after">The merged object.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="isCustom">Whether a definition brings the kind.</param>
    /// <param name="release">The server's release.</param>
    public static IReadOnlyList<(string Path, string Message)> Refusals(
        MapNode before, MapNode after, Shape shape, bool isCustom, Version release)
    {
        // Nearly always nothing is wrong, and only what is said needs the object's own text.
        if (IsClean(after, shape, isCustom, release))
            return [];
        var found = Of(after, shape, isCustom, release);
        if (found.Count == 0)
            return found;
        // What a server has stored it took, whatever is thought of it here.
        var known = new HashSet<string>(Of(before, shape, isCustom, release).Select(f => f.Message), StringComparer.Ordinal);
        return [.. found.Where(f => !known.Contains(f.Message))];
    }

    private static readonly Manifest Nameless = Manifest.Parse("merged.json", "");

    private static bool IsClean(MapNode root, Shape shape, bool isCustom, Version release)
    {
        var slot = new DocumentSlot(0, new MadeDocument(Nameless.Source.Language, root));
        var (apiVersion, kind) = (root.TextAt("apiVersion"), root.TextAt("kind"));
        return apiVersion is not null && kind is not null && !RecordChecks.MayBeTooLarge(Field.Root(root))
            && Of(new KubernetesResource(new ResourceId(KubernetesDialect.DialectName, KubernetesDialect.TypeOf(apiVersion, kind),
                root.MappingAt("metadata")?.TextAt("namespace"), root.MappingAt("metadata")?.TextAt("name") ?? ""), Nameless, slot, -1,
                apiVersion, kind), shape, isCustom, release).Count == 0;
    }

    private static List<(string Path, string Message)> Of(MapNode root, Shape shape, bool isCustom, Version release)
    {
        var manifest = Manifest.Parse("merged.json", CanonicalJson.Of(root, asPlatform: true));
        return manifest.Source.Documents.Count == 0 || DialectCatalogue.Of(KubernetesDialect.DialectName)
            .Read(manifest, manifest.Source.Documents[0]).Resources.FirstOrDefault() is not KubernetesResource resource
            ? []
            : Of(resource, shape, isCustom, release);
    }

    private static List<(string Path, string Message)> Of(KubernetesResource resource, Shape shape, bool isCustom, Version release)
    {
        var sink = new FindingSink(resource.Manifest, resource.Slot, Settings.Default);
        var reading = new ShapeReading
        {
            AsPlatform = true,
            NullIsAbsent = !isCustom,
            DemandsDocumented = false,
            CheckFormat = KubernetesFormats.Check,
            Hides = node => Secrets.Of(resource.Slot.Document).Touches(node.Span),
        };
        // A field that a shape does not know is the manifest's own matter, and of another release's live objects no matter at all.
        // Servers of 1.20 look at no pod of a StatefulSet's template.
        bool IsLeftAlone(string path) => release < new Version(1, 21) && resource.Kind == "StatefulSet"
            && path.StartsWith("spec.template.spec.", StringComparison.Ordinal);
        var issues = ShapeValidator.Validate(resource.Root, shape, reading)
            .Where(i => i.IsRefused && i.Kind != ShapeIssueKind.UnknownField && !i.Path.StartsWith("status", StringComparison.Ordinal)
                && !i.Path.StartsWith("metadata.managedFields", StringComparison.Ordinal)).ToList();
        foreach (var issue in issues)
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path);
        ServerRules.Check(new ServerCheck(resource, sink, release, issues.Select(i => i.Path)));
        return [.. sink.Findings.Where(f => f.Severity == Severity.Error && f.Rule is not UnknownField && !IsLeftAlone(f.Path))
            .Select(f => (f.Path, f.Message))];
    }
}
