using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Dialects.CloudFormation.Plans.Back;
using Repave.Core.Dialects.CloudFormation.Plans.Drift;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>AWS CloudFormation templates, in YAML or JSON.</summary>
public sealed class CloudFormationDialect : Dialect, IPlans, IReturns, IDrifts, ISnapshots, IMarks, IJoinsTexts
{
    internal const string DialectName = "cloudformation";

    private const string FormatVersion = "AWSTemplateFormatVersion";

    /// <inheritdoc/>
    public IReadOnlyList<TextMark> MarksOf(Document document) => TemplateMarks.Of(document);

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames => ["*.template"];

    /// <inheritdoc/>
    public string Instances => "instances";

    /// <inheritdoc/>
    public string Replacement => "replaces the resource: a new one is made, then the old one is deleted";

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        text.IndexOf(FormatVersion, StringComparison.Ordinal) >= 0
        || text.IndexOf("Resources", StringComparison.Ordinal) >= 0 && text.IndexOf("Type", StringComparison.Ordinal) >= 0;

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document.Root is not MapNode root || !IsTemplate(root))
            return IsBrokenTemplate(slot.Document) ? new DocumentReading(Recognition.Mine, []) : DocumentReading.Foreign;
        var found = new List<Resource>();
        foreach (var entry in Template.Of(slot.Document).Resources)
        {
            if (entry.Value.Value.Resolved is not MapNode resource || Intrinsic.Of(resource) is not null)
                continue;
            var id = new ResourceId(DialectName, resource.TextAt("Type") ?? "", manifest.Path, entry.Key);
            found.Add(new CloudFormationResource(id, manifest, slot, found.Count == 0));
        }

        return new DocumentReading(Recognition.Mine, found);
    }

    /// <inheritdoc/>
    public override void CheckEmpty(FindingSink sink)
    {
        if (sink.Slot.Document.Root is not MapNode)
            return;
        var template = Template.Of(sink.Slot.Document);
        new TemplateSections(template, sink).Check();
        foreach (var rule in RuleCatalogue.Of<CloudFormationRule>())
        {
            if (sink.Settings.IsOn(rule, sink.Manifest.Path))
                rule.CheckTemplate(template, sink);
        }
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document.Root is MapNode root && (root["Resources"] is MapNode || root["Parameters"] is MapNode))
            CloudFormationSecrets.Find(root, Template.Of(document), found);
    }

    /// <inheritdoc/>
    public IEnumerable<EmbeddedText> JoinedTexts(Document document, Func<string, bool> isWanted) =>
        CloudFormation.JoinedTexts.In(document, document.Root, isWanted);

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new CloudFormationCheck(set, manifests);

    /// <inheritdoc/>
    public Baseline? StartOfReturn(PlanInput input, Baseline manifests) => input.Baseline.Evidence is not StackEvidence evidence ? manifests
        // What a change set said is of the change, and not of what takes it back.
        : manifests with { Evidence = evidence with { Replacements = StackEvidence.None.Replacements } };

    /// <inheritdoc/>
    public bool SaysDrift(Baseline baseline) => StackDrift.IsSaid(baseline);

    /// <inheritdoc/>
    public IReadOnlyList<DriftItem> Drift(PlanInput input, List<string> notes) => StackDrift.Find(input, notes);

    /// <inheritdoc/>
    public bool HoldsMore(Resource before) => false;

    /// <inheritdoc/>
    public void Return(IReadOnlyList<ReturnPair> pairs) => StackReturn.Judge(pairs);

    /// <inheritdoc/>
    public IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes) => CloudFormationPlanner.Plan(input, notes);

    /// <inheritdoc/>
    public IReadOnlyList<Explanation> Explain(string type, string? version)
    {
        var schemas = CloudFormationSchemas.Instance;
        var known = schemas.Has(type) ? type
            : schemas.Types.FirstOrDefault(t => string.Equals(t, type, StringComparison.OrdinalIgnoreCase));
        if (known is null || schemas.PropertiesOf(known)?.Fields is not { } fields)
            return [];
        return [.. fields.All.Select(f => UpdateBehaviour.Explain(known, f.Name, UpdateBehaviour.Of(known, [f])))];
    }

    /// <inheritdoc/>
    public string Snapshot(Baseline live, byte[] hashKey, bool holdsKey) => TemplateSnapshot.Write(live, hashKey);

    // One that breaks before its resources still says what it is.
    private static bool IsBrokenTemplate(Document document) =>
        !document.IsWhole && document.Text.Contains(FormatVersion, StringComparison.Ordinal)
        && document.Text.Contains("Resources", StringComparison.Ordinal);

    private static bool IsTemplate(MapNode root) =>
        root.Find(FormatVersion) is not null
        || root["Resources"] is MapNode resources
            && resources.AllEntries.Any(e => TemplateLoops.IsLoop(e.Name) || e.Value.Resolved?.TextAt("Type") is { } type && IsType(type));

    private static bool IsType(string type) =>
        type.StartsWith("AWS::", StringComparison.Ordinal) || type.EndsWith("::MODULE", StringComparison.Ordinal)
            || type.StartsWith("Custom::", StringComparison.Ordinal);
}
