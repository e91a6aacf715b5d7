using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Text;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What templates see under <c>.Files</c>.</summary>
internal static class HelmFiles
{
    public static GoObject Make(IReadOnlyList<HelmFile> files)
    {
        var byName = new Dictionary<string, HelmFile>(StringComparer.Ordinal);
        foreach (var file in files)
            byName[file.Name] = file;
        return Make(byName);
    }

    // Most are never asked for, and some are large.
    private static GoObject Make(Dictionary<string, HelmFile> files)
    {
        GoText Read(string name) => files.TryGetValue(name, out var file) ? TextOf(file) : GoText.Empty;
        var made = new GoObject("engine.files")
        {
            MakeInner = () => new GoMap(files.ToDictionary(file => file.Key, file => (GoValue?)Bytes(TextOf(file.Value)),
                StringComparer.Ordinal), "[]uint8"),
        };
        made.Methods["Get"] = new("s", (_, a) => Read(StringOf(a[0])));
        made.Methods["GetBytes"] = new("s", (_, a) => Bytes(Read(StringOf(a[0]))));
        made.Methods["Glob"] = new("s", (_, a) =>
        {
            var pattern = GoGlob.Pattern(StringOf(a[0]), true);
            return Make(files.Where(file => pattern.Matches(file.Key)).ToDictionary(file => file.Key, file => file.Value,
                StringComparer.Ordinal));
        });
        made.Methods["AsConfig"] = new("", (_, _) => ByBaseName(files, text => text));
        made.Methods["AsSecrets"] = new("", (_, _) => ByBaseName(files, text =>
            new GoText(Convert.ToBase64String(GoQuoting.BytesOf(text.Text)), text.Trace?.AsWhole())));
        made.Methods["Lines"] = new("s", (_, a) =>
        {
            var file = Read(StringOf(a[0]));
            if (file.Text.Length == 0)
                return ListOf([]);
            return ListOf(SprigStrings.Split(file.Text.EndsWith('\n') ? file.Slice(0, file.Text.Length - 1) : file, "\n", -1));
        });
        return made;
    }

    // A byte order mark is a part of the bytes and of no text: what is behind it is where the text has it.
    private static GoText TextOf(HelmFile file)
    {
        var text = GoQuoting.TextOf(file.Bytes);
        return new GoText(text, new Trace(file.Manifest, new TextSpan(0, file.Text.Length), file.Text.Length == text.Length, true, null));
    }

    private static GoText Bytes(GoText text) => new(text.Text, [.. text.Pieces]) { IsBytes = true };

    private static GoText ByBaseName(Dictionary<string, HelmFile> files, Func<GoText, GoText> make)
    {
        var map = new GoMap(new Dictionary<string, GoValue?>(StringComparer.Ordinal), "string");
        foreach (var file in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            map.Entries[SprigPaths.Base(file.Key)] = make(TextOf(file.Value));
        var yaml = GoYamlWriter.Write(map);
        return yaml.Slice(0, yaml.Text.Length - 1);
    }
}
