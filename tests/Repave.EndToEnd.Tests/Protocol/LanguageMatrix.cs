using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests.Protocol;

/// <summary>What the server answers in each dialect: every method is asked at every word of the dialect's example, and counts where one
/// answer says something.</summary>
internal static partial class LanguageMatrix
{
    private static readonly TimeSpan PlanLimit = TimeSpan.FromSeconds(60);

    // The methods that are asked of a document, and how.
    private static readonly (string Method, Func<Question, bool> IsAnswered)[] Methods =
    [
        ("textDocument/publishDiagnostics", q => q.Client.Diagnostics(q.Uri, 1) is { Count: > 0 }),
        ("textDocument/completion", q => q.Places.Any(p => q.Client.Completion(q.Uri, p.Line, p.Character).Count > 0)),
        ("textDocument/hover", q => q.Places.Any(p => Says(q.At("textDocument/hover", p)))),
        ("textDocument/documentSymbol", q => q.Document("textDocument/documentSymbol")),
        ("textDocument/definition", q => q.Places.Any(q.LeadsElsewhere)),
        ("textDocument/references", q => q.Places.Any(p =>
            q.At("textDocument/references", p, ("context", JsonNode.Parse("""{"includeDeclaration":true}""")!)) is JsonArray { Count: > 1 })),
        ("textDocument/documentHighlight", q => q.Places.Any(p =>
            q.At("textDocument/documentHighlight", p) is JsonArray { Count: > 1 })),
        ("textDocument/rename", q => q.Places.Any(q.RenamesSeveral)),
        ("textDocument/foldingRange", q => q.Document("textDocument/foldingRange")),
        ("textDocument/selectionRange", q => q.Document("textDocument/selectionRange", ("positions", new JsonArray(Place(0, 0))))),
        ("textDocument/documentLink", q => q.Document("textDocument/documentLink")),
        ("textDocument/formatting", q => q.Document("textDocument/formatting",
            ("options", JsonNode.Parse("""{"tabSize":2,"insertSpaces":true}""")!))),
        ("textDocument/semanticTokens", q => q.Document("textDocument/semanticTokens/full", "data")),
        ("textDocument/codeAction", q => q.Document("textDocument/codeAction", ("range", q.Whole()),
            ("context", JsonNode.Parse("""{"diagnostics":[]}""")!))),
        ("textDocument/codeLens", q => q.HasPlanLens()),
        // It comes with the same plan: where that has a lens, a hint is there or never will be.
        ("textDocument/inlayHint", q => q.Document("textDocument/inlayHint", ("range", q.Whole()))),
        ("workspace/symbol", q => Says(q.Client.Request("workspace/symbol", new JsonObject { ["query"] = "" }))),
    ];

    /// <summary>The names of the methods, in the page's order.</summary>
    public static IEnumerable<string> Names => Methods.Select(m => m.Method);

    /// <summary>Which of them answer something in an example.</summary>
    public static IReadOnlyList<bool> AnswersIn(LanguageExample example)
    {
        var folder = Directory.CreateTempSubdirectory("repave-matrix-").FullName;
        try
        {
            var file = Path.Combine(folder, "work", example.Path);
            foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("before", example.Before), ("work", example.After)])
            {
                Directory.CreateDirectory(Path.Combine(folder, name));
                File.WriteAllText(Path.Combine(folder, name, example.Path), text);
            }

            using var client = Client.Start(Path.Combine(folder, "work"),
                new JsonObject { ["baseline"] = Path.Combine(folder, "before"), ["trusted"] = true });
            var uri = new Uri(file).AbsoluteUri;
            client.Open(uri, example.After);
            var question = new Question(client, uri, example.After);
            return [.. Methods.Select(method => method.IsAnswered(question))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Says(JsonNode? answer) => answer switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        _ => true,
    };

    private static JsonObject Place(int line, int character) => new() { ["line"] = line, ["character"] = character };

    [GeneratedRegex(@"[\w.-]+")]
    private static partial Regex Word { get; }

    private sealed record Question(Client Client, string Uri, string Text)
    {
        /// <summary>The beginning and the end of every word but those of comments, which are alike everywhere.</summary>
        public IEnumerable<(int Line, int Character)> Places =>
            Text.Split('\n').SelectMany((line, number) => line.StartsWith('#') ? [] : Word.Matches(line)
                .SelectMany(word => new[] { word.Index, word.Index + word.Length }).Select(character => (number, character)));

        public JsonObject Whole() => new() { ["start"] = Place(0, 0), ["end"] = Place(Text.Split('\n').Length - 1, 0) };

        public JsonNode? At(string method, (int Line, int Character) place, params (string Name, JsonNode Value)[] besides)
        {
            var parameters = Client.At(Uri, place.Line, place.Character);
            foreach (var (name, value) in besides)
                parameters[name] = value.DeepClone();
            return Client.Request(method, parameters);
        }

        /// <summary>The name's own place does not count.</summary>
        public bool LeadsElsewhere((int Line, int Character) place) => At("textDocument/definition", place) is JsonArray list
            && list.Any(l => (int)l!["range"]!["start"]!["line"]! != place.Line);

        public bool RenamesSeveral((int Line, int Character) place)
        {
            if (At("textDocument/prepareRename", place) is null)
                return false;
            var parameters = Client.At(Uri, place.Line, place.Character);
            parameters["newName"] = "other";
            // Not every name may be any word: that is refused, and says so.
            var edit = Client.Send("textDocument/rename", parameters).GetAwaiter().GetResult()["result"];
            return (edit?["changes"]?.AsObject() ?? []).Sum(file => file.Value!.AsArray().Count) > 1;
        }

        public bool Document(string method, params (string Name, JsonNode Value)[] besides) => Says(Ask(method, besides));

        public bool Document(string method, string member) => Says(Ask(method, [])?[member]);

        /// <summary>Whether resources say what the plan does to them; where the dialect has no plan, as its state says, nothing is waited
        /// for.</summary>
        public bool HasPlanLens()
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var hasPlan = Ask("repave/state", [])!.AsArray().Any(s => s!["baseline"] is not null);
            while (!Document("textDocument/codeLens"))
            {
                if (!hasPlan || clock.Elapsed > PlanLimit)
                    return false;
                Thread.Sleep(50);
            }

            return true;
        }

        private JsonNode? Ask(string method, (string Name, JsonNode Value)[] besides)
        {
            var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } };
            foreach (var (name, value) in besides)
                parameters[name] = value.DeepClone();
            return Client.Request(method, parameters);
        }
    }
}
