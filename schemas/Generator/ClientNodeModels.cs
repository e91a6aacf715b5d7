using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>A field of a model.</summary>
internal sealed record ModelField(string Name, string Type, string Format, bool Optional);

/// <summary>A resource type that the API classes' paths name.</summary>
internal sealed record ModelKind(string Group, string Version, string Plural, bool Namespaced, string Model);

/// <summary>Reads the generated sources of @kubernetes/client-node: models and the paths that create them.</summary>
internal sealed partial class ClientNodeModels
{
    public required string Release { get; init; }

    public required SortedDictionary<string, IReadOnlyList<ModelField>> Models { get; init; }

    public required IReadOnlyList<ModelKind> Kinds { get; init; }

    public static ClientNodeModels Read(string package)
    {
        var generated = Path.Combine(package, "dist", "gen");
        var models = new SortedDictionary<string, IReadOnlyList<ModelField>>(StringComparer.Ordinal);
        string? release = null;
        foreach (var file in Directory.GetFiles(Path.Combine(generated, "models"), "*.js").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var source = File.ReadAllText(file);
            release ??= ReleasePattern().Match(source) is { Success: true } match ? match.Groups[1].Value : null;
            if (!source.Contains(".attributeTypeMap = [", StringComparison.Ordinal))
                continue;
            var declaration = File.ReadAllText(Path.ChangeExtension(file, ".d.ts"));
            var optional = DeclarationPattern().Matches(declaration)
                .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Length > 0, StringComparer.Ordinal);
            models[name] = [.. AttributePattern().Matches(source).Select(m => new ModelField(
                m.Groups["base"].Value, m.Groups["type"].Value, m.Groups["format"].Value,
                optional.GetValueOrDefault(m.Groups["name"].Value, true)))];
        }

        return new ClientNodeModels
        {
            Release = release ?? throw new InvalidDataException($"No model file in {package} names the Kubernetes release."),
            Models = models,
            Kinds = ReadKinds(Path.Combine(generated, "apis")),
        };
    }

    private static List<ModelKind> ReadKinds(string apis)
    {
        var kinds = new Dictionary<(string, string, string), ModelKind>();
        foreach (var file in Directory.GetFiles(apis, "*.js").Order(StringComparer.Ordinal))
        {
            foreach (var method in File.ReadAllText(file).Split("\n    async ").Skip(1))
            {
                if (!method.Contains("HttpMethod.POST", StringComparison.Ordinal))
                    continue;
                var path = PathPattern().Match(method);
                var body = BodyPattern().Match(method);
                if (!path.Success || !body.Success)
                    continue;
                var kind = new ModelKind(path.Groups["group"].Value, path.Groups["version"].Value, path.Groups["plural"].Value,
                    path.Groups["ns"].Success, body.Groups[1].Value);
                kinds.TryAdd((kind.Group, kind.Version, kind.Model), kind);
            }
        }

        return [.. kinds.Values.OrderBy(k => k.Group, StringComparer.Ordinal).ThenBy(k => k.Version, StringComparer.Ordinal)
            .ThenBy(k => k.Model, StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"OpenAPI spec version: (?:release-|v)(\d+\.\d+)")]
    private static partial Regex ReleasePattern();

    [GeneratedRegex(@"^    '([^']+)'(\?)?: ", RegexOptions.Multiline)]
    private static partial Regex DeclarationPattern();

    [GeneratedRegex("\\{\\s*\"name\": \"(?<name>[^\"]*)\",\\s*\"baseName\": \"(?<base>[^\"]*)\",\\s*\"type\": "
        + "\"(?<type>[^\"]*)\",\\s*\"format\": \"(?<format>[^\"]*)\"\\s*\\}")]
    private static partial Regex AttributePattern();

    [GeneratedRegex(
        @"localVarPath = '/(?:api|apis/(?<group>[^/{']+))/(?<version>v[0-9a-z]+)(?<ns>/namespaces/\{namespace\})?/(?<plural>[a-z]+)'")]
    private static partial Regex PathPattern();

    [GeneratedRegex("""serialize\(body, "([A-Za-z0-9]+)", ""\)""")]
    private static partial Regex BodyPattern();
}
