using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Formatting: the lines that change, of the files that have one right form.</summary>
public class FormattingTests
{
    private const string Text = "locals {\n  a=1\n  bcd = 2\n}\n\nlocals {\n    x=1\n}\n";
    private const string Uri = "file:///main.tf";

    [Fact]
    public void OnlyLinesThatChangeAreEdited()
    {
        using var client = Client.Start();
        client.Open(Uri, Text);
        var edits = client.Request("textDocument/formatting", Parameters())!.AsArray();
        Assert.Equal(new[] { 1, 6 }, edits.Select(e => (int)e!["range"]!["start"]!["line"]!));
        Assert.Equal("locals {\n  a   = 1\n  bcd = 2\n}\n\nlocals {\n  x = 1\n}\n", Apply(Text, edits));
    }

    [Theory]
    [InlineData(0, 4, new[] { 1 })]
    [InlineData(5, 7, new[] { 6 })]
    [InlineData(6, 6, new[] { 6 })]
    [InlineData(2, 5, new int[0])]
    public void OfARangeOnlyItsLinesAreEdited(int first, int last, int[] changed)
    {
        using var client = Client.Start();
        client.Open(Uri, Text);
        var parameters = Parameters();
        parameters["range"] = new JsonObject
        {
            ["start"] = new JsonObject { ["line"] = first, ["character"] = 0 },
            ["end"] = new JsonObject { ["line"] = last, ["character"] = 1 },
        };
        var edits = client.Request("textDocument/rangeFormatting", parameters)!.AsArray();
        Assert.Equal(changed, edits.Select(e => (int)e!["range"]!["start"]!["line"]!));
    }

    [Fact]
    public void LinesThatGoAreEditedTogether()
    {
        const string text = "locals {\n  a = 1\n  b = \"${\n   a\n}\"\n  c=1\n}\n";
        using var client = Client.Start();
        client.Open(Uri, text);
        Assert.Equal("locals {\n  a = 1\n  b = a\n  c = 1\n}\n",
            Apply(text, client.Request("textDocument/formatting", Parameters())!.AsArray()));
    }

    [Theory]
    [InlineData("file:///main.tf", "locals {\n  a=\n}\n")]
    [InlineData("file:///a.yaml", "a:    1\n")]
    public void WhatHasAnErrorOrManyFormsStays(string uri, string text)
    {
        using var client = Client.Start();
        client.Open(uri, text);
        Assert.Empty(client.Request("textDocument/formatting", Parameters(uri))!.AsArray());
    }

    [Fact]
    public void AClientThatCanIsToldWhichFilesAreFormatted()
    {
        using var plain = new Client();
        Assert.True((bool)plain.Initialize()!["capabilities"]!["documentFormattingProvider"]!);
        using var client = new Client();
        var answer = client.Initialize((string?)null, null,
            JsonNode.Parse("""{"textDocument":{"formatting":{"dynamicRegistration":true}}}""")!.AsObject());
        Assert.False((bool)answer!["capabilities"]!["documentFormattingProvider"]!);
        Assert.False((bool)answer["capabilities"]!["documentRangeFormattingProvider"]!);
    }

    private static JsonObject Parameters(string uri = Uri) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri },
        ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true },
    };

    private static string Apply(string text, JsonArray edits)
    {
        foreach (var edit in edits.Reverse())
        {
            var (start, end) = (Offset(text, edit!["range"]!["start"]!), Offset(text, edit["range"]!["end"]!));
            text = text[..start] + (string)edit["newText"]! + text[end..];
        }

        return text;
    }

    private static int Offset(string text, JsonNode position)
    {
        var at = 0;
        for (var line = 0; line < (int)position["line"]!; line++)
            at = text.IndexOf('\n', at) + 1;
        return at + (int)position["character"]!;
    }
}
