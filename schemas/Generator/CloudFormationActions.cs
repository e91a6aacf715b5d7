using System.Text;
using System.Text.Json;

namespace Repave.Schemas.Generator;

/// <summary>Writes the actions that IAM policies can name, by service, from the service authorization data that cfn-lint ships.</summary>
internal static class CloudFormationActions
{
    private const string Head = """
        # The actions that policies of AWS IAM can name, in small letters: IAM takes any. A line is a service's prefix and its actions.

        """;

    /// <summary>Writes the file.</summary>
    /// <param name="folder">The packs' folder.</param>
    /// <param name="registry">The package's data.</param>
    /// <exception cref="InvalidDataException">The package has no such data.</exception>
    public static void Write(string folder, RegistrySchemas registry)
    {
        using var document = JsonDocument.Parse(registry.ReadData(Path.Combine("AdditionalSpecs", "Policies.json")));
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        text.Append($"# AWS's service authorization reference as cfn-lint {registry.Version} has it; made by schemas/Generator.\n");
        foreach (var service in document.RootElement.EnumerateObject().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            if (!service.Value.TryGetProperty("Actions", out var actions) || actions.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"cfn-lint's Policies.json has no actions of '{service.Name}'.");
            text.Append(service.Name);
            foreach (var action in actions.EnumerateObject().Select(a => a.Name).Order(StringComparer.Ordinal))
                text.Append(' ').Append(action);
            text.Append('\n');
        }

        File.WriteAllText(Path.Combine(folder, "actions.facts"), text.ToString());
    }
}
