using System.Text;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of files. A file is known where whoever evaluates has it.</summary>
internal static partial class Functions
{
    // Terraform lets templates call themselves no deeper.
    private const int MaxTemplate = 1_000_000;

    private static void AddFiles(Adder add)
    {
        add("abspath", [S], S, c => c.Text(0).StartsWith('/') ? TerraformValue.Of(Clean(c.Text(0))) : c.Unknown);
        add("basename", [S], S, c => TerraformValue.Of(BaseName(c.Text(0))));
        add("dirname", [S], S, c => TerraformValue.Of(DirectoryName(c.Text(0))));
        add("pathexpand", [S], S, c => c.Text(0).StartsWith('~') ? c.Unknown : TerraformValue.Of(c.Text(0)));
        add("file", [S], S, c => File(c, text => Shown(TerraformValue.Of(text))));
        add("filebase64", [S], S, c => File(c, text => TerraformValue.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))));
        add("filebase64sha256", [S], S, c => File(c, text => TerraformValue.Of(Convert.ToBase64String(Sha256(text)))));
        add("filebase64sha512", [S], S, c => File(c, text => TerraformValue.Of(Convert.ToBase64String(Sha512(text)))));
        add("fileexists", [S], B, c => c.Evaluator.Scope.ReadFile(c.Text(0)) is not null ? TerraformValue.True : c.Unknown);
        add("filemd5", [S], S, c => File(c, text => TerraformValue.Of(Hex(Md5(text)))));
        add("fileset", [S, S], TerraformType.Set(S), c => c.Unknown);
        add("filesha1", [S], S, c => File(c, text => TerraformValue.Of(Hex(Sha1(Encoding.UTF8.GetBytes(text))))));
        add("filesha256", [S], S, c => File(c, text => TerraformValue.Of(Hex(Sha256(text)))));
        add("filesha512", [S], S, c => File(c, text => TerraformValue.Of(Hex(Sha512(text)))));
        add("templatefile", [S, Any], Any, c => File(c, text => Template(c, text, 1)), FunctionTraits.PartlyKnown);
        add("templatestring", [S, Any], S, c => Template(c, c.Text(0), 1), FunctionTraits.PartlyKnown);
    }

    // What looks like a credential in a file is shown in no plan.
    private static TerraformValue Shown(TerraformValue value) =>
        value.Text is { } text && Model.SecretNames.In(text, out _).Count > 0 ? value.Marked() : value;

    private static TerraformValue File(FunctionCall call, Func<string, TerraformValue> use) =>
        call.Evaluator.Scope.ReadFile(call.Text(0)) is { } text ? use(text) : call.Unknown;

    private static TerraformValue Template(FunctionCall call, string text, int variables)
    {
        if (!IsMap(call[variables]))
            return call.Fail(variables, "The variables of a template are a map or an object.");
        if (text.Length > MaxTemplate || call[variables].IsOpen || HclLanguage.ParseTemplate(text) is not { } template)
            return call.Unknown;
        // What fails in there has its place in another text.
        var before = call.Evaluator.Problems.Count;
        var value = call.Evaluator.EvaluateWith(template, call[variables].Entries);
        if (call.Evaluator.Problems.Count > before)
            return call.Unknown;
        return call.Result.Kind == SchemaTypeKind.String ? Shown(Conversion.To(value, S, out _) ?? call.Unknown) : Shown(value);
    }

    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".." || !path.StartsWith('/'))
                parts.Add(part);
        }

        var clean = string.Join("/", parts);
        return path.StartsWith('/') ? "/" + clean : clean.Length == 0 ? "." : clean;
    }

    private static string BaseName(string path)
    {
        if (path.Length == 0)
            return ".";
        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed.Substring(trimmed.LastIndexOf('/') + 1);
    }

    private static string DirectoryName(string path) =>
        path.LastIndexOf('/') is var at and >= 0 ? Clean(path.Substring(0, at + 1)) : ".";
}
