using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Repave.LanguageServer.Rpc;

/// <summary>JSON-RPC 2.0 over a message stream. Notifications run in their order on the reading thread, before anything that came after
/// them; requests run beside each other and can be cancelled. A message that makes no sense is answered or logged, and
/// ends nothing.</summary>
internal sealed class JsonRpc(MessageStream stream, Action<string> log)
{
    private const int MaxRunning = 4096;
    private const int MaxAsked = 10_000;

    private readonly Dictionary<string, Action<JsonElement>> _notifications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<JsonElement, Func<CancellationToken, Action<Utf8JsonWriter>>>> _requests =
        new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly SemaphoreSlim _capacity = new(MaxRunning);
    private int _lastId;
    private bool _ended;

    /// <summary>Asked before each message is handled; an error is what the message is answered with.</summary>
    public Func<string, RpcError?> Gate { get; set; } = _ => null;

    /// <summary>Handles a notification.</summary>
    public void OnNotification<T>(string method, JsonTypeInfo<T> type, Action<T> handle) =>
        _notifications[method] = parameters => handle(Read(parameters, type));

    /// <summary>Handles a request. <paramref name="prepare"/> runs in order, on the reading thread; what it gives runs beside
    /// other requests.</summary>
    public void OnRequest<T, TResult>(
        string method, JsonTypeInfo<T> type, JsonTypeInfo<TResult> resultType, Func<T, Func<CancellationToken, TResult?>> prepare) =>
        _requests[method] = parameters =>
        {
            var work = prepare(Read(parameters, type));
            return cancellation =>
            {
                var result = work(cancellation);
                return writer =>
                {
                    if (result is null)
                        writer.WriteNullValue();
                    else
                        JsonSerializer.Serialize(writer, result, resultType);
                };
            };
        };

    /// <summary>Reads and handles messages until the stream ends, <see cref="End"/> is called, or nobody reads the answers any
    /// more.</summary>
    public void Run()
    {
        while (!_ended && !stream.IsGone && stream.Read(out var skipped) is { } message)
        {
            if (skipped is not null)
            {
                Answer(default, RpcError.InvalidRequest, $"skipped {skipped}");
                continue;
            }

            if (Parse(message.Span, out var reason) is { } root)
                Handle(root);
            else
                Answer(default, RpcError.ParseError, reason);
        }

        foreach (var running in _running.Values)
            running.Cancel();
        // Whoever waits for the client waits no more.
        foreach (var asked in _asked.Values)
            asked.TrySetCanceled();
    }

    /// <summary>Stops reading after the message that is being handled.</summary>
    public void End() => _ended = true;

    /// <summary>Sends a notification.</summary>
    public void Notify<T>(string method, T parameters, JsonTypeInfo<T> type) => Send(writer =>
    {
        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        JsonSerializer.Serialize(writer, parameters, type);
    });

    /// <summary>Does something once everything that was sent before is written, or nobody reads any more.</summary>
    public void AfterWritten(Action action) => stream.AfterWritten(action);

    /// <summary>Asks the client; the answer's result.</summary>
    public Task<JsonElement> Ask<T>(string method, T parameters, JsonTypeInfo<T> type)
    {
        var id = Interlocked.Increment(ref _lastId);
        var source = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = source;
        // A client that answers nothing is not remembered for ever.
        if (_asked.TryRemove(id - MaxAsked, out var forgotten))
            forgotten.TrySetCanceled();
        Send(writer =>
        {
            writer.WriteNumber("id", id);
            writer.WriteString("method", method);
            writer.WritePropertyName("params");
            JsonSerializer.Serialize(writer, parameters, type);
        });
        return source.Task;
    }

    private static T Read<T>(JsonElement parameters, JsonTypeInfo<T> type)
    {
        try
        {
            return (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? JsonSerializer.Deserialize("{}", type)
                : parameters.Deserialize(type))
                ?? throw new RpcError(RpcError.InvalidParams, "parameters are missing");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new RpcError(RpcError.InvalidParams, exception.Message);
        }
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> message, out string reason)
    {
        reason = "";
        if (!System.Text.Unicode.Utf8.IsValid(message))
        {
            reason = "not UTF-8";
            return null;
        }

        try
        {
            // A copy: the buffer is used again.
            return JsonElement.Parse(WithoutLoneSurrogates(message));
        }
        catch (JsonException exception)
        {
            reason = $"not JSON: {exception.Message}";
            return null;
        }
    }

    // Editors hold halves of characters that somebody has torn apart, and send them as escapes. No text has them; the mark of what cannot
    // be shown
    // takes their place, which is as long.
    private static ReadOnlySpan<byte> WithoutLoneSurrogates(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\\ud"u8) < 0 && message.IndexOf("\\uD"u8) < 0)
            return message;
        byte[]? mended = null;
        for (var i = 0; i + 1 < message.Length; i++)
        {
            if (message[i] != (byte)'\\')
                continue;
            var unit = UnitAt(message, i);
            if (unit is >= 0xD800 and <= 0xDBFF && UnitAt(message, i + 6) is >= 0xDC00 and <= 0xDFFF)
                i += 11;
            else if (unit is >= 0xD800 and <= 0xDFFF)
                "fffd"u8.CopyTo((mended ??= message.ToArray()).AsSpan(i + 2));
            else
                i++;
        }

        return mended ?? message;
    }

    // What an escape stands for; -1 if there is none.
    private static int UnitAt(ReadOnlySpan<byte> text, int at) =>
        at + 6 <= text.Length && text[at] == (byte)'\\' && text[at + 1] == (byte)'u'
            && System.Buffers.Text.Utf8Parser.TryParse(text.Slice(at + 2, 4), out ushort unit, out var length, 'x') && length == 4 ? unit
            : -1;

    // Nothing that a message says ends the server: whatever goes wrong is answered or logged.
    private void Handle(JsonElement root)
    {
        JsonElement? id = null;
        var method = "a message";
        try
        {
            if (root.ValueKind != JsonValueKind.Object)
            {
                Answer(default, RpcError.InvalidRequest, "a message is an object");
                return;
            }

            var isRequest = root.TryGetProperty("id", out var given);
            if (isRequest && given.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.Null))
            {
                Answer(default, RpcError.InvalidRequest, "an id is a number or a text");
                return;
            }

            id = isRequest ? given : null;
            if (!root.TryGetProperty("method", out var named) || named.ValueKind != JsonValueKind.String)
            {
                if (id is { ValueKind: JsonValueKind.Number } answered && answered.TryGetInt32(out var number)
                    && _asked.TryRemove(number, out var source))
                    source.TrySetResult(root.TryGetProperty("result", out var result) ? result : default);
                else if (id is { } unknown)
                    Answer(unknown, RpcError.InvalidRequest, "a message has a method, or answers one");
                return;
            }

            method = named.GetString()!;
            root.TryGetProperty("params", out var parameters);
            if (method == "$/cancelRequest")
            {
                if (parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("id", out var cancelled)
                    && _running.TryGetValue(cancelled.GetRawText(), out var running))
                    running.Cancel();
                return;
            }

            if (Gate(method) is { } closed)
                throw closed;
            if (id is { } request)
                Start(request, method, parameters);
            else if (_notifications.TryGetValue(method, out var handle))
                handle(parameters);
            else if (!method.StartsWith("$/", StringComparison.Ordinal))
                log($"nothing handles the notification {method}");
        }
        catch (Exception exception)
        {
            Fail(id, method, exception);
        }
    }

    private void Start(JsonElement id, string method, JsonElement parameters)
    {
        if (!_requests.TryGetValue(method, out var prepare))
            throw new RpcError(RpcError.MethodNotFound, $"nothing handles {method}");
        var key = id.GetRawText();
        // Not disposed: it holds nothing that would be freed, and a cancellation may be on its way to it.
        var cancellation = new CancellationTokenSource();
        if (!_running.TryAdd(key, cancellation))
            throw new RpcError(RpcError.InvalidRequest, $"a request {key} is running already");
        Func<CancellationToken, Action<Utf8JsonWriter>> work;
        try
        {
            work = prepare(parameters);
        }
        catch
        {
            _running.TryRemove(key, out _);
            throw;
        }

        // Who asks faster than is answered waits, rather than that memory fills with questions.
        _capacity.Wait();
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                try
                {
                    var write = work(cancellation.Token);
                    cancellation.Token.ThrowIfCancellationRequested();
                    Send(writer =>
                    {
                        writer.WritePropertyName("id");
                        id.WriteTo(writer);
                        writer.WritePropertyName("result");
                        write(writer);
                    },
                    () => _running.TryRemove(key, out var _));
                }
                catch (Exception exception)
                {
                    _running.TryRemove(key, out var _);
                    Fail(id, method, exception);
                }
                finally
                {
                    _capacity.Release();
                }
            },
            null);
    }

    private void Fail(JsonElement? id, string method, Exception exception)
    {
        var (code, message) = exception switch
        {
            RpcError error => (error.Code, error.Message),
            OperationCanceledException => (RpcError.RequestCancelled, "cancelled"),
            _ => (RpcError.InternalError, $"{method} failed: {exception.Message}"),
        };
        if (code == RpcError.InternalError)
            log($"{method}: {exception}");
        if (id is { } request)
            Answer(request, code, message);
        else if (code != RpcError.ServerNotInitialized)
            log($"{method}: {message}");
    }

    private void Answer(JsonElement id, int code, string message) => Send(writer =>
    {
        writer.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
            writer.WriteNullValue();
        else
            id.WriteTo(writer);
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    });

    // What is done just before a message goes out is done whenever its reader acts on it.
    private void Send(Action<Utf8JsonWriter> body, Action? before = null)
    {
        var buffer = new ChunkedBuffer();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            body(writer);
            writer.WriteEndObject();
        }
        catch
        {
            // What is made while it is written may fail or be cancelled in the middle: nothing of it goes out.
            buffer.Dispose();
            throw;
        }

        before?.Invoke();
        stream.Write(buffer);
    }
}
