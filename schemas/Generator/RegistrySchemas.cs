using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>The schemas of CloudFormation's registry, as the package cfn-lint carries them for Python (<c>pip install cfn-lint</c>): one
/// JSON
/// Schema a resource type, with the corrections that it makes to them.</summary>
internal sealed partial class RegistrySchemas
{
    private const string Region = "us_east_1";

    private const string AttributesScript = """
        from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as schemas
        for kind in sorted(schemas.get_resource_types("us-east-1")):
            names = sorted(n for n in schemas.get_type_getatts(kind, "us-east-1") if "*" not in n)
            print("\t".join([kind] + names))
        """;

    private readonly string _folder;
    private readonly Dictionary<string, string> _files;
    private readonly Lazy<Dictionary<string, string[]>> _attributes = new(() => Ask(AttributesScript).Split('\n')
        .Select(l => l.Trim().Split('\t')).ToDictionary(l => l[0], l => l[1..], StringComparer.Ordinal));

    private RegistrySchemas(string folder, string version)
    {
        (_folder, Version) = (folder, version);
        _files = TypeLine().Matches(File.ReadAllText(Path.Combine(folder, "data", "schemas", "providers", Region + ".py")))
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
    }

    /// <summary>The package's version.</summary>
    public string Version { get; }

    /// <summary>All resource types.</summary>
    public IEnumerable<string> Types => _files.Keys;

    /// <summary>Opens them in a package's folder, or where the python on the PATH has it.</summary>
    /// <exception cref="IOException">There is no such package.</exception>
    public static RegistrySchemas Open(string? folder)
    {
        folder ??= Ask("import cfnlint, os; print(os.path.dirname(cfnlint.__file__))");
        if (!Directory.Exists(Path.Combine(folder, "data", "schemas", "providers")))
            throw new IOException($"{folder} is no folder of cfn-lint 1.x: pip install cfn-lint, and name its folder with --cfn-lint.");
        var version = Regex.Match(File.ReadAllText(Path.Combine(folder, "version.py")), "__version__ = \"([^\"]+)\"").Groups[1].Value;
        return new RegistrySchemas(folder, version);
    }

    /// <summary>The attributes that Fn::GetAtt gives of a resource type: the registry's read-only properties, and, of types that are older
    /// than the registry, the others that cfn-lint knows to be given. None where it has no such type.</summary>
    public IReadOnlyList<string> AttributesOf(string type) => _attributes.Value.TryGetValue(type, out var names) ? names : [];

    /// <summary>A resource type's schema; null if the registry has none.</summary>
    public JsonElement? SchemaOf(string type)
    {
        if (!_files.TryGetValue(type, out var file))
            return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "data", "schemas", "resources", file + ".json")));
        return document.RootElement.Clone();
    }

    /// <summary>A file of the package's data.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public byte[] ReadData(string path) => File.ReadAllBytes(Path.Combine(_folder, "data", path));

    /// <summary>What a script prints in the python that has the package.</summary>
    public static string Ask(string script)
    {
        foreach (var program in (string[])["python3", "python3.13", "python3.12", "python3.11", "python"])
        {
            try
            {
                var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
                start.ArgumentList.Add("-c");
                start.ArgumentList.Add(script);
                using var process = Process.Start(start)!;
                var answer = process.StandardOutput.ReadToEnd().Trim();
                process.WaitForExit();
                if (process.ExitCode == 0)
                    return answer;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // The next name may be there.
            }
        }

        throw new IOException("No python has cfn-lint: pip install cfn-lint, or name its folder with --cfn-lint.");
    }

    [GeneratedRegex("\"([A-Za-z0-9]+::[A-Za-z0-9:]+)\": \"([0-9a-f]+)\"")]
    private static partial Regex TypeLine();
}

/// <summary>A place in a registry schema, and what it demands, in the grammar of packs.</summary>
internal sealed class RegistryNode
{
    private readonly JsonElement _root;
    private readonly JsonElement _node;

    private RegistryNode(JsonElement root, JsonElement node, string pointer) => (_root, _node, Pointer) = (root, node, pointer);

    /// <summary>Where it stands; two places of one definition are the same.</summary>
    public string Pointer { get; }

    public static RegistryNode Of(JsonElement schema) => new(schema, schema, "");

    /// <summary>The places (<c>/properties/A/*/B</c>) that a keyword of the whole schema lists.</summary>
    public IReadOnlySet<string> Places(string keyword) =>
        _root.TryGetProperty(keyword, out var places) ? places.EnumerateArray().Select(p =>
            p.GetString()!).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();

    /// <summary>A property; null if it has none of that name.</summary>
    public RegistryNode? Property(string name) =>
        _node.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property)
            ? Resolve(property, $"{Pointer}/properties/{name}")
            : null;

    /// <summary>The property at a path of the registry's (<c>/properties/A/B</c>); null if there is none.</summary>
    public RegistryNode? At(string path)
    {
        RegistryNode? at = this;
        foreach (var name in path.Split('/').Skip(2))
            at = name == "*" ? at?.Items : at?.Property(name);
        return at;
    }

    // Route 53's API takes blocks of IPv6 in its collections too (CidrCollectionChange); only cfn-lint's format says otherwise.
    private bool TakesBothNetworks =>
        _root.TryGetProperty("typeName", out var type) && type.GetString() == "AWS::Route53::CidrCollection";

    /// <summary>What it gives to whoever reads it, in the grammar of packs.</summary>
    public string Given => _node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() switch
    {
        "string" => "string",
        "array" => Items?.Given == "string" ? "[]string" : "any",
        _ => "any",
    } : "any";

    /// <summary>The items of a list.</summary>
    public RegistryNode? Items => _node.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
        ? Resolve(items, Pointer + "/items") : null;

    /// <summary>The values of a map.</summary>
    public RegistryNode? Values
    {
        get
        {
            if (_node.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().ToList() is [var only])
                return Resolve(only.Value, $"{Pointer}/patternProperties/{only.Name}");
            return _node.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object
                ? Resolve(others, Pointer + "/additionalProperties") : null;
        }
    }

    /// <summary>What it demands of a value of a pack's type, as attributes, each behind a space.</summary>
    public string Attributes(string type)
    {
        var text = new StringBuilder();
        if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            Append(text, "min-items", "minItems", skip: "0");
            Append(text, "max-items", "maxItems");
            if (_node.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True)
                text.Append(" unique");
            if (Items is { } items && type is "[]string" or "[]int64" or "[]number")
                items.AppendScalar(text, type[2..], "item-");
        }
        else if (type.StartsWith("{}", StringComparison.Ordinal))
        {
            Append(text, "min-fields", "minProperties", skip: "0");
            Append(text, "max-fields", "maxProperties");
        }
        else
        {
            AppendScalar(text, type, "");
        }

        return text.ToString();
    }

    /// <summary>What it demands of its fields together, one line each.</summary>
    public IEnumerable<string> Demands()
    {
        if (List("requiredXor") is { } one)
            yield return $"~one {one}";
        if (List("requiredOr") is { } some)
            yield return $"~some {some}";
        foreach (var keyword in (string[])["dependentRequired", "dependencies"])
        {
            foreach (var (field, fields) in Dependents(keyword))
                yield return $"~needs {field} {fields}";
        }

        foreach (var (field, fields) in Dependents("dependentExcluded"))
            yield return $"~excludes {field} {fields}";
        // Of alternatives that demand one field each, which is how the registry says what goes with what.
        foreach (var (keyword, word) in ((string, string)[])[("oneOf", "one"), ("anyOf", "some")])
        {
            if (_node.TryGetProperty(keyword, out var parts) && parts.EnumerateArray().ToList() is { Count: > 1 } all
                && all.TrueForAll(p => p.ValueKind == JsonValueKind.Object && p.EnumerateObject().All(k => k.Name is "required")
                    && p.TryGetProperty("required", out var names) && names.GetArrayLength() == 1))
                yield return $"~{word} {string.Join(',', all.Select(p => p.GetProperty("required")[0].GetString()))}";
        }
    }

    private IEnumerable<(string Field, string Fields)> Dependents(string keyword)
    {
        if (!_node.TryGetProperty(keyword, out var dependents))
            yield break;
        foreach (var dependent in dependents.EnumerateObject())
        {
            if (dependent.Value.ValueKind == JsonValueKind.Array && dependent.Value.GetArrayLength() > 0 && IsField(dependent.Name)
                && dependent.Value.EnumerateArray().All(v => IsField(v.GetString()!)))
                yield return (dependent.Name, string.Join(',', dependent.Value.EnumerateArray().Select(v => v.GetString())));
        }
    }

    private bool IsField(string name) => _node.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private string? List(string keyword) =>
        _node.TryGetProperty(keyword, out var names) ? string.Join(',', names.EnumerateArray().Select(n => n.GetString())) : null;

    private void AppendScalar(StringBuilder text, string type, string prefix)
    {
        switch (type)
        {
            case "string":
                // Dates and other texts that have a grammar of their own say so; what wants a number or a flag has no length.
                if (_node.TryGetProperty("type", out var of) && of.ValueKind == JsonValueKind.String && of.GetString() != "string")
                    break;
                Append(text, prefix + "min-length", "minLength", skip: "0");
                Append(text, prefix + "max-length", "maxLength");
                if (_node.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { Length: > 0 } expression
                    && expression is not (".*" or "^.*$" or ".+" or "^[\\s\\S]*$" or "[\\s\\S]*"))
                    text.Append($" {prefix}pattern={Escape(ForDotNet(expression))}");
                // Formats whose grammar is known: AWS's ids and ARNs, addresses and networks.
                if (_node.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String
                    && format.GetString() is { } name
                    && (name.StartsWith("AWS::", StringComparison.Ordinal) || name.StartsWith("ipv", StringComparison.Ordinal))
                    && !(name == "ipv4-network" && TakesBothNetworks))
                    text.Append($" {prefix}format={name}");
                break;
            case "int64" or "number":
                if (_node.TryGetProperty("enum", out var values) && values.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number))
                    text.Append($" {prefix}enum={string.Join(',', values.EnumerateArray().Select(v => v.GetRawText()))}");
                Append(text, prefix + "min", "minimum");
                Append(text, prefix + "max", "maximum");
                break;
        }
    }

    /// <summary>The values that a text may have; null if any.</summary>
    public IReadOnlyList<string>? Allowed
    {
        get
        {
            if (_node.TryGetProperty("const", out var only) && only.ValueKind == JsonValueKind.String)
                return [only.GetString()!];
            var keyword = _node.TryGetProperty("enumCaseInsensitive", out var values) || _node.TryGetProperty("enum", out values);
            if (!keyword || values.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
                return null;
            return [.. values.EnumerateArray().Select(v => v.GetString()!)];
        }
    }

    /// <summary>Whether upper and lower case are one in the allowed values.</summary>
    public bool IgnoresCase => _node.TryGetProperty("enumCaseInsensitive", out _);

    /// <summary>Writes a text so that no space, comma or line break is in it.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
            escaped.Append(c is '%' or ' ' or ',' or '\n' or '\r' or '\t' ? $"%{(int)c:X2}" : c.ToString());
        return escaped.ToString();
    }

    // An escaped underline is one in every dialect but .NET's, which refuses it.
    private static string ForDotNet(string pattern) =>
        Regex.Replace(pattern, @"\\(.)", m => m.Groups[1].Value == "_" ? "_" : m.Value, RegexOptions.Singleline);

    private void Append(StringBuilder text, string attribute, string keyword, string? skip = null)
    {
        if (!_node.TryGetProperty(keyword, out var value))
            return;
        var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture)
            : value.GetString();
        if (number is not null && number != skip && (!attribute.Contains("length", StringComparison.Ordinal)
            && !attribute.Contains("items", StringComparison.Ordinal) || int.TryParse(number, out _)))
            text.Append($" {attribute}={number}");
    }

    private RegistryNode Resolve(JsonElement node, string pointer)
    {
        for (var i = 0; i < 20 && node.TryGetProperty("$ref", out var reference); i++)
        {
            pointer = reference.GetString()!;
            var at = _root;
            foreach (var part in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!at.TryGetProperty(part, out at))
                    return new RegistryNode(_root, node, pointer);
            }

            node = at;
        }

        return new RegistryNode(_root, node, pointer);
    }
}
