using System.Globalization;
using System.Text.Json.Nodes;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>
/// The state that applying a configuration would leave, without applying it: what Terraform plans, with words for what only a platform
/// knows. It stands once Terraform itself plans nothing more against it.
/// </summary>
internal sealed class AppliedState
{
    private const int MaxRounds = 12;

    private readonly Dictionary<string, (JsonNode Change, JsonNode Attributes)> _instances = new(StringComparer.Ordinal);

    /// <summary>The state's text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The addresses at rest.</summary>
    public IReadOnlyCollection<string> Addresses => _instances.Keys;

    /// <summary>Makes a state of what a folder's configuration says.</summary>
    /// <param name="terraform">The folder.</param>
    /// <param name="withdraw">Takes resources out of the configuration: those that are refused, or do not come to rest.</param>
    public static AppliedState Of(RealTerraform terraform, Action<IReadOnlyCollection<string>, string> withdraw)
    {
        var state = new AppliedState();
        for (var round = 0; ; round++)
        {
            Assert.True(round < MaxRounds, "The configuration does not come to rest.");
            var (plan, refused, said) = terraform.Plan();
            if (plan is null)
            {
                Assert.True(refused.Count > 0, said);
                withdraw(refused, said);
                continue;
            }

            var changes = plan["resource_changes"]!.AsArray().Where(c => (string)c!["mode"]! == "managed").ToList();
            var moving = changes.Where(c => Actions(c!) is not "no-op").Select(c => (string)c!["address"]!).ToList();
            if (moving.Count == 0)
                return state;
            // Values that wait for others settle in the next rounds; what never settles is no state.
            if (round >= 7)
                withdraw(moving, string.Join('\n', changes.Where(c => Actions(c!) is not "no-op").Take(20).Select(c => Restless(c!))));
            foreach (var change in changes.Where(c => round < 7 || Actions(c!) == "no-op"))
                state.Take(change!);
            foreach (var gone in state._instances.Keys.Except(
                changes.Where(c => Actions(c!) != "delete" && (round < 7 || Actions(c!) == "no-op"))
                .Select(c => (string)c!["address"]!)).ToList())
                state._instances.Remove(gone);
            state.Write(terraform);
        }
    }

    /// <summary>What a plan does with an instance, as its JSON says: <c>delete,create</c>.</summary>
    public static string Actions(JsonNode change) =>
        string.Join(',', change["change"]!["actions"]!.AsArray().Select(a => (string)a!));

    private static string Restless(JsonNode change) => $"{change["address"]} {Actions(change)} "
        + string.Join(", ", (change["change"]!["after"] as JsonObject ?? []).Where(a => change["change"]!["before"]?[a.Key]?.ToJsonString()
            != a.Value?.ToJsonString()).Select(a =>
                $"{a.Key}: {change["change"]!["before"]?[a.Key]?.ToJsonString()} -> {a.Value?.ToJsonString()}"))
        + " " + change["change"]!["after_unknown"]?.ToJsonString();

    private void Take(JsonNode change)
    {
        var address = (string)change["address"]!;
        if (change["change"]!["after"] is not { } after)
            return;
        var type = (string)change["type"]!;
        var before = _instances.TryGetValue(address, out var known) ? known.Attributes : null;
        if (type == "terraform_data")
        {
            var data = new JsonObject { ["id"] = before?["id"]?.DeepClone() ?? Word(address) };
            foreach (var name in (string[])["input", "triggers_replace"])
                data[name] = Dynamic(after[name]);
            data["output"] = data["input"]?.DeepClone();
            _instances[address] = (change, data);
            return;
        }

        var schema = ProviderPacks.Embedded.Provider("hashicorp/aws")!.Resource(type)!.Body;
        _instances[address] = (change, Fill(after, change["change"]!["after_unknown"], before, schema, address));
    }

    // The state keeps the type beside a value that may have any.
    private static JsonObject? Dynamic(JsonNode? value) => value is null ? null : new JsonObject
    {
        ["value"] = value.DeepClone(),
        ["type"] = TypeOf(value),
    };

    private static JsonNode TypeOf(JsonNode value) => value switch
    {
        JsonObject entries => new JsonArray("object", new JsonObject(entries.Select(e =>
            new KeyValuePair<string, JsonNode?>(e.Key, e.Value is null ? "dynamic" : TypeOf(e.Value))))),
        JsonArray items => new JsonArray("tuple", new JsonArray([.. items.Select(i => i is null ? "dynamic" : TypeOf(i))])),
        JsonValue scalar when scalar.TryGetValue<bool>(out _) => "bool",
        JsonValue scalar when scalar.TryGetValue<string>(out _) => "string",
        _ => "number",
    };

    private static JsonObject Fill(JsonNode after, JsonNode? unknown, JsonNode? before, SchemaBlock schema, string path)
    {
        var filled = new JsonObject();
        foreach (var member in schema.Members)
        {
            var (value, open) = (after[member.Name], (unknown as JsonObject)?[member.Name]);
            var old = (before as JsonObject)?[member.Name];
            var at = $"{path}.{member.Name}";
            if (open is JsonValue whole && whole.TryGetValue<bool>(out var isOpen) && isOpen)
                filled[member.Name] = old?.DeepClone() ?? Unwritten(member) ?? Made(member.Type, member.Name, at);
            else if (member.Body is { } body && value is JsonArray items)
            {
                filled[member.Name] = new JsonArray([.. items.Select((item, i) => item is JsonObject
                    ? Fill(item, (open as JsonArray)?.ElementAtOrDefault(i), (old as JsonArray)?.ElementAtOrDefault(i), body, $"{at}{i}")
                    : item?.DeepClone())]);
            }
            else if (member.Body is { } inner && value is JsonObject && member.Nesting is SchemaNesting.Single or SchemaNesting.Group)
                filled[member.Name] = Fill(value, open, old, inner, at);
            else
                filled[member.Name] = Holes(value, open, old, member.Type, member.Name, at);
        }

        return filled;
    }

    // Within lists and objects single values may be open.
    private static JsonNode? Holes(JsonNode? value, JsonNode? open, JsonNode? old, SchemaType type, string name, string path)
    {
        switch (open)
        {
            case JsonValue whole when whole.TryGetValue<bool>(out var isOpen) && isOpen:
                return old?.DeepClone() ?? Made(type, name, path);
            case JsonArray items when value is JsonArray values:
                return new JsonArray([.. Enumerable.Range(0, Math.Max(items.Count, values.Count)).Select(i => Holes(
                    values.ElementAtOrDefault(i), items.ElementAtOrDefault(i), (old as JsonArray)?.ElementAtOrDefault(i),
                    type.Element ?? SchemaType.String, name, $"{path}{i}"))]);
            case JsonObject entries when value is JsonObject values:
                var filled = (JsonObject)values.DeepClone();
                foreach (var (key, hole) in entries)
                {
                    filled[key] = Holes(values[key], hole, (old as JsonObject)?[key], type.Element
                        ?? type.Attributes.FirstOrDefault(a => a.Key == key).Value ?? SchemaType.String, key, $"{path}.{key}");
                }

                return filled;
            default:
                return value?.DeepClone();
        }
    }

    // What an author may write and did not: mostly nothing, where only some words or a number fit.
    private static JsonNode? Unwritten(SchemaMember member) => member.IsReadOnly ? null
        : member.Type.Kind == SchemaTypeKind.Number ? 0
        : member.Type.Kind == SchemaTypeKind.String && (member.Enum is not null || member.Stored == StoredForm.Hash) ? "" : null;

    private static JsonNode? Made(SchemaType type, string name, string path) => type.Kind switch
    {
        SchemaTypeKind.String => name == "arn" ? $"arn:aws:made:us-east-1:123456789012:{Word(path)}" : Word(path),
        SchemaTypeKind.Number => 1,
        SchemaTypeKind.Bool => false,
        SchemaTypeKind.Map => new JsonObject(),
        SchemaTypeKind.Object => new JsonObject(type.Attributes.Select(a =>
            new KeyValuePair<string, JsonNode?>(a.Key, Made(a.Value, a.Key, $"{path}.{a.Key}")))),
        SchemaTypeKind.List or SchemaTypeKind.Set => new JsonArray(),
        _ => null,
    };

    // Short, because names are made of them, and the same in every run.
    private static string Word(string path) =>
        "made-" + path.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)).ToString("x8", CultureInfo.InvariantCulture);

    // A state says which of its values are secrets; one that does not say it is to be updated.
    private static IEnumerable<JsonNode> Secrets(JsonNode? marks, JsonNode[] path)
    {
        switch (marks)
        {
            case JsonValue whole when whole.TryGetValue<bool>(out var isSecret) && isSecret:
                return [new JsonArray([.. path.Select(p => p.DeepClone())])];
            case JsonObject entries:
                return entries.SelectMany(e => Secrets(e.Value, [.. path, new JsonObject { ["type"] = "get_attr", ["value"] = e.Key }]));
            case JsonArray items:
                return items.SelectMany((item, i) => Secrets(item, [.. path, new JsonObject
                {
                    ["type"] = "index",
                    ["value"] = new JsonObject { ["value"] = i, ["type"] = "number" },
                }]));
            default:
                return [];
        }
    }

    private void Write(RealTerraform terraform)
    {
        var resources = new JsonArray();
        foreach (var (change, attributes) in _instances.Values)
        {
            var type = (string)change["type"]!;
            var resource = new JsonObject { ["mode"] = "managed", ["type"] = type, ["name"] = change["name"]!.DeepClone() };
            if ((string?)change["module_address"] is { } module)
                resource["module"] = module;
            resource["provider"] = $"provider[\"{change["provider_name"]}\"]";
            var instance = new JsonObject
            {
                ["schema_version"] = type == "terraform_data" ? 0
                    : ProviderPacks.Embedded.Provider("hashicorp/aws")!.Resource(type)!.Version,
                ["attributes"] = attributes.DeepClone(),
                ["sensitive_attributes"] = new JsonArray([.. Secrets(change["change"]!["after_sensitive"], [])]),
            };
            if (change["index"] is { } index)
            {
                instance["index_key"] = index.DeepClone();
                resource["each"] = index.GetValueKind() == System.Text.Json.JsonValueKind.Number ? "list" : "map";
            }

            var same = resources.FirstOrDefault(r => (string?)r!["module"] == (string?)resource["module"] && (string)r["type"]! == type
                && (string)r["name"]! == (string)resource["name"]!);
            if (same is null)
            {
                resource["instances"] = new JsonArray(instance);
                resources.Add((JsonNode)resource);
            }
            else
                same["instances"]!.AsArray().Add((JsonNode)instance);
        }

        Text = new JsonObject
        {
            ["version"] = 4,
            ["terraform_version"] = "1.11.0",
            ["serial"] = 1,
            ["lineage"] = "00000000-0000-4000-8000-000000000000",
            ["outputs"] = new JsonObject(),
            ["resources"] = resources,
        }.ToJsonString();
        terraform.Write("terraform.tfstate", Text);
    }
}
