using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Repave.Cli;

/// <summary>The Model Context Protocol over two streams: one message a line, answered in turn. It is small enough to be read at a glance,
/// and costs the other commands nothing, which a library with hosting and dependency injection would.</summary>
/// <param name="tools">What may be called.</param>
/// <param name="input">What the client says.</param>
/// <param name="output">What is answered.</param>
internal sealed class McpServer(McpTools tools, Stream input, Stream output)
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;
    private const int MaxLine = 4 * 1024 * 1024;

    // The revisions of the protocol in which what is used here is the same.
    private static readonly string[] Revisions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    /// <summary>Answers until the client's stream ends.</summary>
    public void Run()
    {
        using var reader = new BufferedStream(input, 64 * 1024);
        var line = new ArrayBufferWriter<byte>(4096);
        while (ReadLine(reader, line, out var isTooLong))
        {
            if (isTooLong)
                Fail(null, ParseError, $"A message may have {MaxLine} bytes at most.");
            else if (line.WrittenCount > 0)
                Take(line.WrittenMemory);
        }
    }

    private static bool ReadLine(BufferedStream reader, ArrayBufferWriter<byte> line, out bool isTooLong)
    {
        line.ResetWrittenCount();
        isTooLong = false;
        for (var any = false; ; any = true)
        {
            var next = reader.ReadByte();
            if (next < 0)
                return any;
            if (next == '\n')
                return true;
            if (line.WrittenCount >= MaxLine)
                isTooLong = true;
            else if (next != '\r')
                line.Write([(byte)next]);
        }
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            Fail(null, ParseError, "This is not valid JSON.");
            return;
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                Fail(null, InvalidRequest, "A message is an object.");
                return;
            }

            JsonElement? id = root.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.Number or JsonValueKind.String
                ? given : null;
            if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
            {
                // An answer to a question that was never asked.
                if (id is null || !(root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _)))
                    Fail(id, InvalidRequest, "The field 'method' is missing.");
                return;
            }

            // Notifications are answered by nothing.
            if (id is { } asked)
                Answer(asked, method.GetString()!, root.TryGetProperty("params", out var parameters) ? parameters : default);
        }
    }

    private void Answer(JsonElement id, string method, JsonElement parameters)
    {
        switch (method)
        {
            case "initialize":
                Reply(id, writer => WriteInitialize(writer, parameters));
                break;
            case "ping":
                Reply(id, _ => { });
                break;
            case "tools/list":
                Reply(id, McpTools.WriteList);
                break;
            case "tools/call":
                Call(id, parameters);
                break;
            default:
                Fail(id, MethodNotFound, $"Unknown method '{method}'.");
                break;
        }
    }

    private void Call(JsonElement id, JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("name", out var name)
            || name.ValueKind != JsonValueKind.String || !McpTools.Has(name.GetString()!))
        {
            Fail(id, InvalidParams, $"Name one of the tools {string.Join(", ", McpTools.Names)}.");
            return;
        }

        var arguments = parameters.TryGetProperty("arguments", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        string text;
        var failed = false;
        try
        {
            text = tools.Call(name.GetString()!, arguments);
        }
        catch (CommandException exception)
        {
            (text, failed) = (string.Join('\n', exception.Reasons), true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            (text, failed) = (exception.Message, true);
        }

        Reply(id, writer =>
        {
            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", text);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteBoolean("isError", failed);
        });
    }

    private static void WriteInitialize(Utf8JsonWriter writer, JsonElement parameters)
    {
        var wanted = parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("protocolVersion", out var version)
            && version.ValueKind == JsonValueKind.String ? version.GetString() : null;
        writer.WriteString("protocolVersion", Revisions.Contains(wanted) ? wanted : Revisions[0]);
        writer.WriteStartObject("capabilities");
        writer.WriteStartObject("tools");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("serverInfo");
        writer.WriteString("name", "repave");
        writer.WriteString("version", typeof(McpServer).Assembly.GetName().Version?.ToString(3) ?? "");
        writer.WriteEndObject();
        writer.WriteString("instructions", McpTools.Instructions);
    }

    private void Reply(JsonElement id, Action<Utf8JsonWriter> result) => Send(id, writer =>
    {
        writer.WriteStartObject("result");
        result(writer);
        writer.WriteEndObject();
    });

    private void Fail(JsonElement? id, int code, string message) => Send(id, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    });

    private void Send(JsonElement? id, Action<Utf8JsonWriter> body)
    {
        using (var writer = new Utf8JsonWriter(output, JsonOutput.Options()))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            if (id is { } known)
                known.WriteTo(writer);
            else
                writer.WriteNullValue();
            body(writer);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }
}
