using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Writes what kustomize knows of Kubernetes and of its own files, <c>schemas/kubernetes/kustomize.facts</c>, from a checkout of
/// kubernetes-sigs/kustomize: the fields that its transformers write, which kinds have no namespace, how patches merge lists, and what
/// stands in a kustomization.</summary>
internal static partial class KustomizeFacts
{
    private const string Head = """
        # What kustomize {0} knows, remade by: Generator kustomize --source CHECKOUT (kubernetes-sigs/kustomize at that tag).
        # spec LIST GROUP VERSION KIND CREATE PATH    a field that a transformer writes (api/internal/konfig/builtinpluginconsts)
        # target GROUP VERSION KIND                   a kind that is referred to by name; the specs behind it are the fields that do
        # scope APIVERSION KIND cluster|namespaced    kyaml/openapi/openapi.go
        # type APIVERSION KIND SHAPE                  the shape of a kind (kyaml/openapi/kubernetesapi, the default)
        # shape SHAPE                                 the fields behind it are those that lead to a list that patches merge
        # field NAME SHAPE HOW KEYS                   HOW: list, merge (a list that is merged, by KEYS) or - ; NAME *: any
        # struct NAME                                 the fields behind it are those of a structure in kustomizations (api/types)
        # member NAME TYPE                            a field and its type, as Go writes it
        """;

    private static readonly string[] Structures =
    [
        "Kustomization", "ObjectMeta", "Label", "Patch", "Image", "ReplacementField", "Replacement", "SourceSelector", "TargetSelector",
        "FieldOptions", "Replica", "Var", "Target", "FieldSelector", "SortOptions", "LegacySortOptions", "ConfigMapArgs", "SecretArgs",
        "GeneratorArgs", "KvPairSources", "HelmGlobals", "HelmChart", "HelmChartArgs", "GeneratorOptions", "Selector", "TypeMeta",
        "FieldSpec",
    ];

    /// <summary>Writes the file into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="source">A checkout of kubernetes-sigs/kustomize.</param>
    /// <exception cref="InvalidDataException">It is not what is expected.</exception>
    public static void Write(string folder, string source)
    {
        var version = Regex.Match(File.ReadAllText(Path.Combine(source, "kustomize", "go.mod")), @"kustomize/api (v\S+)").Groups[1].Value;
        var text = new StringBuilder(string.Format(System.Globalization.CultureInfo.InvariantCulture, Head, $"(api {version})"))
            .Append('\n');
        FieldSpecs(Path.Combine(source, "api", "internal", "konfig", "builtinpluginconsts"), text);
        Scopes(Path.Combine(source, "kyaml", "openapi", "openapi.go"), text);
        var info = File.ReadAllText(Path.Combine(source, "kyaml", "openapi", "kubernetesapi", "openapiinfo.go"));
        var release = Regex.Match(info, @"DefaultOpenAPI = ""(v[0-9.]+)""").Groups[1].Value.Replace('.', '_');
        Shapes(File.ReadAllBytes(Path.Combine(source, "kyaml", "openapi", "kubernetesapi", release, "swagger.pb")), text);
        Members(Path.Combine(source, "api", "types"), text);
        File.WriteAllText(Path.Combine(folder, "kustomize.facts"), text.ToString());
    }

    // The lists are YAML in Go constants; one of them is put together from two.
    private static void FieldSpecs(string folder, StringBuilder text)
    {
        var constants = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.go").Order(StringComparer.Ordinal))
        {
            foreach (Match match in Constant().Matches(File.ReadAllText(file)))
            {
                var more = match.Groups[3].Success ? "+" + match.Groups[3].Value : "";
                constants[match.Groups[1].Value] = match.Groups[2].Value + "\n" + more;
            }
        }

        // In the order in which kustomize puts them together.
        var order = CallOrder().Matches(Regex.Match(File.ReadAllText(Path.Combine(folder, "defaultconfig.go")),
            @"GetDefaultFieldSpecs\(\)[\s\S]*?\n\}").Value).Select(match => match.Groups[1].Value);
        foreach (var name in order)
        {
            var yaml = constants[name];
            var plus = yaml.LastIndexOf('+');
            if (plus >= 0 && constants.TryGetValue(yaml[(plus + 1)..].Trim(), out var more))
                yaml = yaml[..plus] + more;
            List(yaml, text);
        }
    }

    private static void List(string yaml, StringBuilder text)
    {
        string list = "";
        Dictionary<string, string>? item = null, target = null;
        foreach (var line in yaml.Split('\n').Append("end:"))
        {
            if (line.Trim().Length == 0)
                continue;
            var indent = line.Length - line.TrimStart().Length;
            var trimmed = line.Trim();
            if (trimmed.StartsWith("- ", StringComparison.Ordinal))
            {
                Flush();
                item = new(StringComparer.Ordinal);
                trimmed = trimmed[2..];
                indent += 2;
            }

            var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = (trimmed[..colon], trimmed[(colon + 1)..].Trim());
            if (indent == 0)
            {
                Flush();
                target = null;
                list = key;
            }
            else if (key == "fieldSpecs")
            {
                target = item!;
                text.Append($"target {Or(target, "group")} {Or(target, "version")} {Or(target, "kind")}\n");
                item = null;
            }
            else
            {
                item![key] = value;
            }
        }

        void Flush()
        {
            if (item is not null && item.TryGetValue("path", out var path))
            {
                var create = item.GetValueOrDefault("create") == "true" ? "create" : "-";
                text.Append($"spec {list} {Or(item, "group")} {Or(item, "version")} {Or(item, "kind")} {create} {path}\n");
            }

            item = null;
        }

        static string Or(Dictionary<string, string> map, string key) => map.GetValueOrDefault(key) ?? "-";
    }

    private static void Scopes(string file, StringBuilder text)
    {
        foreach (Match match in Scope().Matches(File.ReadAllText(file)))
        {
            var scope = match.Groups[3].Value == "true" ? "namespaced" : "cluster";
            text.Append($"scope {match.Groups[1].Value} {match.Groups[2].Value} {scope}\n");
        }
    }

    private static void Members(string folder, StringBuilder text)
    {
        var sources = string.Concat(Directory.GetFiles(folder, "*.go").Where(file => !file.EndsWith("_test.go", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
        foreach (var name in Structures)
        {
            var body = Regex.Match(sources, $@"(?m)^type {name} struct \{{\n([\s\S]*?)\n\}}");
            if (!body.Success)
                throw new InvalidDataException($"Unknown structure {name}");
            text.Append($"struct {name}\n");
            foreach (Match member in Member().Matches(body.Groups[1].Value))
            {
                var (type, json) = (member.Groups["type"].Value, member.Groups["json"].Value);
                type = type.Replace("types.", "", StringComparison.Ordinal).Replace("interface{}", "any", StringComparison.Ordinal);
                // An embedded structure, and the two of resid, lend their fields.
                if (json.StartsWith(',') && json.Contains("inline", StringComparison.Ordinal))
                    text.Append($"member + {type}\n");
                else
                    text.Append($"member {json.Split(',')[0]} {type}\n");
            }
        }

        text.Append("struct resid.Gvk\nmember group string\nmember version string\nmember kind string\n");
        text.Append("struct resid.ResId\nmember + resid.Gvk\nmember name string\nmember namespace string\n");
    }

    private static void Shapes(byte[] swagger, StringBuilder text)
    {
        var definitions = new SortedDictionary<string, Definition>(StringComparer.Ordinal);
        foreach (var named in Fields(Only(swagger, 9)).Where(f => f.Number == 1).Select(f => f.Bytes))
            definitions[Text(named, 1)!] = new Definition(Only(named, 2));
        var leads = new HashSet<string>(StringComparer.Ordinal);
        bool grew;
        do
        {
            grew = false;
            foreach (var (name, definition) in definitions)
            {
                if (!leads.Contains(name) && definition.Fields.Any(f => f.Merges || (f.Target is { } target && leads.Contains(target))))
                    grew |= leads.Add(name);
            }
        }
        while (grew);

        var numbers = leads.Order(StringComparer.Ordinal).Select((name, index) => (name, index)).ToDictionary(p => p.name, p => p.index);
        foreach (var (name, definition) in definitions)
        {
            foreach (var (apiVersion, kind) in definition.Kinds)
                text.Append($"type {apiVersion} {kind} {(numbers.TryGetValue(name, out var n) ? n : "-")}\n");
        }

        foreach (var name in leads.Order(StringComparer.Ordinal))
        {
            text.Append($"shape {numbers[name]}\n");
            foreach (var field in definitions[name].Fields)
            {
                var target = field.Target is { } to && numbers.TryGetValue(to, out var n) ? n.ToString(
                    System.Globalization.CultureInfo.InvariantCulture) : "-";
                if (target == "-" && !field.Merges)
                    continue;
                var how = field.Merges ? "merge" : field.IsList ? "list" : "-";
                text.Append($"field {field.Name} {target} {how} {(field.Keys.Count == 0 ? "-" : string.Join(',', field.Keys))}\n");
            }
        }

        string? Text(byte[] message, int number) =>
            Fields(message).Where(f => f.Number == number).Select(f => Encoding.UTF8.GetString(f.Bytes)).FirstOrDefault();
    }

    private static byte[] Only(byte[] message, int number) => Fields(message).FirstOrDefault(f => f.Number == number).Bytes ?? [];

    // Protocol buffers, as far as they hold other messages and texts.
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint();
            switch (key & 7)
            {
                case 0:
                    Varint();
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint();
                    yield return ((int)(key >> 3), message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("the OpenAPI file is not a protocol buffer");
            }
        }

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = message[at++];
                value |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                    return value;
            }
        }
    }

    [GeneratedRegex(@"(?m)^(?:const )?\s*(\w+FieldSpecs) = `([^`]*)`(?: \+ (\w+))?")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\[\]byte\((\w+)\)")]
    private static partial Regex CallOrder();

    [GeneratedRegex(@"\{APIVersion: ""([^""]+)"", Kind: ""([^""]+)""\}:\s*(true|false)")]
    private static partial Regex Scope();

    [GeneratedRegex(@"(?m)^\s+(?:(?<name>\w+)\s+)?(?<type>[\w.\[\]*{}]+)\s+`json:""(?<json>[^""]*)""")]
    private static partial Regex Member();

    // A definition of gnostic's openapi_v2.Schema: properties 25, additional ones 21, extensions 31.
    private sealed class Definition
    {
        public Definition(byte[] schema)
        {
            foreach (var named in KustomizeFacts.Fields(Only(schema, 25)).Where(f => f.Number == 1).Select(f => f.Bytes))
                Fields.Add(new DefinitionField(Encoding.UTF8.GetString(Only(named, 1)), Only(named, 2)));
            var additional = Only(Only(schema, 21), 1);
            if (additional.Length > 0)
                Fields.Add(new DefinitionField("*", additional));
            foreach (Match match in Regex.Matches(Extension(schema, "x-kubernetes-group-version-kind"),
                @"group: ""?(?<g>[^\s""]*)""?\s+kind: (?<k>\S+)\s+version: (?<v>\S+)"))
            {
                var group = match.Groups["g"].Value;
                Kinds.Add(((group.Length > 0 ? group + "/" : "") + match.Groups["v"].Value, match.Groups["k"].Value));
            }
        }

        public List<DefinitionField> Fields { get; } = [];

        public List<(string ApiVersion, string Kind)> Kinds { get; } = [];

        public static string Extension(byte[] schema, string name) => string.Concat(KustomizeFacts.Fields(schema)
            .Where(f => f.Number == 31 && Encoding.UTF8.GetString(Only(f.Bytes, 1)) == name)
            .Select(f => Encoding.UTF8.GetString(Only(Only(f.Bytes, 2), 2))));
    }

    private sealed class DefinitionField
    {
        public DefinitionField(string name, byte[] schema)
        {
            Name = name;
            var items = Only(Only(schema, 23), 1);
            IsList = items.Length > 0;
            var reference = Encoding.UTF8.GetString(Only(IsList ? items : schema, 1));
            Target = reference.Length == 0 ? null : reference[(reference.LastIndexOf('/') + 1)..];
            Merges = Definition.Extension(schema, "x-kubernetes-patch-strategy").Trim().Trim('"').Split(',').Contains("merge");
            if (!Merges)
                return;
            var list = Definition.Extension(schema, "x-kubernetes-list-map-keys");
            Keys = list.Length > 0 ? [.. Regex.Matches(list, @"- (\S+)").Select(m => m.Groups[1].Value)]
                : Definition.Extension(schema, "x-kubernetes-patch-merge-key").Trim() is { Length: > 0 } key ? [key.Trim('"')] : [];
        }

        public string Name { get; }

        public string? Target { get; }

        public bool IsList { get; }

        public bool Merges { get; }

        public List<string> Keys { get; } = [];
    }
}
