using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>A record that was read from a file: the statement, and whether the file is as it was written.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Root">The statement as it stands.</param>
/// <param name="Problems">What shows that the file was changed.</param>
internal sealed record RecordFile(JsonStatement Statement, JsonElement Root, IReadOnlyList<string> Problems)
{
    /// <summary>The file that it was read from.</summary>
    public required string Path { get; init; }

    private const long MaxLength = 256L * 1024 * 1024;
    private const int Depth = 512;

    /// <summary>Reads a record: a page, a statement, or a statement in a signed envelope (DSSE).</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static RecordFile Read(string path)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(SafeFiles.ReadBytes(path, MaxLength));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {Complaints.ReasonOf(exception)}.");
        }

        var problems = new List<string>();
        var json = text;
        if (text.TrimStart('\uFEFF', ' ', '\n', '\r', '\t').StartsWith('<'))
        {
            json = StatementIn(text)
                ?? throw new CommandException($"{path} is a page, and no change record: no statement is in it ('repave plan --format html' "
                    + "writes one).");
            if (!IsAsWritten(text))
                problems.Add("The page was changed after it was written: its digest is another than the one that it bears.");
        }

        try
        {
            var root = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth }).RootElement;
            // cosign and others wrap what they sign.
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("payload", out var payload)
                && root.TryGetProperty("payloadType", out _) && payload.ValueKind == JsonValueKind.String)
                root = JsonDocument.Parse(Convert.FromBase64String(payload.GetString()!), new JsonDocumentOptions { MaxDepth = Depth })
                    .RootElement;
            return Of(path, root, problems);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new CommandException($"{path} is not a change record: {exception.Message.Split('\n')[0].TrimEnd('.')}.");
        }
    }

    private static RecordFile Of(string path, JsonElement root, List<string> problems)
    {
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "_type") != Repave.Cli.Statement.Type)
            throw new CommandException($"{path} is not a change record: it is not an in-toto statement of version 1.");
        if (TextOf(root, "predicateType") != Repave.Cli.Statement.PredicateType)
            throw new CommandException($"{path} is an in-toto statement of something else ({TextOf(root, "predicateType") ?? "nothing"}).");
        var statement = root.Deserialize(RecordJsonContext.Default.JsonStatement);
        if (statement?.Predicate is { Version: not 1 } other)
            throw new CommandException($"{path} is a change record of version {other.Version}, which this repave does not know.");
        if (!IsWhole(statement))
            throw new CommandException($"{path} is not a change record: parts of it are missing.");
        var predicate = root.GetProperty("predicate");
        if (Repave.Cli.Statement.DigestOf(Repave.Cli.Statement.Bytes(root.GetProperty("subject")),
            Repave.Cli.Statement.Bytes(predicate.GetProperty("record")), Repave.Cli.Statement.Bytes(predicate.GetProperty("plan")))
            != statement.Predicate.Digest.Sha256)
            problems.Add("The statement was changed after it was written: its digest is another than the one that it bears.");
        return new RecordFile(statement, root, problems) { Path = path };
    }

    // What a reader leaves null where a text lacks it, whatever the types say.
    private static bool IsWhole([NotNullWhen(true)] JsonStatement? statement) =>
        statement?.Subject is not null && statement.Predicate?.Plan is not null && statement.Predicate.Digest is not null
        && statement.Predicate.Record?.Request?.Arguments is not null && statement.Predicate.Record.Baselines is not null
        && statement.Predicate.Record.When is not null && statement.Predicate.Record.Who is not null
        && statement.Predicate.Record.Why is not null && statement.Predicate.Record.Tool is not null
        && statement.Predicate.Record.Policy is not null && Array.TrueForAll(statement.Subject, IsWhole)
        && Array.TrueForAll(statement.Predicate.Record.Baselines, baseline => baseline is { Name: not null, Files: not null }
            && Array.TrueForAll(baseline.Files, IsWhole));

    private static bool IsWhole(JsonSubject? file) => file is { Name: not null, Digest: not null };

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? StatementIn(string page)
    {
        var start = page.IndexOf(RecordHtml.StatementMark, StringComparison.Ordinal);
        var end = start < 0 ? -1 : page.IndexOf("</pre>", start, StringComparison.Ordinal);
        return end < 0 ? null : page[(start + RecordHtml.StatementMark.Length)..end];
    }

    private static bool IsAsWritten(string page)
    {
        const int length = 64;
        var at = page.IndexOf(RecordHtml.DigestMark, StringComparison.Ordinal);
        if (at < 0 || at + RecordHtml.DigestMark.Length + length > page.Length)
            return false;
        var start = at + RecordHtml.DigestMark.Length;
        return RecordHtml.DigestOf(page.Remove(start, length)) == page.Substring(start, length);
    }
}
