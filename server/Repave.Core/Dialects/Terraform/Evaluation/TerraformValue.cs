using System.Text;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>A value: known, null, or not known before something is applied.</summary>
public sealed class TerraformValue
{
    private readonly object? _content;
    private TerraformType? _type;
    private bool? _isWhole;

    // The type of an object or tuple follows from what is in it; most are never asked for it.
    private TerraformValue(TerraformType? type, object? content, bool isUnknown, bool isSensitive, bool isOpen = false)
    {
        (_type, _content, IsUnknown, IsSensitive, IsOpen) = (type, content, isUnknown, isSensitive, isOpen);
    }

    /// <summary>Not known, of a type that is not known.</summary>
    public static TerraformValue Unknown { get; } = new(TerraformType.Any, null, true, false);

    /// <summary>Null of no type.</summary>
    public static TerraformValue Null { get; } = new(TerraformType.Any, null, false, false);

    /// <summary>True.</summary>
    public static TerraformValue True { get; } = new(TerraformType.Bool, true, false, false);

    /// <summary>False.</summary>
    public static TerraformValue False { get; } = new(TerraformType.Bool, false, false, false);

    /// <summary>Its type.</summary>
    public TerraformType Type => _type ??= _content is ValueEntries entries
        ? TerraformType.Object(entries.Select(e => new KeyValuePair<string, TerraformType>(e.Key, e.Value.Type)))
        : TerraformType.Tuple([.. Items.Select(i => i.Type)]);

    /// <summary>What kind of type it has.</summary>
    public SchemaTypeKind Kind => _type?.Kind ?? (_content is ValueEntries ? SchemaTypeKind.Object : SchemaTypeKind.Tuple);

    /// <summary>Whether it is not known at all.</summary>
    public bool IsUnknown { get; }

    /// <summary>Whether it is null.</summary>
    public bool IsNull => !IsUnknown && _content is null;

    /// <summary>Whether something is there: it is neither null nor unknown.</summary>
    public bool HasContent => _content is not null;

    /// <summary>Whether it itself is marked as a secret.</summary>
    public bool IsSensitive { get; }

    /// <summary>Whether it is an object that may have attributes besides those that are known.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether nothing in it is unknown.</summary>
    public bool IsWhollyKnown =>
        _isWhole ??= !IsUnknown && !IsOpen && _content switch
        {
            ValueEntries entries => entries.Values.All(e => e.IsWhollyKnown),
            IReadOnlyList<TerraformValue> items => items.All(i => i.IsWhollyKnown),
            _ => true,
        };

    /// <summary>Whether it or something in it is marked as a secret.</summary>
    public bool HoldsSecrets => IsSensitive || _content switch
    {
        ValueEntries entries => entries.Values.Any(e => e.HoldsSecrets),
        IReadOnlyList<TerraformValue> items => items.Any(i => i.HoldsSecrets),
        _ => false,
    };

    /// <summary>The text; null if it is none.</summary>
    public string? Text => _content as string;

    /// <summary>The number; null if it is none.</summary>
    public TerraformNumber? Number => _content as TerraformNumber;

    /// <summary>The truth value; null if it is none.</summary>
    public bool? Boolean => _content as bool?;

    /// <summary>The items of a list, set or tuple; empty for others. A set's stand in its own order.</summary>
    public IReadOnlyList<TerraformValue> Items => _content as IReadOnlyList<TerraformValue> ?? [];

    /// <summary>The entries of a map or object, by key; empty for others.</summary>
    public IReadOnlyDictionary<string, TerraformValue> Entries => _content as ValueEntries ?? ValueEntries.Empty;

    /// <summary>A text.</summary>
    public static TerraformValue Of(string text) => new(TerraformType.String, text, false, false);

    /// <summary>A number.</summary>
    public static TerraformValue Of(TerraformNumber number) => new(TerraformType.Number, number, false, false);

    /// <summary>A whole number.</summary>
    public static TerraformValue Of(long number) => Of(TerraformNumber.Of(number));

    /// <summary>A truth value.</summary>
    public static TerraformValue Of(bool value) => value ? True : False;

    /// <summary>Not known, of a type.</summary>
    public static TerraformValue UnknownOf(TerraformType type) => type.Kind == SchemaTypeKind.Any ? Unknown : new(type, null, true, false);

    /// <summary>Null of a type.</summary>
    public static TerraformValue NullOf(TerraformType type) => new(type, null, false, false);

    /// <summary>A list whose items have a type.</summary>
    public static TerraformValue List(TerraformType element, IReadOnlyList<TerraformValue> items) =>
        new(TerraformType.List(element), items, false, false);

    /// <summary>A set; of equal items one stays.</summary>
    public static TerraformValue Set(TerraformType element, IEnumerable<TerraformValue> items)
    {
        var all = items.ToList();
        // What is in a set is no secret by itself: the set is.
        var isSensitive = all.Exists(i => i.HoldsSecrets);
        if (isSensitive)
            all = [.. all.Select(i => i.Revealed())];
        if (all.Exists(i => !i.IsWhollyKnown) && all.Count > 1)
            return new TerraformValue(TerraformType.Set(element), null, true, isSensitive);
        var byKey = new SortedDictionary<string, TerraformValue>(StringComparer.Ordinal);
        foreach (var item in all)
        {
            var key = item.SetKey();
            if (!byKey.ContainsKey(key))
                byKey.Add(key, item);
        }

        var sorted = byKey.Values.ToList();
        if (element.Kind == SchemaTypeKind.Number)
            sorted.Sort((a, b) => (a.Number ?? TerraformNumber.Zero).CompareTo(b.Number));
        else if (element.Kind == SchemaTypeKind.String)
            sorted.Sort((a, b) => a.IsNull || b.IsNull ? a.IsNull.CompareTo(b.IsNull) : Utf8Order.Compare(a.Text, b.Text));
        else if (element.Kind == SchemaTypeKind.Bool)
            sorted.Sort((a, b) => (a.Boolean ?? false).CompareTo(b.Boolean ?? false));
        return new TerraformValue(TerraformType.Set(element), sorted, false, isSensitive);
    }

    /// <summary>A tuple.</summary>
    public static TerraformValue Tuple(IReadOnlyList<TerraformValue> items) =>
        new(null, items, false, false);

    /// <summary>A map whose values have a type.</summary>
    public static TerraformValue Map(TerraformType element, IEnumerable<KeyValuePair<string, TerraformValue>> entries) =>
        new(TerraformType.Map(element), ValueEntries.Of(entries), false, false);

    /// <summary>An object.</summary>
    /// <param name="entries">Its attributes.</param>
    /// <param name="isOpen">Whether it may have others that are not known.</param>
    public static TerraformValue Object(IEnumerable<KeyValuePair<string, TerraformValue>> entries, bool isOpen = false) =>
        new(null, ValueEntries.Of(entries), false, false, isOpen);

    /// <summary>The same value as a secret, or not.</summary>
    public TerraformValue Marked(bool isSensitive = true) =>
        isSensitive == IsSensitive ? this : new TerraformValue(_type, _content, IsUnknown, isSensitive, IsOpen);

    /// <summary>The same value, a secret if this or another is one.</summary>
    public TerraformValue MarkedLike(TerraformValue other) => other.IsSensitive ? Marked() : this;

    /// <summary>The same value without any mark in it.</summary>
    public TerraformValue Revealed()
    {
        if (!HoldsSecrets)
            return this;
        object? content = _content switch
        {
            IReadOnlyList<TerraformValue> items => (IReadOnlyList<TerraformValue>)[.. items.Select(i => i.Revealed())],
            ValueEntries entries =>
                ValueEntries.Of(entries.Select(e => new KeyValuePair<string, TerraformValue>(e.Key, e.Value.Revealed()))),
            var other => other,
        };
        return new TerraformValue(_type, content, IsUnknown, false, IsOpen);
    }

    /// <summary>Whether two values are the same; null where that is not known.</summary>
    public static bool? AreEqual(TerraformValue left, TerraformValue right)
    {
        if (left.IsUnknown || right.IsUnknown || left.IsOpen || right.IsOpen)
            return null;
        if (left.IsNull || right.IsNull)
            return left.IsNull && right.IsNull;
        switch (left._content)
        {
            case string text:
                return right.Text is { } otherText && text == otherText;
            case bool truth:
                return right.Boolean is { } otherTruth && truth == otherTruth;
            case TerraformNumber number:
                return right.Number is { } otherNumber && number.Equals(otherNumber);
            case IReadOnlyList<TerraformValue> items:
                if (right._content is not IReadOnlyList<TerraformValue> others || left.Kind != right.Kind)
                    return false;
                if (items.Count != others.Count)
                    return false;
                return Both(items.Zip(others, AreEqual));
            default:
                if (right._content is not ValueEntries otherEntries || left.Kind != right.Kind
                    || otherEntries.Count != left.Entries.Count)
                    return false;
                return Both(left.Entries.Select(e => otherEntries.TryGetValue(e.Key, out var other) ? AreEqual(e.Value, other) : false));
        }
    }

    private static bool? Both(IEnumerable<bool?> results)
    {
        bool? result = true;
        foreach (var one in results)
        {
            if (one == false)
                return false;
            if (one is null)
                result = null;
        }

        return result;
    }

    /// <summary>What tells it from other items of a set, and where it stands among them.</summary>
    internal string SetKey()
    {
        var text = new StringBuilder();
        WriteKey(text);
        return text.ToString();
    }

    private void WriteKey(StringBuilder text)
    {
        switch (_content)
        {
            case null:
                text.Append(IsUnknown ? '?' : '~');
                break;
            case string s:
                text.Append('"').Append(s.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
                break;
            case bool b:
                text.Append(b ? 'T' : 'F');
                break;
            case TerraformNumber number:
                text.Append(number);
                break;
            case IReadOnlyList<TerraformValue> items:
                text.Append(Kind == SchemaTypeKind.Tuple ? '<' : '[');
                foreach (var item in items)
                {
                    item.WriteKey(text);
                    text.Append(';');
                }

                text.Append(Kind == SchemaTypeKind.Tuple ? '>' : ']');
                break;
            default:
                var isMap = Kind == SchemaTypeKind.Map;
                text.Append(isMap ? '{' : '<');
                foreach (var entry in Entries)
                {
                    if (isMap)
                        text.Append('"').Append(entry.Key).Append("\":");
                    entry.Value.WriteKey(text);
                    text.Append(';');
                }

                text.Append(isMap ? '}' : '>');
                break;
        }
    }
}
