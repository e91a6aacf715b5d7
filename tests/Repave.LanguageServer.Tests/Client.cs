using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Text;
using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>A client of a server in this process, over real pipes.</summary>
internal sealed class Client : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Stream _toServer;
    private readonly Stream _fromServer;
    private readonly Thread? _server;
    private readonly Thread _reader;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _asked = new();
    private readonly BlockingCollection<JsonObject> _notified = [];
    private readonly ConcurrentQueue<JsonObject> _said = new();
    private int _lastId;

    /// <summary>A client of a server in another process.</summary>
    public Client(Stream toServer, Stream fromServer)
    {
        (_toServer, _fromServer) = (toServer, fromServer);
        _reader = new Thread(ReadAll) { IsBackground = true };
        _reader.Start();
    }

    public Client()
    {
        var (to, from) = (new AnonymousPipeServerStream(PipeDirection.Out), new AnonymousPipeServerStream(PipeDirection.In));
        (_toServer, _fromServer) = (to, from);
        var input = new AnonymousPipeClientStream(PipeDirection.In, to.ClientSafePipeHandle);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, from.ClientSafePipeHandle);
        _server = new Thread(() =>
        {
            ExitCode = Server.Run(input, output);
            output.Dispose();
        })
        { IsBackground = true };
        _server.Start();
        _reader = new Thread(ReadAll) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>What the server ended with; null while it runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>A client that has said who it is.</summary>
    public static Client Start(string? folder = null, JsonObject? options = null, JsonObject? capabilities = null)
    {
        var client = new Client();
        client.Initialize(folder, options, capabilities);
        return client;
    }

    /// <summary>Says who it is.</summary>
    public JsonNode? Initialize(string? folder = null, JsonObject? options = null, JsonObject? capabilities = null) =>
        Initialize(folder is null ? null : [folder], options, capabilities);

    /// <summary>Says who it is, with several folders.</summary>
    public JsonNode? Initialize(string[]? folders, JsonObject? options = null, JsonObject? capabilities = null)
    {
        var result = Request("initialize", new JsonObject
        {
            ["processId"] = null,
            ["rootUri"] = null,
            ["workspaceFolders"] = folders is null ? null
                : new JsonArray([.. folders.Select(f => new JsonObject { ["uri"] = new Uri(f).AbsoluteUri, ["name"] = Path.GetFileName(f) })]),
            ["capabilities"] = capabilities
                ?? JsonNode.Parse("""{"textDocument":{"completion":{"completionItem":{"snippetSupport":true}}}}""")!,
            ["initializationOptions"] = options,
        });
        Notify("initialized", []);
        return result;
    }

    /// <summary>Asks and waits for the result; an error fails the test.</summary>
    public JsonNode? Request(string method, JsonObject parameters)
    {
        var answer = Send(method, parameters).WaitAsync(Limit).GetAwaiter().GetResult();
        Assert.False(answer.ContainsKey("error"), answer.ToJsonString());
        return answer["result"];
    }

    /// <summary>What is offered at a place, once the server has taken the last edit in across files.</summary>
    public JsonArray Completion(string uri, int line, int character)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var list = Request("textDocument/completion", At(uri, line, character))!;
            if (!(bool)list["isIncomplete"]!)
                return list["items"]!.DeepClone().AsArray();
            Assert.True(clock.Elapsed < Limit, "the list stays incomplete");
            Thread.Sleep(5);
        }
    }

    /// <summary>Asks; the whole answer.</summary>
    public Task<JsonObject> Send(string method, JsonObject? parameters) => Send(method, parameters, out _);

    /// <summary>Asks; the whole answer, and the number of the question.</summary>
    public Task<JsonObject> Send(string method, JsonObject? parameters, out int id)
    {
        id = Interlocked.Increment(ref _lastId);
        var source = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = source;
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return source.Task;
    }

    public void Notify(string method, JsonObject parameters) =>
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Sends bytes as they are.</summary>
    public void Raw(string text)
    {
        _toServer.Write(Encoding.UTF8.GetBytes(text));
        _toServer.Flush();
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Raw(byte[] bytes)
    {
        lock (_toServer)
        {
            _toServer.Write(bytes);
            _toServer.Flush();
        }
    }

    /// <summary>Sends bytes as the body of a message.</summary>
    public void RawMessage(byte[] body) => Raw([.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body]);

    /// <summary>The next notification that fits.</summary>
    public JsonObject Wait(Func<JsonObject, bool> fits)
    {
        using var limit = new CancellationTokenSource(Limit);
        var seen = new List<string>();
        while (true)
        {
            JsonObject one;
            try
            {
                one = _notified.Take(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"nothing that fits came; the last that came: {string.Join('\n', seen.TakeLast(5))}");
                throw;
            }

            if (fits(one))
                return one;
            seen.Add(one.ToJsonString());
        }
    }

    /// <summary>Every notification that has come: diagnostics, logs, plans.</summary>
    public IReadOnlyList<JsonObject> Said() => [.. _said];

    /// <summary>The diagnostics of a version of a document.</summary>
    public JsonArray Diagnostics(string uri, int version, Func<JsonArray, bool>? fits = null) =>
        Wait(n => (string?)n["method"] == "textDocument/publishDiagnostics" && (string?)n["params"]!["uri"] == uri
            && (int?)n["params"]!["version"] == version
            && fits?.Invoke(n["params"]!["diagnostics"]!.AsArray()) != false)["params"]!["diagnostics"]!
            .AsArray();

    public void Open(string uri, string text, int version = 1) =>
        Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = version, ["text"] = text },
        });

    public void Change(string uri, int version, params JsonObject[] changes) =>
        Notify("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject
            {
                ["uri"] = uri,
                ["version"] = version,
            },
            ["contentChanges"] = new JsonArray([.. changes])
        });

    public static JsonObject At(string uri, int line, int character) => new()
    {
        ["textDocument"] = new JsonObject
        {
            ["uri"] = uri,
        },
        ["position"] = new JsonObject { ["line"] = line, ["character"] = character }
    };

    /// <summary>Waits until the server has ended.</summary>
    public int WaitForExit()
    {
        Assert.True(_server?.Join(Limit) != false);
        return ExitCode!.Value;
    }

    public void Dispose()
    {
        _toServer.Dispose();
        _server?.Join(Limit);
        _fromServer.Dispose();
    }

    private void Write(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_toServer)
        {
            _toServer.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            _toServer.Write(body);
            _toServer.Flush();
        }
    }

    private void ReadAll()
    {
        using var stream = new BufferedStream(_fromServer);
        try
        {
            while (ReadOne(stream) is { } message)
            {
                if (message.ContainsKey("method"))
                    _said.Enqueue(message);
                if (message.ContainsKey("method") && message.ContainsKey("id"))
                    Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = (int)message["id"]!, ["result"] = null });
                else if (message.ContainsKey("method"))
                    _notified.Add(message);
                else if (message["id"] is JsonValue id && id.TryGetValue<int>(out var number) && _asked.TryRemove(number, out var source))
                    source.SetResult(message);
                else
                    _notified.Add(message);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static JsonObject? ReadOne(Stream stream)
    {
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = stream.ReadByte();
            if (next < 0)
                return null;
            header.Append((char)next);
        }

        var body = new byte[int.Parse(header.ToString().Split(':')[1].Trim(), null)];
        stream.ReadExactly(body);
        return JsonNode.Parse(body)!.AsObject();
    }
}
