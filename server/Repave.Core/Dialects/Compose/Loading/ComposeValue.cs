using System.Globalization;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>A value of a project while it is put together: what files, overrides and defaults have made of it, and where it
/// is written.</summary>
internal sealed class ComposeValue
{
    private ComposeValue(ValueKind kind, ValuePlace? place) => (Kind, Place) = (kind, place);

    /// <summary>What it is.</summary>
    public ValueKind Kind { get; private init; }

    /// <summary>Where it is written; null where Compose puts it in.</summary>
    public ValuePlace? Place { get; set; }

    /// <summary>The text of a text.</summary>
    public string Text { get; private init; } = "";

    /// <summary>A whole number.</summary>
    public long Integer { get; private init; }

    /// <summary>A number with a fraction.</summary>
    public double Number { get; private init; }

    /// <summary>A truth value.</summary>
    public bool IsTrue { get; private init; }

    /// <summary>The items of a list; empty of anything else.</summary>
    public List<ComposeValue> Items { get; private init; } = Nothing;

    /// <summary>The fields of a mapping; empty of anything else.</summary>
    public Dictionary<string, ComposeValue> Fields { get; private init; } = Empty;

    /// <summary>Where each field's name is written.</summary>
    public Dictionary<string, ValuePlace> KeyPlaces { get; private init; } = NoPlaces;

    // Shared by all values that hold nothing, and never changed.
    private static List<ComposeValue> Nothing { get; } = [];

    private static Dictionary<string, ComposeValue> Empty { get; } = [];

    private static Dictionary<string, ValuePlace> NoPlaces { get; } = [];

    public bool IsNull => Kind == ValueKind.Null;

    public bool IsMap => Kind == ValueKind.Map;

    public bool IsList => Kind == ValueKind.List;

    public bool IsText => Kind == ValueKind.Text;

    public bool IsUnknown => Kind == ValueKind.Unknown;

    /// <summary>The field of a name; null if there is none.</summary>
    public ComposeValue? this[string name] => Fields.TryGetValue(name, out var value) ? value : null;

    public static ComposeValue Null(ValuePlace? place = null) => new(ValueKind.Null, place);

    public static ComposeValue Of(string text, ValuePlace? place = null) => new(ValueKind.Text, place) { Text = text };

    public static ComposeValue Of(long number, ValuePlace? place = null) => new(ValueKind.Integer, place) { Integer = number };

    public static ComposeValue Of(double number, ValuePlace? place = null) => new(ValueKind.Float, place) { Number = number };

    public static ComposeValue Of(bool isTrue, ValuePlace? place = null) => new(ValueKind.Boolean, place) { IsTrue = isTrue };

    public static ComposeValue Unknown(ValuePlace? place) => new(ValueKind.Unknown, place);

    public static ComposeValue List(ValuePlace? place = null, IEnumerable<ComposeValue>? items = null) =>
        new(ValueKind.List, place) { Items = items is null ? [] : [.. items] };

    public static ComposeValue Map(ValuePlace? place = null) =>
        new(ValueKind.Map, place) { Fields = new(StringComparer.Ordinal), KeyPlaces = new(StringComparer.Ordinal) };

    /// <summary>The text of a field that is a text; null of anything else.</summary>
    public string? TextAt(string name) => this[name] is { Kind: ValueKind.Text, Text: var text } ? text : null;

    /// <summary>Sets a field, and where its name is written.</summary>
    public void Set(string name, ComposeValue value, ValuePlace? key = null)
    {
        Fields[name] = value;
        if (key is { } place)
            KeyPlaces[name] = place;
    }

    /// <summary>Takes a field from another mapping.</summary>
    public void Take(string name, ComposeValue from) =>
        Set(name, from.Fields[name], from.KeyPlaces.TryGetValue(name, out var key) ? key : null);

    /// <summary>Where the name of a field is written, or else the value.</summary>
    public ValuePlace? PlaceOf(string name) => KeyPlaces.TryGetValue(name, out var key) ? key : this[name]?.Place ?? Place;

    /// <summary>A copy that can be changed without this one.</summary>
    public ComposeValue Copy()
    {
        switch (Kind)
        {
            case ValueKind.List:
                return List(Place, Items.Select(item => item.Copy()));
            case ValueKind.Map:
                var copy = Map(Place);
                foreach (var (name, value) in Fields)
                    copy.Set(name, value.Copy(), KeyPlaces.TryGetValue(name, out var key) ? key : null);
                return copy;
            default:
                return this;
        }
    }

    /// <summary>A scalar as Go's <c>fmt.Sprint</c> writes it.</summary>
    public string Print() => Kind switch
    {
        ValueKind.Text => Text,
        ValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float => GoNumbers.Format(Number, 'g'),
        ValueKind.Boolean => IsTrue ? "true" : "false",
        ValueKind.Null => "<nil>",
        ValueKind.List => "[" + string.Join(" ", Items.Select(i => i.Print())) + "]",
        ValueKind.Map =>
            "map[" + string.Join(" ", Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}:{f.Value.Print()}"))
                + "]",
        _ => "",
    };

    /// <summary>Whether two values are the same, wherever they stand.</summary>
    public static bool AreEqual(ComposeValue? one, ComposeValue? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (one.Kind != other.Kind)
            return false;
        return one.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Boolean => one.IsTrue == other.IsTrue,
            ValueKind.Integer => one.Integer == other.Integer,
            ValueKind.Float => one.Number.Equals(other.Number),
            ValueKind.Text => one.Text == other.Text,
            ValueKind.List => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items, AreEqual).All(same => same),
            ValueKind.Map => one.Fields.Count == other.Fields.Count && one.Fields.All(f => AreEqual(f.Value, other[f.Key])),
            _ => false,
        };
    }
}

