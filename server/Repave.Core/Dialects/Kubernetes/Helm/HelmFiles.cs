using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What templates see under <c>.Files</c>.</summary>
internal static class HelmFiles
{
    public static GoObject Make(IReadOnlyList<HelmFile> files)
    {
        var byName = new Dictionary<string, GoText>(StringComparer.Ordinal);
        foreach (var file in files)
            byName[file.Name] = new GoText(GoQuoting.TextOf(file.Bytes), new Trace(file.Manifest, new TextSpan(0, file.Text.Length), file.Text.Length == GoQuoting.TextOf(file.Bytes).Length, true, null));
        return Make(byName);
    }

    private static GoObject Make(Dictionary<string, GoText> files)
    {
        var inner = new GoMap(
            files.ToDictionary(file => file.Key, file => (GoValue?)new GoText(file.Value.Text, [.. file.Value.Pieces]) { IsBytes = true }, StringComparer.Ordinal),
            "[]uint8");
        var made = new GoObject("engine.files") { Inner = inner };
        made.Methods["Get"] = new("s", (_, a) => files.TryGetValue(StringOf(a[0]), out var file) ? file : GoText.Empty);
        made.Methods["GetBytes"] = new("s", (_, a) => inner[StringOf(a[0])] ?? new GoText("") { IsBytes = true });
        made.Methods["Glob"] = new("s", (_, a) =>
        {
            var pattern = GoGlob.Pattern(StringOf(a[0]), true);
            return Make(files.Where(file => pattern.Matches(file.Key)).ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal));
        });
        made.Methods["AsConfig"] = new("", (_, _) => ByBaseName(files, text => text));
        made.Methods["AsSecrets"] = new("", (_, _) => ByBaseName(files, text => new GoText(Convert.ToBase64String(GoQuoting.BytesOf(text.Text)), text.Trace?.AsWhole())));
        made.Methods["Lines"] = new("s", (_, a) =>
        {
            if (!files.TryGetValue(StringOf(a[0]), out var file) || file.Text.Length == 0)
                return ListOf([]);
            var text = file.Text.EndsWith('\n') ? file.Slice(0, file.Text.Length - 1) : file;
            return ListOf(SprigStrings.Split(text, "\n", -1));
        });
        return made;
    }

    private static GoText ByBaseName(Dictionary<string, GoText> files, Func<GoText, GoText> make)
    {
        var map = new GoMap(new Dictionary<string, GoValue?>(StringComparer.Ordinal), "string");
        foreach (var file in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            map.Entries[SprigPaths.Base(file.Key)] = make(file.Value);
        var yaml = GoYamlWriter.Write(map);
        return yaml.Slice(0, yaml.Text.Length - 1);
    }
}
