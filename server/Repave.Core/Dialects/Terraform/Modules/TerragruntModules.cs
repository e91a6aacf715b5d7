using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>Modules that Terragrunt puts together from several folders, as its files (<c>terragrunt.hcl</c>) say: it copies a source, adds
/// what lies beside its own file, and writes what 'generate' says. What such a folder does not declare, another may.</summary>
/// <remarks>Source: Terragrunt's reference of its blocks (terraform, include, generate).</remarks>
internal static class TerragruntModules
{
    private static readonly string[] OwnFolder = ["get_terragrunt_dir", "get_original_terragrunt_dir"];

    /// <summary>Says whether a folder holds only a part of a module.</summary>
    /// <param name="manifests">All files, Terragrunt's among them.</param>
    /// <param name="isModule">Whether a folder holds files of Terraform.</param>
    public static Func<string, bool> PartsIn(IEnumerable<Manifest> manifests, Func<string, bool> isModule)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var endings = new List<string>();
        foreach (var manifest in manifests.Where(one => TerraformFiles.KindOf(one.Path) == TerraformFileKind.Terragrunt))
        {
            var folder = manifest.Path.Substring(0, Math.Max(0, manifest.Path.LastIndexOf('/')));
            var blocks = manifest.Source.Documents.Select(slot => slot.Document).OfType<HclDocument>()
                .SelectMany(document => document.Body.Blocks).ToList();
            var source = blocks.Where(block => block.Type == "terraform").Select(block => block.Body["source"]).OfType<HclExpression>()
                .FirstOrDefault();
            // Whatever it says, what it includes may say more.
            folders.Add(folder);
            // What it adds to its source, the source may name.
            if (source is null || !(isModule(folder) || blocks.Exists(block => block.Type == "generate")))
                continue;
            var (isHere, way) = PathOf(source);
            if (isHere && TerraformFiles.Join(folder, way) is { } joined)
                folders.Add(joined);
            else if (!isHere && way.Trim('/') is { Length: > 0 } ending)
                endings.Add("/" + string.Join("/", ending.Split(['/'], StringSplitOptions.RemoveEmptyEntries)));
        }

        return folder => folders.Contains(folder) || endings.Exists(ending => ("/" + folder).EndsWith(ending, StringComparison.Ordinal));
    }

    // A way from the folder of the file, or what a path that begins somewhere else ends with; empty for what is fetched.
    private static (bool IsHere, string Way) PathOf(HclExpression source)
    {
        if (source.Text is { } text)
            return text.StartsWith('.') || text.StartsWith('/') ? (true, text) : (false, "");
        if (source is not HclTemplate { Parts: [var first, ..] } template)
            return (false, "");
        var last = template.Parts.Skip(1).LastOrDefault() is HclText tail ? tail.Value : "";
        return (template.Parts.Count == 2 && first is HclCall call && Array.IndexOf(OwnFolder, call.Name) >= 0, last);
    }
}
