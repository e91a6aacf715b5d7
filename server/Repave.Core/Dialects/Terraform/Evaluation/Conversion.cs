using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Makes values of one type of values of another, as Terraform does by itself.</summary>
public static class Conversion
{
    // Types nest no deeper than texts do.
    private const int MaxDepth = 200;

    /// <summary>A value as one of a type; null where that cannot be.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type; <see cref="TerraformType.Any"/> within it is filled in from the value.</param>
    /// <param name="reason">Why it cannot be.</param>
    /// <param name="defaults">Evaluates what optional attributes are where they are left out; null leaves them null.</param>
    public static TerraformValue? To(
        TerraformValue value, TerraformType type, out string reason, Func<Syntax.Hcl.HclExpression, TerraformValue>? defaults = null)
    {
        reason = "";
        return Convert(value, type, ref reason, defaults, 0)?.MarkedLike(value);
    }

    private static TerraformValue? Convert(
        TerraformValue value, TerraformType type, ref string reason, Func<Syntax.Hcl.HclExpression, TerraformValue>? defaults, int depth)
    {
        if (depth > MaxDepth)
            return TerraformValue.Unknown;
        if (type.Kind == SchemaTypeKind.Any)
            return value;
        if (value.IsUnknown)
        {
            if (value.Kind == SchemaTypeKind.Any || MayBecome(value.Type, type))
                return TerraformValue.UnknownOf(type);
            reason = Wrong(value.Type, type);
            return null;
        }

        if (value.IsNull)
            return TerraformValue.NullOf(type);
        switch (type.Kind)
        {
            case SchemaTypeKind.String or SchemaTypeKind.Number or SchemaTypeKind.Bool:
                return Primitive(value, type, ref reason);
            case SchemaTypeKind.List or SchemaTypeKind.Set:
                return Sequence(value, type, ref reason, defaults, depth);
            case SchemaTypeKind.Map:
                return Map(value, type, ref reason, defaults, depth);
            case SchemaTypeKind.Object:
                return Object(value, type, ref reason, defaults, depth);
            default:
                if (value.Kind is not (SchemaTypeKind.Tuple or SchemaTypeKind.List) || value.Items.Count != type.Elements.Count)
                {
                    reason = value.Kind == SchemaTypeKind.Tuple ? $"{type.Elements.Count} items are needed" : Wrong(value.Type, type);
                    return null;
                }

                var items = new List<TerraformValue>();
                for (var i = 0; i < value.Items.Count; i++)
                {
                    if (Convert(value.Items[i], type.Elements[i], ref reason, defaults, depth + 1) is not { } item)
                        return null;
                    items.Add(item.MarkedLike(value.Items[i]));
                }

                return TerraformValue.Tuple(items);
        }
    }

    private static TerraformValue? Primitive(TerraformValue value, TerraformType type, ref string reason)
    {
        if (value.Kind == type.Kind)
            return value.Marked(false);
        switch (type.Kind)
        {
            case SchemaTypeKind.String when value.Number is { } number:
                return TerraformValue.Of(number.ToString());
            case SchemaTypeKind.String when value.Boolean is { } truth:
                return TerraformValue.Of(truth ? "true" : "false");
            case SchemaTypeKind.Number when value.Text is { } text && TerraformNumber.Parse(text) is { } parsed:
                return TerraformValue.Of(parsed);
            case SchemaTypeKind.Bool when value.Text is "true" or "1":
                return TerraformValue.True;
            case SchemaTypeKind.Bool when value.Text is "false" or "0":
                return TerraformValue.False;
            case SchemaTypeKind.Number when value.Text is not null:
                reason = "a number is required";
                return null;
            case SchemaTypeKind.Bool when value.Text is not null:
                reason = "true or false is required";
                return null;
            default:
                reason = Wrong(value.Type, type);
                return null;
        }
    }

    private static TerraformValue? Sequence(
        TerraformValue value, TerraformType type, ref string reason, Func<Syntax.Hcl.HclExpression, TerraformValue>? defaults, int depth)
    {
        if (value.Kind is not (SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple))
        {
            reason = Wrong(value.Type, type);
            return null;
        }

        var element = type.Element!;
        var givenItems = value.Items;
        if (Complete(element) is false)
        {
            var given = new List<TerraformType>();
            var partlyConverted = new List<TerraformValue>();
            foreach (var item in value.Items)
            {
                if (Convert(item, element, ref reason, defaults, depth + 1) is not { } partly)
                    return null;
                given.Add(partly.Type);
                partlyConverted.Add(partly.MarkedLike(item));
            }

            // What was left out and is optional has been filled in there.
            givenItems = partlyConverted;

            if (given.Count == 0 && value.Type.Element is { } own)
                given.Add(own);
            if (Unify(given) is not { } unified)
            {
                reason = "all items must have one type";
                return null;
            }

            element = unified;
        }

        var items = new List<TerraformValue>(givenItems.Count);
        foreach (var item in givenItems)
        {
            if (Convert(item, element, ref reason, defaults, depth + 1) is not { } converted)
                return null;
            items.Add(converted.MarkedLike(item));
        }

        return type.Kind == SchemaTypeKind.List ? TerraformValue.List(element, items) : TerraformValue.Set(element, items);
    }

    private static TerraformValue? Map(
        TerraformValue value, TerraformType type, ref string reason, Func<Syntax.Hcl.HclExpression, TerraformValue>? defaults, int depth)
    {
        if (value.Kind is not (SchemaTypeKind.Map or SchemaTypeKind.Object))
        {
            reason = Wrong(value.Type, type);
            return null;
        }

        if (value.IsOpen)
            return TerraformValue.UnknownOf(type);
        var element = type.Element!;
        var givenEntries = value.Entries;
        if (Complete(element) is false)
        {
            var given = new List<TerraformType>();
            var partlyConverted = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
            foreach (var entry in value.Entries)
            {
                if (Convert(entry.Value, element, ref reason, defaults, depth + 1) is not { } partly)
                    return null;
                given.Add(partly.Type);
                partlyConverted[entry.Key] = partly.MarkedLike(entry.Value);
            }

            givenEntries = partlyConverted;

            if (given.Count == 0 && value.Type.Element is { } own)
                given.Add(own);
            if (Unify(given) is not { } unified)
            {
                reason = "all values must have one type";
                return null;
            }

            element = unified;
        }

        var entries = new List<KeyValuePair<string, TerraformValue>>();
        foreach (var entry in givenEntries)
        {
            if (Convert(entry.Value, element, ref reason, defaults, depth + 1) is not { } converted)
                return null;
            entries.Add(new KeyValuePair<string, TerraformValue>(entry.Key, converted.MarkedLike(entry.Value)));
        }

        return TerraformValue.Map(element, entries);
    }

    private static TerraformValue? Object(
        TerraformValue value, TerraformType type, ref string reason, Func<Syntax.Hcl.HclExpression, TerraformValue>? defaults, int depth)
    {
        if (value.Kind is not (SchemaTypeKind.Map or SchemaTypeKind.Object))
        {
            reason = Wrong(value.Type, type);
            return null;
        }

        var entries = new List<KeyValuePair<string, TerraformValue>>();
        foreach (var attribute in type.Attributes)
        {
            TerraformValue? converted;
            if (!value.Entries.TryGetValue(attribute.Key, out var given))
            {
                var isOptional = type.Optional.TryGetValue(attribute.Key, out var standard);
                if (value.IsOpen)
                {
                    converted = TerraformValue.UnknownOf(attribute.Value);
                }
                else if (isOptional)
                {
                    converted = standard is not null && defaults is not null
                        ? Convert(defaults(standard), attribute.Value, ref reason, defaults, depth + 1)
                        : TerraformValue.NullOf(attribute.Value);
                }
                else
                {
                    reason = $"the attribute '{attribute.Key}' is required";
                    return null;
                }
            }
            else if (given.IsNull && defaults is not null && type.Optional.TryGetValue(attribute.Key, out var standard)
                && standard is not null)
            {
                converted = Convert(defaults(standard), attribute.Value, ref reason, defaults, depth + 1);
            }
            else
            {
                converted = Convert(given, attribute.Value, ref reason, defaults, depth + 1)?.MarkedLike(given);
            }

            if (converted is null)
            {
                if (reason.IndexOf("attribute '", StringComparison.Ordinal) < 0)
                    reason = $"of the attribute '{attribute.Key}' {reason}";
                return null;
            }

            entries.Add(new KeyValuePair<string, TerraformValue>(attribute.Key, converted));
        }

        return TerraformValue.Object(entries);
    }

    /// <summary>The type that values of several types can all become; null if there is none.</summary>
    public static TerraformType? Unify(IReadOnlyList<TerraformType> types)
    {
        if (types.Count == 0)
            return TerraformType.Any;
        var first = types[0];
        if (types.All(first.Equals))
            return first;
        if (types.Any(t => t.Kind == SchemaTypeKind.Any))
        {
            // What is not known yet takes whatever the others are.
            var known = types.Where(t => t.Kind != SchemaTypeKind.Any).ToList();
            return known.Count == 0 ? TerraformType.Any : Unify(known);
        }

        if (types.All(t => t.IsPrimitive))
            return types.Any(t => t.Kind == SchemaTypeKind.String) ? TerraformType.String : null;
        if (types.All(t => t.Kind == SchemaTypeKind.Object))
        {
            var names = first.Attributes.Keys;
            if (types.All(t => t.Attributes.Count == first.Attributes.Count && names.All(t.Attributes.ContainsKey)))
            {
                var attributes = new List<KeyValuePair<string, TerraformType>>();
                foreach (var name in names)
                {
                    if (Unify([.. types.Select(t => t.Attributes[name])]) is not { } one)
                        return null;
                    attributes.Add(new KeyValuePair<string, TerraformType>(name, one));
                }

                return TerraformType.Object(attributes);
            }

            return Unify([.. types.SelectMany(t => t.Attributes.Values)]) is { } element ? TerraformType.Map(element) : null;
        }

        if (types.All(t => t.Kind is SchemaTypeKind.Object or SchemaTypeKind.Map))
        {
            return Unify([.. types.SelectMany(t => t.Kind == SchemaTypeKind.Map ? [t.Element!] : t.Attributes.Values)]) is { } element
                ? TerraformType.Map(element) : null;
        }

        if (types.All(t => t.Kind == SchemaTypeKind.Tuple))
        {
            if (types.All(t => t.Elements.Count == first.Elements.Count))
            {
                var elements = new List<TerraformType>();
                for (var i = 0; i < first.Elements.Count; i++)
                {
                    if (Unify([.. types.Select(t => t.Elements[i])]) is not { } one)
                        return null;
                    elements.Add(one);
                }

                return TerraformType.Tuple(elements);
            }

            return Unify([.. types.SelectMany(t => t.Elements)]) is { } element ? TerraformType.List(element) : null;
        }

        if (types.All(t => t.Kind is SchemaTypeKind.Tuple or SchemaTypeKind.List or SchemaTypeKind.Set))
        {
            var inner = Unify([.. types.SelectMany(t => t.Kind == SchemaTypeKind.Tuple ? t.Elements : [t.Element!])]);
            if (inner is null)
                return null;
            return types.All(t => t.Kind != SchemaTypeKind.Set) ? TerraformType.List(inner)
                : types.Any(t => t.Kind == SchemaTypeKind.List) ? TerraformType.List(inner) : TerraformType.Set(inner);
        }

        return null;
    }

    // Whether a value of a type that is not known yet can turn out to be one of another.
    private static bool MayBecome(TerraformType from, TerraformType to)
    {
        if (from.Kind == SchemaTypeKind.Any || to.Kind == SchemaTypeKind.Any || from.Kind == to.Kind)
            return true;
        if (to.IsPrimitive)
            return from.IsPrimitive && (to.Kind == SchemaTypeKind.String || from.Kind == SchemaTypeKind.String);
        return to.Kind switch
        {
            SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple =>
                from.Kind is SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple,
            _ => from.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object,
        };
    }

    private static bool? Complete(TerraformType type) => type.Kind switch
    {
        SchemaTypeKind.Any => false,
        SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Map => Complete(type.Element!),
        SchemaTypeKind.Object => type.Attributes.Values.All(a => Complete(a) is true),
        SchemaTypeKind.Tuple => type.Elements.All(e => Complete(e) is true),
        _ => true,
    };

    private static string Wrong(TerraformType from, TerraformType to) => to.Kind switch
    {
        SchemaTypeKind.Bool => "true or false is required",
        _ => $"a {to} is required, not a {from}",
    };
}
