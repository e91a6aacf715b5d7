using System.Text;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Engines;

/// <summary>An edit of a service: what it says before and after, and what is done by hand in between
/// (tests/Fixtures/compose-edits.txt).</summary>
/// <param name="Name">The service.</param>
/// <param name="Before">Its fields before.</param>
/// <param name="After">Its fields after.</param>
/// <param name="Also">What is done by hand.</param>
internal sealed record ServiceEdit(string Name, string Before, string After, string Also)
{
    /// <summary>All edits.</summary>
    public static IReadOnlyList<ServiceEdit> All { get; } =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "Fixtures", "compose-edits.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" | "))
            .Select(parts => new ServiceEdit(parts[0].Trim(), parts[1].Trim(), parts[2].Trim(), parts.Length > 3 ? parts[3].Trim() : ""))];

    /// <summary>Writes one project that has every edit's service, before or after.</summary>
    public static void Write(string folder, bool isAfter)
    {
        var value = isAfter ? "b" : "a";
        var text = new StringBuilder("name: edits\nservices:\n");
        foreach (var edit in All)
            text.Append("  ").Append(edit.Name).Append(": {").Append(edit.Fields(isAfter)).Append("}\n");
        text.Append("networks: {front: , back: }\nvolumes: {data: , more: }\n")
            .Append("secrets: {stays: {file: stays.env}, changes: {file: changes.env}}\n")
            .Append("configs: {stays: {file: stays.env}, changes: {file: changes.env}, inline: {content: \"")
            .Append(value).Append("\"}}\n");
        void File(string name, string content) => System.IO.File.WriteAllText(Path.Combine(folder, name), content);
        File("compose.yaml", text.ToString());
        File(".env", $"FROM_DOTENV={value}\n");
        File("changes.env", $"CHANGES={value}\n");
        File("stays.env", "STAYS=1\n");
        File("base.yaml", $"services: {{base: {{image: \"app:1\", labels: {{a: {value}}}}}}}\n");
    }

    private string Fields(bool isAfter)
    {
        var fields = isAfter ? After : Before;
        if (fields[0] == '{')
            fields = fields[1..^1];
        var more = new StringBuilder(fields);
        if (!fields.StartsWith("image:", StringComparison.Ordinal) && !fields.StartsWith("extends:", StringComparison.Ordinal))
            more.Append(", image: \"app:1\"");
        // Nobody waits for a program that does not listen to SIGTERM.
        if (!fields.Contains("stop_signal", StringComparison.Ordinal))
            more.Append(", stop_signal: SIGKILL");
        if (!fields.Contains("networks:", StringComparison.Ordinal) && !fields.Contains("network_mode:", StringComparison.Ordinal))
            more.Append(", network_mode: none");
        return more.ToString();
    }
}
