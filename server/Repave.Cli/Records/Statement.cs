using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Repave.Cli;

/// <summary>A change record as an in-toto Statement: its subjects are the files that were planned, its predicate the record.</summary>
internal static class Statement
{
    /// <summary>The version of statements.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>What the predicate is; the page explains it.</summary>
    public const string PredicateType = "https://github.com/repave/repave/blob/main/docs/record.md#v1";

    /// <summary>The statement on a record.</summary>
    public static JsonStatement Of(JsonSubject[] subject, JsonRecord record, JsonPlan plan) => new(Type, subject, PredicateType,
        new JsonPredicate(1, record, plan, new JsonDigest(DigestOf(
            Bytes(subject, RecordJsonContext.Default.JsonSubjectArray), Bytes(record, RecordJsonContext.Default.JsonRecord),
            Bytes(plan, RecordJsonContext.Default.JsonPlan)))));

    /// <summary>The digest of the three parts of a statement, whatever space stands between their tokens.</summary>
    public static string DigestOf(byte[] subject, byte[] record, byte[] plan) =>
        RecordPlaces.DigestOf([.. subject, (byte)'\n', .. record, (byte)'\n', .. plan]);

    /// <summary>The bytes of a value, as statements write it.</summary>
    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, JsonOutput.Options()))
            JsonSerializer.Serialize(writer, value, type);
        return bytes.ToArray();
    }

    /// <summary>The bytes of a part that was read, as statements write it.</summary>
    public static byte[] Bytes(JsonElement element)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, JsonOutput.Options()))
            element.WriteTo(writer);
        return bytes.ToArray();
    }

    /// <summary>A statement as one line of text.</summary>
    public static string Text(JsonStatement statement) =>
        Encoding.UTF8.GetString(Bytes(statement, RecordJsonContext.Default.JsonStatement));
}
