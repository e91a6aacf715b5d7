using Repave.Core.Dialects.Terraform.Formatting;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Plans;
using Repave.Core.Dialects.Terraform.Plans.Drift;
using Repave.Core.Dialects.Terraform.Validation;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform;

/// <summary>Terraform's and OpenTofu's configurations, in HCL or JSON.</summary>
public sealed class TerraformDialect : Dialect, IPlans, IReturns, IDrifts, IFormats, IJoinsTexts
{
    internal const string DialectName = "terraform";

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override string NameInReports => "Terraform";

    /// <inheritdoc/>
    public override string KindOf(string type) => type.StartsWith("data.", StringComparison.Ordinal) ? type.Substring(5) : type;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        TerraformFiles.KindOf(path) != TerraformFileKind.None || text.Contains("terraform_version", StringComparison.Ordinal)
        || TemplateFiles.IsTemplate(path, text);

    /// <inheritdoc/>
    public override bool ReadsFirst => true;

    /// <inheritdoc/>
    public IEnumerable<EmbeddedText> JoinedTexts(Document document, Func<string, bool> isWanted) =>
        document is HclDocument hcl ? CloudConfigParts.In(hcl).Where(text => isWanted(text.Text)) : [];

    /// <inheritdoc/>
    public override bool MayNameFiles(string path) => TerraformFiles.KindOf(path) == TerraformFileKind.Configuration;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FilesNamedIn(string path, string text) => TemplateFiles.NamedIn(text);

    /// <inheritdoc/>
    public override bool IsPart(string path) => TerraformFiles.IsPart(path);

    /// <inheritdoc/>
    public string Formatter => "terraform fmt";

    /// <inheritdoc/>
    public IReadOnlyList<string> FormattedFiles { get; } = ["*.tf", "*.tofu", "*.tfvars", "*.tftest.hcl", "*.tofutest.hcl"];

    /// <inheritdoc/>
    public FormattedText Format(string text) => TerraformFormat.Of(text);

    /// <inheritdoc/>
    public string Instances => "instances";

    /// <inheritdoc/>
    public string Replacement => "replaces the resource";

    /// <inheritdoc/>
    public bool SaysDrift(Baseline baseline) => PlanDrift.IsSaid(baseline);

    /// <inheritdoc/>
    public IReadOnlyList<DriftItem> Drift(PlanInput input, List<string> notes) => PlanDrift.Find(input, notes);

    /// <inheritdoc/>
    public Baseline? StartOfReturn(PlanInput input, Baseline manifests) =>
        TerraformState.In(input.Baseline.Manifests).Any() || PlanVerdicts.In(input.Baseline.Manifests) is not null ? null : manifests;

    /// <inheritdoc/>
    public bool HoldsMore(Resource before) => false;

    /// <inheritdoc/>
    public void Return(IReadOnlyList<ReturnPair> pairs) => TerraformReturn.Judge(pairs);

    /// <inheritdoc/>
    public IReadOnlyList<ResourceChange> Plan(PlanInput input, List<string> notes) => TerraformPlanner.Plan(input, notes);

    /// <inheritdoc/>
    public IReadOnlyList<Explanation> Explain(string type, string? version) => TerraformExplanations.Of(type);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (StateResource.In(slot, manifest) is { } state)
            return new DocumentReading(Recognition.Mine, state);
        // What others make of a template is theirs to read where it says so itself; as it stands it is nobody's manifest.
        if (slot.Document is not HclDocument && TemplateFiles.IsTemplate(manifest.Path, manifest.Source.Text.Content)
            && !DialectCatalogue.All.OfType<IReadsTexts>().Any(reader => reader.MayBeOne(slot.Document.Text)))
            return DocumentReading.FilledIn;
        if (TerraformFiles.KindOf(manifest.Path) is TerraformFileKind.None or TerraformFileKind.Terragrunt
            || TerraformModule.BodyOf(slot.Document) is not { } body)
            return DocumentReading.Foreign;
        return new DocumentReading(Recognition.Mine, TerraformItem.Of(manifest, slot, body));
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new TerraformSet(set, manifests);
}
