using Repave.Core.Dialects.Terraform.Plans;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>What kind of Terraform's files one is.</summary>
public enum TerraformFileKind
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>A part of a module.</summary>
    Configuration,

    /// <summary>Values of variables.</summary>
    Values,

    /// <summary>Tests of a module.</summary>
    Test,

    /// <summary>The versions of providers that were chosen.</summary>
    Lock,

    /// <summary>What Terragrunt does with a module; nothing of it is Terraform's.</summary>
    Terragrunt,
}

/// <summary>Terraform's files by their names.</summary>
public static class TerraformFiles
{
    private static readonly (string Suffix, TerraformFileKind Kind)[] Suffixes =
    [
        (".tftest.hcl", TerraformFileKind.Test), (".tofutest.hcl", TerraformFileKind.Test), (".tftest.json", TerraformFileKind.Test),
        (".tfvars", TerraformFileKind.Values), (".tfvars.json", TerraformFileKind.Values), (".tf", TerraformFileKind.Configuration),
        (".tofu", TerraformFileKind.Configuration), (".tf.json", TerraformFileKind.Configuration),
        (".tofu.json", TerraformFileKind.Configuration), (".terraform.lock.hcl", TerraformFileKind.Lock),
        ("terragrunt.hcl", TerraformFileKind.Terragrunt),
    ];

    /// <summary>What kind of file one is.</summary>
    public static TerraformFileKind KindOf(string path)
    {
        foreach (var (suffix, kind) in Suffixes)
        {
            if (path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return TerraformFileKind.None;
    }

    /// <summary>Whether Terraform reads a file with the others of its folder: it leaves out what editors hide or keep as backups.</summary>
    public static bool IsPart(string path)
    {
        var kind = KindOf(path);
        return kind == TerraformFileKind.Lock || kind != TerraformFileKind.None && path[path.LastIndexOf('/') + 1] is not ('.' or '#');
    }

    /// <summary>Whether one of some manifests is a state, whatever its name.</summary>
    public static bool HoldState(IEnumerable<Manifest> manifests) => TerraformState.In(manifests).Any();

    /// <summary>Whether a file changes what others of its module declare.</summary>
    public static bool IsOverride(string path)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1);
        var stem = name.IndexOf('.') is var at and >= 0 ? name.Substring(0, at) : name;
        return stem == "override" || stem.EndsWith("_override", StringComparison.Ordinal);
    }

    /// <summary>Whether Terraform reads a file of values without being told to.</summary>
    public static bool IsAutomatic(string path)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1);
        return name is "terraform.tfvars" or "terraform.tfvars.json" || name.EndsWith(".auto.tfvars", StringComparison.Ordinal)
            || name.EndsWith(".auto.tfvars.json", StringComparison.Ordinal);
    }

    /// <summary>A path put together from a folder and a way from there; null where it leads out of where the paths begin.</summary>
    public static string? Join(string folder, string way)
    {
        var parts = new List<string>(folder.Split('/').Where(p => p.Length > 0));
        var isAbsolute = folder.StartsWith('/');
        foreach (var part in way.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
            {
                parts.Add(part);
                continue;
            }

            if (parts.Count == 0 || parts[parts.Count - 1] == "..")
                parts.Add("..");
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return (isAbsolute ? "/" : "") + string.Join("/", parts);
    }
}
