using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Makes the pack of EC2 Image Builder's component documents from the types that AWS publishes for its CDK.</summary>
internal static partial class ImageBuilderPack
{
    private const string Package = "@aws-cdk/aws-imagebuilder-alpha";

    private const string Version = "2.270.0-alpha.0";

    private const string Document = "ComponentDocument";

    // The CDK takes a duration and writes seconds.
    private const string Duration = "aws-cdk-lib.Duration";

    // Which AWS's own samples write, and the CDK does not know.
    private const string Attempts = "maxAttempts int32\n";

    private const string Step = "ComponentDocumentStep";

    /// <summary>Writes the pack.</summary>
    /// <param name="folder">Where to.</param>
    /// <exception cref="IOException">npm is missing or could not bring the package.</exception>
    public static void Write(string folder)
    {
        var package = NpmPackage.Fetch(Package, Version);
        var types = JsonNode.Parse(File.ReadAllText(Path.Combine(package, ".jsii")))!["types"]!.AsObject();
        var source = File.ReadAllText(Path.Combine(package, "lib", "component.js"));
        var text = new StringBuilder("# The structure of EC2 Image Builder's component documents. Made by schemas/Generator from "
            + $"{Package} {Version} (Apache-2.0); do not edit.\n@kind 1.0 Component component cluster {Document}\n");
        var open = new Queue<string>([Document]);
        for (var done = new HashSet<string>(StringComparer.Ordinal); open.TryDequeue(out var name);)
        {
            if (!done.Add(name))
                continue;
            text.Append(CultureInfo.InvariantCulture, $"[{name}]\n");
            foreach (var property in types[$"{Package}.{name}"]!["properties"]!.AsArray())
                text.Append(LineOf(property!, types, source, open));
            if (name == Step)
                text.Append(Attempts);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "component.pack"), text.ToString());
    }

    private static string LineOf(JsonNode property, JsonObject types, string source, Queue<string> open)
    {
        var (name, type) = ((string)property["name"]!, property["type"]!);
        // Some actions need nothing; the CDK asks for inputs all the same.
        var presence = (bool?)property["optional"] == true || name == "inputs" ? "" : " required";
        if ((string?)type["fqn"] == Duration)
            return $"{name}Seconds int32{presence}\n";
        var collection = type["collection"];
        var inner = collection?["elementtype"] ?? type;
        // The CDK writes maps as lists of maps of one key.
        var prefix = (string?)collection?["kind"] == "map" ? "[]{}" : collection is null ? "" : "[]";
        // A version may be written as a number, in several ways.
        var values = (string?)inner["fqn"] is { } full && (string?)types[full]?["kind"] == "enum" && name != "schemaVersion"
            ? ValuesOf(full, source) : null;
        return $"{name} {prefix}{NameOf(inner, types, open)}{presence}{(values is null ? "" : " enum=" + values)}\n";
    }

    private static string NameOf(JsonNode type, JsonObject types, Queue<string> open)
    {
        if ((string?)type["primitive"] is { } primitive)
            return primitive is "string" or "number" or "boolean" ? primitive : "any";
        if (types[(string)type["fqn"]!] is not JsonObject { } known || (string?)known["kind"] == "enum")
            return "string";
        // A class holds what its author wrote, whatever that is.
        if ((string?)known["kind"] != "interface")
            return "any";
        open.Enqueue((string)known["name"]!);
        return (string)known["name"]!;
    }

    private static string ValuesOf(string full, string source)
    {
        var name = full[(full.LastIndexOf('.') + 1)..];
        return string.Join(',', Member().Matches(source).Where(match => match.Groups[1].Value == name)
            .Select(match => match.Groups[2].Value));
    }

    [GeneratedRegex("""(\w+)\["\w+"\] = "([^"]+)";""")]
    private static partial Regex Member();
}
