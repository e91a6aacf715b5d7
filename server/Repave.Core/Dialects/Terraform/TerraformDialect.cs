using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Validation;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform;

/// <summary>Terraform's and OpenTofu's configurations, in HCL or JSON.</summary>
public sealed class TerraformDialect : Dialect
{
    internal const string DialectName = "terraform";

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override string KindOf(string type) => type.StartsWith("data.", StringComparison.Ordinal) ? type.Substring(5) : type;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => TerraformFiles.KindOf(path) != TerraformFileKind.None;

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (TerraformFiles.KindOf(manifest.Path) == TerraformFileKind.None || TerraformModule.BodyOf(slot.Document) is not { } body)
            return DocumentReading.Foreign;
        return new DocumentReading(Recognition.Mine, TerraformItem.Of(manifest, slot, body));
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new TerraformSet(set);
}
