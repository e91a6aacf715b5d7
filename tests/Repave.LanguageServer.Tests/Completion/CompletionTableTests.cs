using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests.Completion;

/// <summary>What is offered at places of every dialect's files, as tables of texts with a cursor in them, over the real server.</summary>
public sealed class CompletionTableTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxTries = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-places-").FullName;

    private static IEnumerable<string> Names => Directory.EnumerateFiles(CompletionTable.Folder, "*.txt")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Tables => [.. Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Tables))]
    public void EveryPlaceOffersWhatFits(string name)
    {
        var table = CompletionTable.Read(name);
        foreach (var (path, text) in table.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
            File.WriteAllText(Path.Combine(_folder, path), text);
        }

        // A repository of its own: without one, files are looked for some folders up too.
        using (var git = Process.Start(new ProcessStartInfo("git", ["init", "--quiet"]) { WorkingDirectory = _folder })!)
            git.WaitForExit();
        using var client = Client.Start(_folder);
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        var wrong = new List<string>();
        foreach (var one in table.Cases)
        {
            var found = Wrong(client, one).ToList();
            // What is built from the files is found in the background.
            for (var tries = 0; found.Count > 0 && tries < MaxTries; tries++)
            {
                Thread.Sleep(100);
                found = [.. Wrong(client, one)];
            }

            if (found.Count > 0)
                wrong.Add($"{one.Title}: {string.Join("; ", found)}");
        }

        output.WriteLine($"{name}: {table.Cases.Count - wrong.Count} of {table.Cases.Count} places");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {table.Cases.Count} places of {name} are wrong:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void ThereAreEnoughPlaces() =>
        Assert.InRange(Names.Sum(name => CompletionTable.Read(name).Cases.Count), 160, int.MaxValue);

    private IEnumerable<string> Wrong(Client client, CompletionCase one)
    {
        var uri = new Uri(Path.Combine(_folder, one.File)).AbsoluteUri;
        var at = one.Text.IndexOf(CompletionTable.Cursor, StringComparison.Ordinal);
        var text = one.Text.Remove(at, 1);
        var line = text[..at].Count(c => c == '\n');
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        client.Open(uri, text);
        var items = client.Completion(uri, line, at - start);
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        var labels = items.OrderBy(i => (string)i!["sortText"]!, StringComparer.Ordinal).Select(i => (string)i!["label"]!).ToList();
        if (labels.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"'{twice.Key}' is offered twice";
        foreach (var item in items.Where(i => !Fits(i!, line, at - start)))
            yield return $"'{item!["label"]}' replaces what is not at the cursor";
        var shown = items.Where(i => IsShown(i!, text, start, at)).Select(i => (string)i!["label"]!).ToHashSet(StringComparer.Ordinal);
        foreach (var (word, rest) in one.Expected)
        {
            var named = rest.Split(", ").Where(n => n.Length > 0).ToList();
            var isRight = word switch
            {
                "has" => named.TrueForAll(shown.Contains),
                "not" => !named.Exists(labels.Contains),
                "only" => labels.Order(StringComparer.Ordinal).SequenceEqual(named.Order(StringComparer.Ordinal)),
                "none" => labels.Count == 0,
                "first" => labels.Take(named.Count).SequenceEqual(named),
                "inserts" => true,
                _ => throw new InvalidDataException($"'{word}' is not a word of the tables"),
            };
            if (word == "inserts")
            {
                var (label, inserted) = (rest[..rest.IndexOf(" = ", StringComparison.Ordinal)],
                    rest[(rest.IndexOf(" = ", StringComparison.Ordinal) + 3)..].Replace("\\n", "\n", StringComparison.Ordinal));
                var item = items.FirstOrDefault(i => (string)i!["label"]! == label);
                var after = item is null ? "" : Applied(text, item)[start..];
                if (!after.StartsWith(inserted, StringComparison.Ordinal))
                    yield return item is null ? $"'{label}' is not offered" : $"'{label}' makes '{after[..Math.Min(80, after.Length)]}'";
            }
            else if (!isRight)
            {
                yield return $"{word} {rest} ({labels.Count}: {string.Join(", ", labels.Take(12))})";
            }
        }
    }

    // An editor takes only what replaces text of the cursor's line around it.
    private static bool Fits(JsonNode item, int line, int character)
    {
        var range = item["textEdit"]!["range"]!;
        return (int)range["start"]!["line"]! == line && (int)range["end"]!["line"]! == line
            && (int)range["start"]!["character"]! <= character && (int)range["end"]!["character"]! >= character;
    }

    // Whether an editor shows it for what is typed: the characters of that, in their order.
    private static bool IsShown(JsonNode item, string text, int start, int at)
    {
        var typed = text[(start + (int)item["textEdit"]!["range"]!["start"]!["character"]!)..at];
        var filter = (string?)item["filterText"] ?? (string)item["label"]!;
        var next = 0;
        foreach (var character in filter)
        {
            if (next < typed.Length && char.ToUpperInvariant(character) == char.ToUpperInvariant(typed[next]))
                next++;
        }

        return next == typed.Length;
    }

    private static string Applied(string text, JsonNode item)
    {
        var range = item["textEdit"]!["range"]!;
        var lines = text.Split('\n');
        var before = lines.Take((int)range["start"]!["line"]!).Sum(l => l.Length + 1);
        var (from, to) = (before + (int)range["start"]!["character"]!, before + (int)range["end"]!["character"]!);
        return text[..from] + (string)item["textEdit"]!["newText"]! + text[to..];
    }
}
