using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Dialects.Compose.Plans;
using Repave.Core.Dialects.Compose.Plans.Drift;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dotenv;

namespace Repave.Core.Dialects.Compose;

/// <summary>Docker Compose: files of services, networks, volumes, secrets and configs, and the files of variables beside them.</summary>
public sealed class ComposeDialect : Dialect, IVersioned, IPlans, IReturns, ISnapshots, IDrifts
{
    internal const string DialectName = "compose";

    private static readonly (string Section, string Type)[] Sections =
        [("services", "service"), ("networks", "network"), ("volumes", "volume"), ("secrets", "secret"), ("configs", "config")];

    private static readonly string[] TopLevel =
        ["version", "name", "include", "services", "networks", "volumes", "secrets", "configs", "models"];

    // Before it is rendered a template is no Compose file.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Versions => ComposePack.Versions;

    /// <inheritdoc/>
    public string Instances => "service containers";

    /// <inheritdoc/>
    public string Replacement => "replaces it: the old one is removed, and a new one is made in its place";

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        text.Contains("services", StringComparison.Ordinal) || ComposeNames.IsNamed(path);

    /// <inheritdoc/>
    public override bool MayNameFiles(string path) => ComposeNames.IsNamed(path);

    /// <inheritdoc/>
    public override IReadOnlyList<string> FilesNamedIn(string path, string text) => NamedFiles.In(path, text);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is DotenvDocument)
            return new DocumentReading(Recognition.Mine, []);
        if (slot.Document.Root is not MapNode root || !IsMine(manifest.Path, root))
            return DocumentReading.Foreign;
        if (!slot.Document.IsWhole && TemplateMarks.Any(mark => slot.Document.Text.Contains(mark, StringComparison.Ordinal)))
            return DocumentReading.Template;
        var found = new List<Resource>();
        foreach (var (section, type) in Sections)
        {
            foreach (var entry in (root[section] as MapNode)?.AllEntries ?? [])
            {
                if (entry.Name is { } name && (section != "services" || !name.StartsWith("x-", StringComparison.Ordinal)))
                    found.Add(new ComposeResource(IdOf(manifest.Path, type, name), manifest, slot, section, found.Count == 0));
            }
        }

        return new DocumentReading(Recognition.Mine, found);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found) => ComposeSecrets.Find(document, found);

    /// <inheritdoc/>
    public override void CheckEmpty(FindingSink sink)
    {
        if (sink.Slot.Document.Root is MapNode)
            new ComposeCheck([sink.Manifest], sink.Settings).CheckDocument(sink.Manifest, sink.Slot, null, sink);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new ComposeCheck(manifests, settings, set);

    /// <inheritdoc/>
    public Baseline? StartOfReturn(PlanInput input, Baseline manifests) => input.Baseline.Evidence is null ? manifests : null;

    /// <inheritdoc/>
    public bool HoldsMore(Resource before) => false;

    /// <inheritdoc/>
    public void Return(IReadOnlyList<ReturnPair> pairs) => ProjectReturn.Judge(pairs);

    /// <inheritdoc/>
    public IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes) => new ComposePlanner(input, notes).Plan();

    /// <inheritdoc/>
    public bool SaysDrift(Baseline baseline) => baseline.Evidence is ComposeEvidence;

    /// <inheritdoc/>
    public IReadOnlyList<DriftItem> Drift(PlanInput input, List<string> notes) => ComposeDrift.Find(input, notes);

    /// <inheritdoc/>
    public IReadOnlyList<Explanation> Explain(string type, string? version) => FieldEffects.Explain(type, version);

    /// <inheritdoc/>
    public string Snapshot(Baseline live, byte[] hashKey, bool holdsKey) => ComposeSnapshot.Write(live, hashKey);

    /// <summary>What identifies a resource that a file defines.</summary>
    internal static ResourceId IdOf(string path, string type, string name) =>
        new(DialectName, type, ComposePaths.FolderOf(path) is var folder && folder == "." ? null : folder, name);

    // By its name, or by saying nothing but what a Compose file says.
    private static bool IsMine(string path, MapNode root)
    {
        if (ComposeNames.IsNamed(path))
            // Those of the first format, which Compose refuses by now, have services where sections are meant.
            return root.AllEntries.Any(e => e.Name is { } name && TopLevel.Contains(name))
                || (ComposeNames.IsMain(path) && root.AllEntries.Any(e => e.Value.Resolved is MapNode service
                    && (service["image"] ?? service["build"]) is not null));
        return root["services"] is MapNode { AllEntries.Count: > 0 } services
            && root.AllEntries.All(e => e.Name is { } name && (TopLevel.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal)))
            && services.AllEntries.All(e => e.Value.Resolved is MapNode)
            && services.AllEntries.Any(e => e.Value.TextAt("image") is not null || (e.Value.Resolved?["build"] is not null
                && e.Value.Resolved is MapNode service && service.AllEntries.Any(f => f.Name is "ports" or "volumes" or "environment"
                    or "command" or "depends_on" or "networks" or "restart" or "container_name")));
    }
}
