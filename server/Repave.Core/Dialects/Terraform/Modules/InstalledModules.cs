using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>The modules that <c>terraform init</c> put into a workspace (<c>.terraform/modules/modules.json</c>).</summary>
public sealed class InstalledModules
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>Reads the file; what is no such file has none.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="root">The folder of the root module, which its paths begin at.</param>
    public InstalledModules(string text, string root)
    {
        foreach (var module in JsonLanguage.Instance.ParseDocument(text).Root?.ItemsAt("Modules") ?? [])
        {
            if (module.TextAt("Key") is { Length: > 0 } key && module.TextAt("Dir") is { } folder
                && TerraformFiles.Join(root, folder) is { } joined)
                _folders[key] = joined;
        }
    }

    /// <summary>The folder of a module by the names of the calls that lead to it, joined by dots.</summary>
    public string? FolderOf(string key) => _folders.TryGetValue(key, out var folder) ? folder : null;

    internal static string KeyOf(ModuleInstance from, TerraformItem call)
    {
        var names = new List<string> { call.Name };
        for (var at = from; at.Call is { } outer; at = at.Parent!)
            names.Insert(0, outer.Name);
        return string.Join(".", names);
    }
}
