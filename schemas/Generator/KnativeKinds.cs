using System.Text;
using Repave.Core.Model;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Schemas.Generator;

/// <summary>Writes <c>schemas/kubernetes/knative.facts</c> from the CustomResourceDefinitions in a checkout of knative/serving: what
/// validates a manifest, a definition a line, without words for people and without status.</summary>
internal static class KnativeKinds
{
    private const string Head = """
        # What Knative Serving {0} knows of its kinds, a CustomResourceDefinition a line, as far as it validates what people write.
        # Remade by: Generator knative --serving CHECKOUT (config/core/300-resources).
        """;

    private static readonly string[] Files = ["configuration.yaml", "revision.yaml", "route.yaml", "service.yaml"];

    // What says nothing of what a value may be, or of what people write.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { "description", "title", "example", "externalDocs" };

    /// <summary>Writes the file into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="serving">A checkout of knative/serving.</param>
    /// <param name="version">The release that it is of.</param>
    /// <exception cref="InvalidDataException">It is not what is expected.</exception>
    public static void Write(string folder, string serving, string version)
    {
        var text = new StringBuilder(string.Format(System.Globalization.CultureInfo.InvariantCulture, Head, version)).Append('\n');
        foreach (var file in Files)
        {
            var path = Path.Combine(serving, "config", "core", "300-resources", file);
            var root = Manifest.Parse(file, File.ReadAllText(path)).Source.Documents.Select(d => d.Document.Root).OfType<MapNode>()
                .FirstOrDefault(r => r.TextAt("kind") == "CustomResourceDefinition") ?? throw new InvalidDataException(path);
            var spec = root["spec"] ?? throw new InvalidDataException(path);
            text.Append("{\"spec\":{\"group\":").Append(CanonicalJson.Quote(spec.TextAt("group")!)).Append(",\"names\":{\"kind\":")
                .Append(CanonicalJson.Quote(spec["names"]!.TextAt("kind")!)).Append("},\"scope\":")
                .Append(CanonicalJson.Quote(spec.TextAt("scope")!)).Append(",\"versions\":[");
            var isFirst = true;
            foreach (var one in spec.ItemsAt("versions"))
            {
                text.Append(isFirst ? "" : ",").Append("{\"name\":").Append(CanonicalJson.Quote(one.TextAt("name")!))
                    .Append(",\"schema\":{\"openAPIV3Schema\":");
                isFirst = false;
                WriteSchema(one["schema"]!["openAPIV3Schema"]!, text, isTop: true);
                text.Append("}}");
            }

            text.Append("]}}\n");
        }

        File.WriteAllText(Path.Combine(folder, "knative.facts"), text.ToString());
    }

    private static void WriteSchema(Node schema, StringBuilder text, bool isTop = false)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var entry in ((MapNode)schema).AllEntries)
        {
            if (entry.Name is not { } name || LeftOut.Contains(name) || entry.Value.Resolved is not { } value)
                continue;
            text.Append(isFirst ? "" : ",").Append(CanonicalJson.Quote(name)).Append(':');
            isFirst = false;
            if (name == "properties")
                WriteProperties((MapNode)value, text, isTop);
            else if (value is MapNode && name is "items" or "additionalProperties")
                WriteSchema(value, text);
            else
                text.Append(CanonicalJson.Of(value, asPlatform: true));
        }

        text.Append('}');
    }

    private static void WriteProperties(MapNode properties, StringBuilder text, bool isTop)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var property in properties.AllEntries)
        {
            if (property.Name is not { } name || property.Value.Resolved is not MapNode field || (isTop && name is "apiVersion" or "kind"))
                continue;
            text.Append(isFirst ? "" : ",").Append(CanonicalJson.Quote(name)).Append(':');
            isFirst = false;
            // Controllers write it; a manifest that was exported may have any.
            if (isTop && name == "status")
                text.Append("{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}");
            else
                WriteSchema(field, text);
        }

        text.Append('}');
    }
}
