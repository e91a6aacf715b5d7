using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Repave.LanguageServer.Rpc;

/// <summary>JSON-RPC 2.0 over a message stream. Notifications run in their order on the reading thread, before anything that came after them;
/// requests run beside each other and can be cancelled. A message that makes no sense is answered or logged, and ends nothing.</summary>
internal sealed class JsonRpc(MessageStream stream, Action<string> log)
{
    private readonly Dictionary<string, Action<JsonElement>> _notifications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<JsonElement, Func<CancellationToken, Action<Utf8JsonWriter>>>> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private int _lastId;
    private bool _ended;

    /// <summary>Asked before each message is handled; an error is what the message is answered with.</summary>
    public Func<string, RpcError?> Gate { get; set; } = _ => null;

    /// <summary>Handles a notification.</summary>
    public void OnNotification<T>(string method, JsonTypeInfo<T> type, Action<T> handle) => _notifications[method] = parameters => handle(Read(parameters, type));

    /// <summary>Handles a request. <paramref name="prepare"/> runs in order, on the reading thread; what it gives runs beside other requests.</summary>
    public void OnRequest<T, TResult>(string method, JsonTypeInfo<T> type, JsonTypeInfo<TResult> resultType, Func<T, Func<CancellationToken, TResult?>> prepare) =>
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

    /// <summary>Reads and handles messages until the stream ends or <see cref="End"/> is called.</summary>
    public void Run()
    {
        while (!_ended && stream.Read() is { } message)
        {
            JsonElement root;
            try
            {
                // A copy: the buffer is used again.
                root = JsonElement.Parse(message.Span);
            }
            catch (JsonException exception)
            {
                Answer(default, RpcError.ParseError, $"not JSON: {exception.Message}");
                continue;
            }

            if (root.ValueKind == JsonValueKind.Object)
                Handle(root);
            else
                Answer(default, RpcError.InvalidRequest, "a message is an object");
        }

        foreach (var running in _running.Values)
            running.Cancel();
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

    /// <summary>Asks the client; the answer's result.</summary>
    public Task<JsonElement> Ask<T>(string method, T parameters, JsonTypeInfo<T> type)
    {
        var id = Interlocked.Increment(ref _lastId);
        var source = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = source;
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
            return (parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? JsonSerializer.Deserialize("{}", type) : parameters.Deserialize(type)) ?? throw new RpcError(RpcError.InvalidParams, "parameters are missing");
        }
        catch (JsonException exception)
        {
            throw new RpcError(RpcError.InvalidParams, exception.Message);
        }
    }

    private void Handle(JsonElement root)
    {
        var hasId = root.TryGetProperty("id", out var id);
        if (!root.TryGetProperty("method", out var named) || named.ValueKind != JsonValueKind.String)
        {
            if (hasId && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) && _asked.TryRemove(number, out var source))
                source.TrySetResult(root.TryGetProperty("result", out var result) ? result : default);
            else if (hasId)
                Answer(id, RpcError.InvalidRequest, "a message has a method, or answers one");
            return;
        }

        var method = named.GetString()!;
        root.TryGetProperty("params", out var parameters);
        if (method == "$/cancelRequest")
        {
            if (parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("id", out var cancelled) && _running.TryGetValue(cancelled.GetRawText(), out var running))
                running.Cancel();
            return;
        }

        try
        {
            if (Gate(method) is { } closed)
                throw closed;
            if (hasId)
                Start(id, method, parameters);
            else if (_notifications.TryGetValue(method, out var handle))
                handle(parameters);
            else if (!method.StartsWith("$/", StringComparison.Ordinal))
                log($"nothing handles the notification {method}");
        }
        catch (Exception exception)
        {
            Fail(hasId ? id : null, method, exception);
        }
    }

    private void Start(JsonElement id, string method, JsonElement parameters)
    {
        if (!_requests.TryGetValue(method, out var prepare))
            throw new RpcError(RpcError.MethodNotFound, $"nothing handles {method}");
        var work = prepare(parameters);
        var key = id.GetRawText();
        var cancellation = new CancellationTokenSource();
        _running[key] = cancellation;
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
                    });
                }
                catch (Exception exception)
                {
                    Fail(id, method, exception);
                }
                finally
                {
                    _running.TryRemove(key, out var _);
                    cancellation.Dispose();
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

    private void Send(Action<Utf8JsonWriter> body)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            body(writer);
            writer.WriteEndObject();
        }

        try
        {
            stream.Write(buffer.WrittenSpan);
        }
        catch (IOException)
        {
            // Nobody listens any more; the reading side ends by itself.
            End();
        }
    }
}
