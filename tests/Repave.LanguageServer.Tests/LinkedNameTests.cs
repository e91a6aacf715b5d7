using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>An anchor's name and its aliases are edited together, highlighted, and lead to the anchor.</summary>
public class LinkedNameTests
{
    private const string Uri = "file:///work/linked.yaml";

    // Each name between bars is linked with the one under the cursor; the first is the anchor.
    [Theory]
    [InlineData("a: &|o¦ne| {x: 1}\nb: *|one|\nc: *|one|\n")]
    [InlineData("a: &|one|\n  x: 1\nb:\n  <<: *|on¦e|\n")]
    [InlineData("a: &|one¦| text\nb: [*|one|, *|one|]\n")]
    [InlineData("a: [&|one| 1, *|¦one|]\n")]
    [InlineData("# &one\na: \"&one *one\"\nb: &|one| 1\nc: *|one¦|\n")]
    [InlineData("a: &one 1\nb: *one\nc: &|one| 2\nd: *|on¦e|\n")]
    [InlineData("a: &|one| 1\nb: *|o¦ne|\nc: &one 2\nd: *one\n")]
    [InlineData("a: &|one| !!str 1\nb: *|o¦ne|\nc: &ones 2\n")]
    [InlineData("a: &one 1\n---\na: &|one| 1\nb: *|o¦ne|\n")]
    public void EachPlaceOfTheNameIsLinked(string marked)
    {
        var (text, cursor, places) = Read(marked);
        using var client = Client.Start();
        client.Open(Uri, text);
        var found = client.Request("textDocument/linkedEditingRange", Client.At(Uri, cursor.Line, cursor.Character))!["ranges"]!.AsArray();
        Assert.Equal(places, found.Select(StartOf));
        Assert.All(found, range => Assert.Equal(3, (int)range!["end"]!["character"]! - (int)range["start"]!["character"]!));
        var highlights = client.Request("textDocument/documentHighlight", Client.At(Uri, cursor.Line, cursor.Character))!.AsArray();
        Assert.Equal(places, highlights.Select(one => StartOf(one!["range"])));
        var definition = client.Request("textDocument/definition", Client.At(Uri, cursor.Line, cursor.Character))!.AsArray();
        Assert.Equal(places[0], StartOf(Assert.Single(definition)!["range"]));
    }

    [Theory]
    [InlineData("a: &on¦e 1\n")]
    [InlineData("a: &one 1\nb: o¦ne\nc: *one\n")]
    [InlineData("a: *on¦e\n")]
    [InlineData("a: 'on¦e & *one'\n")]
    [InlineData("¦")]
    public void WhatIsNoSharedNameIsNotLinked(string marked)
    {
        var (text, cursor, _) = Read(marked);
        using var client = Client.Start();
        client.Open(Uri, text);
        Assert.Null(client.Request("textDocument/linkedEditingRange", Client.At(Uri, cursor.Line, cursor.Character)));
    }

    private static (int Line, int Character) StartOf(JsonNode? range) =>
        ((int)range!["start"]!["line"]!, (int)range["start"]!["character"]!);

    private static (string Text, (int Line, int Character) Cursor, List<(int Line, int Character)> Places) Read(string marked)
    {
        var (line, character, bars) = (0, 0, 0);
        var cursor = (0, 0);
        var places = new List<(int, int)>();
        foreach (var letter in marked)
        {
            switch (letter)
            {
                case '¦':
                    cursor = (line, character);
                    break;
                case '|':
                    if (bars++ % 2 == 0)
                        places.Add((line, character));
                    break;
                case '\n':
                    (line, character) = (line + 1, 0);
                    break;
                default:
                    character++;
                    break;
            }
        }

        return (marked.Replace("|", "", StringComparison.Ordinal).Replace("¦", "", StringComparison.Ordinal), cursor, places);
    }
}
