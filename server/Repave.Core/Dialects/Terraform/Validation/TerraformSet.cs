using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>The modules of a set of files, ready to be checked.</summary>
internal sealed class TerraformSet : DialectSet
{
    private readonly IReadOnlyDictionary<string, TerraformModule> _modules;

    public TerraformSet(ResourceSet set, IReadOnlyList<Manifest> manifests)
    {
        _ = manifests;
        _modules = set.All.OfType<TerraformItem>()
            .Where(i => TerraformFiles.KindOf(i.Manifest.Path) == TerraformFileKind.Configuration)
            .GroupBy(i => i.Folder, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new TerraformModule(g.Key, g), StringComparer.Ordinal);
    }

    /// <summary>The modules by folder.</summary>
    public IReadOnlyDictionary<string, TerraformModule> Modules => _modules;

    public override object? Check(Resource resource, FindingSink sink) => null;
}
