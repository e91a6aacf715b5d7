using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Bake;

/// <summary>Files of <c>docker buildx bake</c>: which images are built of which Dockerfiles. They are read for what they say of others, and
/// neither judged nor planned.</summary>
public sealed class BakeDialect : Dialect
{
    internal const string DialectName = "bake";

    private static readonly string[] Names = ["bake.hcl", "bake.override.hcl", "bake.json", "bake.override.json"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        IsNamed(path) && text.Contains("target", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (!IsNamed(manifest.Path))
            return DocumentReading.Foreign;
        var targets = BakeTarget.ReadFrom(manifest, slot);
        return targets is null ? DocumentReading.Foreign
            : new DocumentReading(Recognition.Mine, [.. targets, .. BakeDeclaration.ReadFrom(manifest, slot)]);
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new BakeSet(set);

    private static bool IsNamed(string path) => Array.Exists(Names, name => path.EndsWith(name, StringComparison.Ordinal));
}
