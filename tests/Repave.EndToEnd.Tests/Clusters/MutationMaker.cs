using System.Globalization;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>A manifest that was broken, or not, in one place.</summary>
/// <param name="Kind">The kind of the manifest.</param>
/// <param name="How">What was done: misspell, remove, null, type, range, value, empty, twice, graft.</param>
/// <param name="Path">Where, dotted.</param>
/// <param name="To">What stands there now; null where nothing does.</param>
/// <param name="Manifest">The result.</param>
internal sealed record Mutation(string Kind, string How, string Path, string? To, JsonObject Manifest)
{
    /// <summary>Where a misspelled field stands now.</summary>
    public string? Renamed => How == "misspell" && To is { } name ? Path[..(Path.LastIndexOf('.') + 1)] + name
        // Of a list that lost an item, the list is looked at.
        : How == "remove" && Path.EndsWith(']') ? Path[..Path.LastIndexOf('[')] : null;
}

/// <summary>Breaks manifests in one place, as people do: a key misspelled, a value of another type or out of bounds, something missing,
/// twice or beside what it does not go with. What values it tries knows nothing of any field; a graft is a value from the same field
/// elsewhere.</summary>
internal sealed class MutationMaker
{
    // None that a tool would fill in: such are left alone on purpose.
    private static readonly string[] Texts =
    [
        "", " ", "a", "A", "Bad_Name", "not valid", "-a", "a-", "a..b", "a/b", "a/b/c", "/abs", "../up", "10.0.0.300", "10.0.0.1",
        "10.0.0.0/33",
        "::1", "0", "-1", "1.5", "1e3", "100%", "150%", "1Gi", "-1Gi", "10x", "*", "*.a.com", "http", "true", "null", "None", "ä",
        "a b", "a=b", "A_b", "1a", "v1", "apps/v1", "example.com/", "/example", "https://a.example.com", "http://a", "a\nb", "0 0 * * *",
        "1,2",
    ];

    private static readonly double[] Numbers = [-1, 0, 1, 2, 5, 99, 101, 1000, 65535, 65536, 2147483647, 2147483648, 1.5, -2147483649];

    private readonly Random _random;
    private readonly Dictionary<string, List<JsonNode>> _grafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _siblings = new(StringComparer.Ordinal);

    /// <summary>A maker whose grafts come from these manifests.</summary>
    public MutationMaker(int seed, IEnumerable<JsonObject> samples)
    {
        _random = new Random(seed);
        foreach (var sample in samples)
            Learn((string)sample["kind"]!, sample, "");
    }

    /// <summary>One mutation of a manifest; null where what was chosen cannot be done there.</summary>
    public Mutation? Of(JsonObject sample)
    {
        var made = sample.DeepClone().AsObject();
        var kind = (string)made["kind"]!;
        var places = new List<Place>();
        Collect(made, "", "", places);
        var place = places[_random.Next(places.Count)];
        // What a kind is, and what it is called where it is looked for, makes another request of it.
        if (place.Path is "apiVersion" or "kind" or "metadata.namespace")
            return null;
        var how = Any(["misspell", "remove", "null", "type", "range", "value", "value", "empty", "twice", "graft", "graft"]);
        return Do(made, kind, place, how) is { } done ? new Mutation(kind, how, done.Path, done.To, made) : null;
    }

    private (string Path, string? To)? Do(JsonObject made, string kind, Place place, string how)
    {
        var node = place.Get();
        switch (how)
        {
            case "misspell" when place.Key is { Length: > 2 } key:
                return (place.Path, Rename(place.Holder.AsObject(), key, Misspelled(key)));
            case "remove":
                place.Remove();
                return (place.Path, null);
            case "null":
                return Put(place, null);
            case "type":
                return Put(place, OtherType(node));
            case "range" when node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                return Put(place, JsonValue.Create(Any(Numbers)));
            case "value" when node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String:
                return Put(place, JsonValue.Create(_random.Next(12) == 0 ? new string('a', Any([54, 64, 254, 300])) : Any(Texts)));
            case "value" when node is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.True
                or System.Text.Json.JsonValueKind.False:
                return Put(place, JsonValue.Create(!((JsonValue)node!).GetValue<bool>()));
            case "empty" when node is JsonObject { Count: > 0 }:
                return Put(place, new JsonObject());
            case "empty" when node is JsonArray { Count: > 0 }:
                return Put(place, new JsonArray());
            case "twice" when node is JsonArray { Count: > 0 } list:
                list.Add(list[_random.Next(list.Count)]?.DeepClone());
                return (place.Path, "twice");
            case "graft":
                return Graft(kind, place, node);
            default:
                return null;
        }
    }

    // A value of the same field elsewhere, or a field that stands beside these elsewhere.
    private (string Path, string? To)? Graft(string kind, Place place, JsonNode? node)
    {
        if (node is JsonObject map && _siblings.TryGetValue(Scope(kind, place.Shape), out var names))
        {
            var name = Any(names);
            var value = Any(_grafts[Scope(kind, $"{place.Shape}.{name}")]);
            if (JsonNode.DeepEquals(map[name], value))
                return null;
            map[name] = value.DeepClone();
            return ($"{place.Path}.{name}", value.ToJsonString());
        }

        if (!_grafts.TryGetValue(Scope(kind, place.Shape), out var values))
            return null;
        var other = Any(values);
        return JsonNode.DeepEquals(other, node) ? null : Put(place, other.DeepClone());
    }

    private static (string Path, string? To) Put(Place place, JsonNode? value)
    {
        place.Set(value);
        return (place.Path, value?.ToJsonString() ?? "null");
    }

    private static string Rename(JsonObject map, string key, string name)
    {
        var entries = map.ToList();
        map.Clear();
        foreach (var (old, value) in entries)
            map[old == key ? name : old] = value;
        return name;
    }

    private string Misspelled(string key)
    {
        var at = _random.Next(key.Length - 1);
        return _random.Next(3) switch
        {
            0 => key.Remove(at, 1),
            1 => key.Insert(at, key[at].ToString()),
            _ => key[..at] + key[at + 1] + key[at] + key[(at + 2)..],
        };
    }

    private JsonNode? OtherType(JsonNode? node) => node switch
    {
        JsonObject => Any<JsonNode>([JsonValue.Create("text"), new JsonArray(), JsonValue.Create(3), JsonValue.Create(true)]),
        JsonArray => Any<JsonNode>([JsonValue.Create("text"), new JsonObject { ["a"] = "b" }, JsonValue.Create(3)]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String =>
            Any<JsonNode>([JsonValue.Create(7), JsonValue.Create(true), new JsonArray("a"), new JsonObject { ["a"] = "b" }]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number =>
            Any<JsonNode>([JsonValue.Create(value.ToString()), JsonValue.Create("text"), JsonValue.Create(true), new JsonArray(1)]),
        _ => Any<JsonNode>([JsonValue.Create("true"), JsonValue.Create(1), new JsonObject()]),
    };

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    // A pod is a pod wherever it stands.
    private static string Scope(string kind, string shape)
    {
        foreach (var list in (string[])[".containers.[]", ".initContainers.[]", ".volumes.[]"])
        {
            var at = shape.IndexOf(list, StringComparison.Ordinal);
            if (at >= 0)
                return "pod" + shape[(at + list.Length)..] + (list[1] == 'v' ? "!v" : "");
        }

        return kind + shape;
    }

    private void Learn(string kind, JsonNode? node, string shape)
    {
        if (node is null)
            return;
        if (!_grafts.TryGetValue(Scope(kind, shape), out var known))
            _grafts[Scope(kind, shape)] = known = [];
        known.Add(node);
        switch (node)
        {
            case JsonObject map:
                if (!_siblings.TryGetValue(Scope(kind, shape), out var names))
                    _siblings[Scope(kind, shape)] = names = [];
                foreach (var (name, value) in map)
                {
                    if (value is not null && shape.Length > 0 && !names.Contains(name))
                        names.Add(name);
                    Learn(kind, value, $"{shape}.{name}");
                }

                if (names.Count == 0)
                    _siblings.Remove(Scope(kind, shape));
                break;
            case JsonArray list:
                foreach (var item in list)
                    Learn(kind, item, $"{shape}.[]");
                break;
        }
    }

    private static void Collect(JsonNode? node, string path, string shape, List<Place> places)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    places.Add(new Place(map, name, -1, at, $"{shape}.{name}"));
                    Collect(value, at, $"{shape}.{name}", places);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
                    places.Add(new Place(list, null, i, at, $"{shape}.[]"));
                    Collect(list[i], at, $"{shape}.[]", places);
                }

                break;
        }
    }

    private sealed record Place(JsonNode Holder, string? Key, int Index, string Path, string Shape)
    {
        public JsonNode? Get() => Key is null ? Holder[Index] : Holder[Key];

        public void Set(JsonNode? value)
        {
            if (Key is null)
                Holder[Index] = value;
            else
                Holder[Key] = value;
        }

        public void Remove()
        {
            if (Key is null)
                Holder.AsArray().RemoveAt(Index);
            else
                Holder.AsObject().Remove(Key);
        }
    }
}
