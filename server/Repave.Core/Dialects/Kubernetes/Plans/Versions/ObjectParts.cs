using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Parts of an object in maps and lists of its own.</summary>
internal static class ObjectParts
{
    /// <summary>A map in a field; null if there is none.</summary>
    public static Dictionary<string, object?>? Map(this Dictionary<string, object?> map, string name) =>
        map.TryGetValue(name, out var value) ? value as Dictionary<string, object?> : null;

    /// <summary>A map in a field, which is made where there is none.</summary>
    public static Dictionary<string, object?> MapOrNew(this Dictionary<string, object?> map, string name)
    {
        if (map.Map(name) is { } there)
            return there;
        var made = New();
        map[name] = made;
        return made;
    }

    /// <summary>The maps of a list in a field.</summary>
    public static IEnumerable<Dictionary<string, object?>> Items(this Dictionary<string, object?> map, string name) =>
        map.TryGetValue(name, out var value) && value is List<object?> list ? list.OfType<Dictionary<string, object?>>() : [];

    /// <summary>A text in a field; null if there is none.</summary>
    public static string? TextAt(this Dictionary<string, object?> map, string name) =>
        map.TryGetValue(name, out var value) && value is ScalarNode scalar ? scalar.Value : null;

    /// <summary>Whether a field has a value.</summary>
    public static bool Has(this Dictionary<string, object?> map, string name) => map.TryGetValue(name, out var value) && value is not null;

    /// <summary>Gives a field a value where it has none.</summary>
    public static void Default(this Dictionary<string, object?> map, string name, object? value)
    {
        if (!map.Has(name))
            map[name] = value;
    }

    /// <summary>Takes a field out.</summary>
    public static object? Take(this Dictionary<string, object?> map, string name)
    {
        map.TryGetValue(name, out var value);
        map.Remove(name);
        return value;
    }

    /// <summary>Gives a field another name.</summary>
    public static void Rename(this Dictionary<string, object?> map, string name, string other)
    {
        if (map.Take(name) is { } value)
            map[other] = value;
    }

    /// <summary>A number, or another plain value, as it is written.</summary>
    public static ScalarNode Plain(string text) => JsonValue.Plain(text);

    /// <summary>A text.</summary>
    public static ScalarNode Text(string text) => JsonValue.Text(text);

    /// <summary>An empty map.</summary>
    public static Dictionary<string, object?> New() => new(StringComparer.Ordinal);
}
