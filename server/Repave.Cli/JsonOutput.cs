using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Repave.Cli;

/// <summary>JSON on standard output, in which nothing stands that a terminal or a CI system would obey: all but plain ASCII is escaped, and
/// so is what begins
/// a command.</summary>
internal static class JsonOutput
{
    private static readonly JavaScriptEncoder Encoder = MakeEncoder();

    /// <summary>Options for a writer.</summary>
    public static JsonWriterOptions Options(bool isIndented = false) => new() { Indented = isIndented, Encoder = Encoder };

    /// <summary>Writes a value and a line break.</summary>
    public static void Write<T>(Stream output, T value, JsonTypeInfo<T> type)
    {
        using (var writer = new Utf8JsonWriter(output, Options()))
            JsonSerializer.Serialize(writer, value, type);
        output.WriteByte((byte)'\n');
    }

    private static JavaScriptEncoder MakeEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacter('#');
        return JavaScriptEncoder.Create(settings);
    }
}
