using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>Files that expressions read by their names (<c>templatefile</c>, <c>file</c>).</summary>
internal static class TemplateFiles
{
    private const int MaxFiles = 500;

    // What is read as a manifest by its own name needs nobody to name it; keys are nobody's to read.
    private static readonly string[] Others = [".yaml", ".yml", ".json", ".tf", ".pem", ".key", ".pub", ".crt", ".zip", ".gz"];

    private static readonly string[] Endings = [".tftpl", ".tpl", ".tmpl"];

    /// <summary>Whether a file is a template by its name and text.</summary>
    public static bool IsTemplate(string path, string text) =>
        Array.Exists(Endings, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        && (text.Contains("${", StringComparison.Ordinal) || text.Contains("%{", StringComparison.Ordinal));

    /// <summary>The files that a text of a configuration names, from its folder.</summary>
    public static IReadOnlyList<string> NamedIn(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = text.IndexOf("file(\"", StringComparison.Ordinal); at >= 0 && found.Count < MaxFiles;
            at = text.IndexOf("file(\"", at, StringComparison.Ordinal))
        {
            var start = at + "file(\"".Length;
            var end = text.IndexOf('"', start);
            if (end < 0)
                break;
            var name = text.Substring(start, end - start);
            name = name.StartsWith("${path.module}/", StringComparison.Ordinal) ? name.Substring("${path.module}/".Length) : name;
            if (name.Length > 0 && name[0] is not ('/' or '~') && name.IndexOfAny(['$', '%', '\\', '\n']) < 0
                && name.IndexOf("id_", StringComparison.Ordinal) < 0
                && !Array.Exists(Others, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                found.Add(name);
            at = end;
        }

        return [.. found];
    }

    /// <summary>The path of the file that an expression of a module names; null where it is computed.</summary>
    public static string? PathOf(HclExpression name, TerraformModule module)
    {
        if (name.Text is { Length: > 0 } plain)
            return TerraformFiles.Join(plain.StartsWith('/') ? "" : module.Folder, plain);
        return name is HclTemplate { Parts: [HclTraversal { Root: "path", Steps: [{ Name: "module" }] }, HclText { Value: var rest }] }
            && rest.StartsWith('/') ? TerraformFiles.Join(module.Folder, rest) : null;
    }

    /// <summary>The calls of a function in something declared.</summary>
    public static IEnumerable<HclCall> CallsIn(TerraformItem item, string function)
    {
        if (!item.Slot.Document.Text.Contains(function + "(", StringComparison.Ordinal))
            return [];
        var values = item.Kind is TerraformKind.Local && item.Attribute is { } attribute ? [attribute.Value]
            : item.Body.AllAttributes.Select(static one => one.Value);
        return values.SelectMany(static value => value.All).OfType<HclCall>().Where(call => call.Name == function);
    }
}
