using System.Text;
using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>The wire, with clients that keep to the protocol and clients that do not.</summary>
public class WireTests
{
    private const string Uri = "file:///w/a.yaml";
    private const string Bad = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: yes\n";

    [Fact]
    public void ShutdownThenExitEndsWellAndExitAloneDoesNot()
    {
        using var client = Client.Start();
        Assert.Null(client.Request("shutdown", []));
        client.Notify("exit", []);
        Assert.Equal(0, client.WaitForExit());
        using var rude = Client.Start();
        rude.Notify("exit", []);
        Assert.Equal(1, rude.WaitForExit());
    }

    [Fact]
    public async Task NothingIsAnsweredBeforeInitialize()
    {
        using var client = new Client();
        var answer = await client.Send("textDocument/hover", Client.At(Uri, 0, 0)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(-32002, (int)answer["error"]!["code"]!);
        client.Open(Uri, Bad);
        client.Request("initialize", new JsonObject { ["capabilities"] = new JsonObject() });
        answer = await client.Send("initialize", new JsonObject { ["capabilities"] = new JsonObject() })
            .WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(-32600, (int)answer["error"]!["code"]!);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\n{{{{{", -32700)]
    [InlineData("Content-Length: 2\r\n\r\n[]", -32600)]
    [InlineData("Content-Length: 22\r\n\r\n{\"jsonrpc\":\"2.0\",\"i\":1", -32700)]
    [InlineData("Content-Type: x\r\nContent-Length: 11\r\n\r\n{\"id\":true}", -32600)]
    public void WhatMakesNoSenseIsAnsweredAndEndsNothing(string raw, int code)
    {
        using var client = Client.Start();
        client.Raw(raw);
        var answer = client.Wait(n => n.ContainsKey("error"));
        Assert.Equal(code, (int)answer["error"]!["code"]!);
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Theory]
    [InlineData("Content-Length: lots\r\n\r\n")]
    [InlineData("Nonsense\r\n\r\n\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    public void BrokenHeadersAreSkipped(string raw)
    {
        using var client = Client.Start();
        client.Raw(raw);
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Fact]
    public void FramesMayComeInAnyPieces()
    {
        using var client = Client.Start();
        var body = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["method"] = "textDocument/didOpen",
            ["params"] = new JsonObject
            {
                ["textDocument"] = new JsonObject
                {
                    ["uri"] = Uri,
                    ["languageId"] = "yaml",
                    ["version"] = 1,
                    ["text"] = Bad + "# ünï\u00e7ode 🙂\n",
                }
            },
        }.ToJsonString();
        var frame = $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        foreach (var c in frame)
            client.Raw(c.ToString());
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Fact]
    public async Task UnknownMethodsAndWrongParametersAreErrors()
    {
        using var client = Client.Start();
        Assert.Equal(-32601, (int)(await client.Send("textDocument/sing", []))["error"]!["code"]!);
        Assert.Equal(-32602, (int)(await client.Send("textDocument/hover", []))["error"]!["code"]!);
        Assert.Equal(-32602, (int)(await client.Send("textDocument/hover", new JsonObject { ["textDocument"] = 7 }))["error"]!["code"]!);
        Assert.Null((await client.Send("textDocument/hover", Client.At("file:///not/open.yaml", 3, 3)))["result"]);
        client.Notify("$/whatever", []);
        client.Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject
            {
                ["uri"] = "file:///not/open.yaml",
                ["version"] = 3,
            },
            ["contentChanges"] = new JsonArray()
        });
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Fact]
    public async Task ACancelledRequestIsAnsweredAsCancelledOrDone()
    {
        using var client = Client.Start();
        client.Open(Uri, string.Concat(
            Enumerable.Range(0, 3000).Select(i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{i}\ndata:\n  a: b\n---\n")));
        client.Diagnostics(Uri, 1);
        var asked = client.Send("textDocument/documentSymbol",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } }, out var id);
        client.Notify("$/cancelRequest", new JsonObject { ["id"] = id });
        var answer = await asked.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(answer["result"] is JsonArray || (int?)answer["error"]?["code"] == -32800, answer.ToJsonString());
    }

    [Fact]
    public void AFloodOfEditsEndsWithTheLast()
    {
        using var client = Client.Start();
        client.Open(Uri, Bad);
        for (var i = 0; i < 2000; i++)
        {
            // yes <-> blue
            var (from, to) = i % 2 == 0 ? (3, "blue") : (4, "yes");
            client.Change(Uri, i + 2, new JsonObject { ["range"] = Range(5, 9, 5, 9 + from), ["text"] = to });
        }

        Assert.Single(client.Diagnostics(Uri, 2001));
        client.Change(Uri, 3000, new JsonObject { ["range"] = Range(5, 9, 5, 12), ["text"] = "blue" });
        Assert.Empty(client.Diagnostics(Uri, 3000));
        // Outside of the text is taken to its end; a change without a range is the whole text.
        client.Change(Uri, 3001, new JsonObject { ["range"] = Range(900, 0, 900, 5), ["text"] = "  more: no\n" });
        Assert.Single(client.Diagnostics(Uri, 3001));
        client.Change(Uri, 3002, new JsonObject { ["text"] = "" });
        Assert.Empty(client.Diagnostics(Uri, 3002));
    }

    [Fact]
    public void PositionsCountAsTheClientWants()
    {
        const string text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  {k: \"é🙂\", color: no}\n";
        using var utf16 = Client.Start();
        utf16.Open(Uri, text);
        Assert.Equal(20, (int)utf16.Diagnostics(Uri, 1)[0]!["range"]!["start"]!["character"]!);
        using var utf8 = Client.Start(
            capabilities: new JsonObject { ["general"] = new JsonObject { ["positionEncodings"] = new JsonArray("utf-8", "utf-16") } });
        utf8.Open(Uri, text);
        Assert.Equal(23, (int)utf8.Diagnostics(Uri, 1)[0]!["range"]!["start"]!["character"]!);
    }

    [Fact]
    public void ABinaryFileAndAHugeOneAreSaidAndSurvived()
    {
        using var client = Client.Start();
        client.Open(Uri, new string('\0', 1000) + "apiVersion: v1\nkind: Pod\n");
        client.Diagnostics(Uri, 1);
        client.Open("file:///w/huge.yaml", "apiVersion: v1\nkind: ConfigMap\n" + new string('a', 20_000_000));
        Assert.Contains("characters and was not read", (string)client.Diagnostics("file:///w/huge.yaml", 1)[0]!["message"]!,
            StringComparison.Ordinal);
        client.Request("textDocument/completion", Client.At("file:///w/huge.yaml", 1, 5));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":901,"method":"\\ud800"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"\\udfff","method":"textDocument/hover"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":902,"method":"textDocument/hover","params":{"textDocument":{"uri":"\\ud83d"},"position":{"line":"""
        + """0,"character":0}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"textDocument/hover"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1e999,"method":"nothing"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":903,"method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":904,"method":"$/cancelRequest","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":905,"method":"textDocument/hover","params":"\\udc00"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"\\ud800"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":"""
        + """{"uri":"file:///w/\\ud800.yaml","languageId":"yaml","version":1,"text":"\\ud800: \\udc00"}}}""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("null")]
    public void NoMessageEndsTheServer(string body)
    {
        using var client = Client.Start();
        client.RawMessage(Encoding.UTF8.GetBytes(body));
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Theory]
    [InlineData(0xFF, 0xFE)]
    [InlineData(0xC0, 0x80)]
    [InlineData(0xED, 0xA0)]
    public void BytesThatAreNoTextAreAnsweredSo(byte first, byte second)
    {
        using var client = Client.Start();
        client.RawMessage([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, first, second, .. "\"}"u8]);
        Assert.Equal(-32700, (int)client.Wait(n => n.ContainsKey("error"))["error"]!["code"]!);
        client.RawMessage([first, second, 0]);
        Assert.Equal(-32700, (int)client.Wait(n => n.ContainsKey("error"))["error"]!["code"]!);
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
    }

    [Fact]
    public void ATextWithHalfACharacterIsADocument()
    {
        using var client = Client.Start();
        client.RawMessage(Encoding.UTF8.GetBytes(
            """{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"URI","languageId":"yaml","version":1,"text":"# \ud83d \uD83D\uDE00 \\ud800\nTEXT"}}}"""
                .Replace("URI", Uri, StringComparison.Ordinal)
                .Replace("TEXT", Bad.Replace("\n", "\\n", StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.Equal(6, (int)Assert.Single(client.Diagnostics(Uri, 1))!["range"]!["start"]!["line"]!);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(3_000_000)]
    public void ALineWithoutEndIsSkipped(int length)
    {
        using var client = Client.Start();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        client.Raw(new string('a', length));
        client.Raw("Content-Length: 2\r\n\r\n[]");
        Assert.Equal(-32600, (int)client.Wait(n => n.ContainsKey("error"))["error"]!["code"]!);
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
        // It takes milliseconds; a line that is read again for each character takes hours.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("Content-Length: 99999999999999999999999\r\n\r\n{}")]
    [InlineData("Content-Length: 4294967298\r\n\r\n{}")]
    [InlineData("Content-Length: 2147483647\r\n\r\n{}")]
    [InlineData("Content-Length: -5\r\n\r\n{}")]
    [InlineData("Content-Length: many\r\n\r\n{}")]
    [InlineData("Content-Type: text\r\n\r\n{}")]
    [InlineData("Content-Length\r\n\r\n")]
    [InlineData(":\r\n\r\n")]
    public void ALengthThatIsNoneIsSkipped(string raw)
    {
        using var client = Client.Start();
        client.Raw(raw);
        client.Open(Uri, Bad);
        Assert.Single(client.Diagnostics(Uri, 1));
        Assert.True(GC.GetTotalMemory(false) < 1_500_000_000);
    }

    [Fact]
    public async Task FloodsOfCancellationEndNothing()
    {
        using var client = Client.Start();
        client.Open(Uri, Bad);
        client.Diagnostics(Uri, 1);
        var asked = new List<Task<JsonObject>>();
        for (var i = 0; i < 20_000; i++)
        {
            asked.Add(client.Send("textDocument/documentSymbol", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } },
                out var id));
            client.Notify("$/cancelRequest", new JsonObject { ["id"] = id });
            client.Notify("$/cancelRequest", new JsonObject { ["id"] = id });
        }

        var answers = await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(answers, a => Assert.True(a.ContainsKey("result") || (int)a["error"]!["code"]! == -32800, a.ToJsonString()));
    }

    [Fact]
    public void ARequestWithTheNumberOfARunningOneIsRefusedOrDone()
    {
        using var client = Client.Start();
        client.Open(Uri, string.Concat(Enumerable.Repeat(Bad + "---\n", 500)));
        client.Diagnostics(Uri, 1);
        for (var i = 0; i < 200; i++)
            client.RawMessage(Encoding.UTF8.GetBytes(
                """{"jsonrpc":"2.0","id":777777,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"URI"}}}"""
                    .Replace("URI", Uri, StringComparison.Ordinal)));
        client.Notify("$/cancelRequest", new JsonObject { ["id"] = 777777 });
        client.Change(Uri, 2, new JsonObject { ["text"] = Bad });
        Assert.Single(client.Diagnostics(Uri, 2));
    }

    [Fact]
    public async Task AClientThatNeverReadsIsLeftAndNotWaitedForForEver()
    {
        // It writes requests and reads nothing; each answer is large.
        var questions = new MemoryStream();
        void Say(string body) =>
            questions.Write(Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        Say("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}""");
        var text = string.Concat(Enumerable.Repeat(Bad + "---\n", 300));
        var document = new JsonObject { ["uri"] = Uri, ["languageId"] = "yaml", ["version"] = 1, ["text"] = text };
        var opened = new JsonObject { ["textDocument"] = document };
        Say(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "textDocument/didOpen", ["params"] = opened }.ToJsonString());
        for (var i = 0; i < 300; i++)
            Say("""{"jsonrpc":"2.0","id":NUMBER,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"URI"}}}"""
                .Replace("URI", Uri, StringComparison.Ordinal).Replace("NUMBER", $"{i + 2}", StringComparison.Ordinal));
        questions.Position = 0;
        using var never = new NeverRead();
        Assert.Equal(1, await Task.Run(() => Server.Run(questions, never)).WaitAsync(TimeSpan.FromSeconds(90)));
    }

    internal static JsonObject Range(int line, int character, int endLine, int endCharacter) =>
        new()
        {
            ["start"] = new JsonObject
            {
                ["line"] = line,
                ["character"] = character,
            },
            ["end"] = new JsonObject { ["line"] = endLine, ["character"] = endCharacter }
        };

    // What a pipe is whose other end nobody empties.
    private sealed class NeverRead : Stream
    {
        private readonly ManualResetEventSlim _closed = new(false);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get; set; }

        public override void Flush() => _closed.Wait();

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => 0;

        public override void SetLength(long value)
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => _closed.Wait();

        protected override void Dispose(bool disposing) => _closed.Set();
    }
}
