using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Puts the text's values and the state's together as Terraform proposes them to a provider, and finds what differs.</summary>
internal static class ValueChanges
{
    private const int MaxDepth = 100;

    /// <summary>What Terraform proposes: the text's value; where nobody writes one, what the provider gave, or its default.</summary>
    /// <param name="member">The member.</param>
    /// <param name="prior">What was; null for what is made.</param>
    /// <param name="config">What the text says.</param>
    /// <param name="depth">How deep it stands.</param>
    public static TerraformValue Propose(SchemaMember member, TerraformValue? prior, TerraformValue config, int depth = 0)
    {
        if (config.IsUnknown || depth > MaxDepth)
            return config;
        if (member.IsWriteOnly)
            return TerraformValue.NullOf(config.Type);
        if (member.Body is { } body)
        {
            if (IsEmpty(config))
            {
                if (!member.IsComputed)
                    return config;
                return prior is { IsNull: false } ? prior : prior is null ? TerraformValue.Unknown : config;
            }

            switch (member.Nesting)
            {
                case SchemaNesting.List or SchemaNesting.Set:
                    var olds = prior?.Items ?? [];
                    var free = Enumerable.Range(0, olds.Count).ToList();
                    var items = new List<TerraformValue>();
                    for (var i = 0; i < config.Items.Count; i++)
                    {
                        var match = member.Nesting == SchemaNesting.List ? i < olds.Count ? i : -1
                            : free.Find(o => Fits(body, olds[o], config.Items[i], depth + 1)) is var found
                                && free.Contains(found) && Fits(body, olds[found], config.Items[i], depth + 1) ? found : -1;
                        free.Remove(match);
                        items.Add(ProposeBlock(body, match < 0 ? null : olds[match], config.Items[i], depth + 1));
                    }

                    return TerraformValue.Tuple(items).MarkedLike(config);
                case SchemaNesting.Map:
                    return TerraformValue.Object(config.Entries.Select(e => new KeyValuePair<string, TerraformValue>(e.Key,
                        ProposeBlock(body, prior is not null && prior.Entries.TryGetValue(e.Key, out var old) ? old : null, e.Value,
                            depth + 1))));
                default:
                    return ProposeBlock(body, prior is { IsNull: false } ? prior : null, config, depth + 1);
            }
        }

        if (!config.IsNull)
            return config;
        if (prior is { IsNull: false } && (member.IsKept || (member.KeptValue is { } kept
            && TerraformValue.AreEqual(prior, DefaultOf(member, kept)) == true)))
            return prior;
        if (member.IsComputed && (prior is null || !(member.Default is not null && prior.IsNull)))
            return prior ?? (member is { IsReadOnly: false, Default: { } known } ? DefaultOf(member, known)
                : TerraformValue.UnknownOf(member.ValueType));
        return member.Default is { } fallback ? DefaultOf(member, fallback) : config;
    }

    private static TerraformValue DefaultOf(SchemaMember member, string text)
    {
        var type = member.ValueType;
        return Conversion.To(TerraformValue.Of(text), type, out _) ?? TerraformValue.NullOf(type);
    }

    private static TerraformValue ProposeBlock(SchemaBlock schema, TerraformValue? prior, TerraformValue config, int depth)
    {
        if (config.IsUnknown || config.IsNull)
            return config;
        return TerraformValue.Object(schema.Members.Select(m => new KeyValuePair<string, TerraformValue>(m.Name,
            Propose(m, prior is null ? null : Entry(prior, m.Name), Entry(config, m.Name), depth))));
    }

    // Whether an item of a set is the one that the text writes: all that is written is in it.
    private static bool Fits(SchemaBlock schema, TerraformValue old, TerraformValue config, int depth)
    {
        if (depth > MaxDepth || !config.IsWhollyKnown)
            return false;
        foreach (var member in schema.Members)
        {
            var written = Entry(config, member.Name);
            var was = Entry(old, member.Name);
            if (IsEmpty(written) && (member.IsComputed || IsEmpty(was) || member.Default is not null))
                continue;
            if (member.Body is { } body)
            {
                if (!Same(member, was, Propose(member, was, written, depth + 1)))
                    return false;
            }
            else if (!Same(member, was, written))
                return false;
        }

        return true;
    }

    /// <summary>What differs between two values of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="from">What it was.</param>
    /// <param name="to">What it becomes.</param>
    /// <param name="isPending">Whether what is not known of it is another than it was: something behind it changes.</param>
    /// <param name="changes">Where to put them.</param>
    public static void Find(SchemaMember member, TerraformValue from, TerraformValue to, bool isPending, List<ChangedValue> changes)
    {
        if (isPending && !to.IsWhollyKnown && !from.IsWhollyKnown && !member.IsReadOnly && !member.IsWriteOnly)
            changes.Add(new ChangedValue(member.Name, [member.Name], from, to, [member]));
        else
            Find(member, member.Name, [member.Name], [member], from, to, changes, 0);
    }

    private static void Find(SchemaMember member, string path, IReadOnlyList<object> steps, IReadOnlyList<SchemaMember> members,
        TerraformValue from, TerraformValue to, List<ChangedValue> changes, int depth)
    {
        if (member.IsReadOnly || member.IsWriteOnly || Same(member, from, to) || depth > MaxDepth)
            return;
        if (member.Body is { } body && !from.IsUnknown && !to.IsUnknown)
        {
            void Inner(TerraformValue old, TerraformValue now, string at, object? place)
            {
                foreach (var inner in body.Members)
                {
                    Find(inner, $"{at}.{inner.Name}", place is null ? [.. steps, inner.Name] : [.. steps, place, inner.Name],
                        [.. members, inner], Entry(old, inner.Name), Entry(now, inner.Name), changes, depth + 1);
                }
            }

            switch (member.Nesting)
            {
                case SchemaNesting.List:
                    for (var i = 0; i < Math.Max(from.Items.Count, to.Items.Count); i++)
                    {
                        var at = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, i);
                        if (i < from.Items.Count && i < to.Items.Count && !from.Items[i].IsUnknown && !to.Items[i].IsUnknown)
                            Inner(from.Items[i], to.Items[i], at, i);
                        else
                            changes.Add(new ChangedValue(at, [.. steps, i], i < from.Items.Count ? from.Items[i] : TerraformValue.Null,
                                i < to.Items.Count ? to.Items[i] : TerraformValue.Null, members));
                    }

                    return;
                case SchemaNesting.Set:
                    var gone = from.Items.Where(f => !to.Items.Any(t => SameBlock(body, f, t))).ToList();
                    for (var i = 0; i < to.Items.Count; i++)
                    {
                        if (from.Items.Any(f => SameBlock(body, f, to.Items[i])))
                            continue;
                        var at = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, i);
                        // Items of a set have no place: one that came and one that went may be the same, changed.
                        if (gone.Count > 0 && gone.Count <= to.Items.Count)
                        {
                            Inner(gone[0], to.Items[i], at, i);
                            gone.RemoveAt(0);
                        }
                        else
                            changes.Add(new ChangedValue(at, [.. steps, i], TerraformValue.Null, to.Items[i], members));
                    }

                    foreach (var item in gone)
                        changes.Add(new ChangedValue(path, steps, item, TerraformValue.Null, members));
                    return;
                case SchemaNesting.Single or SchemaNesting.Group when !from.IsNull && !to.IsNull:
                    Inner(from, to, path, null);
                    return;
                default:
                    break;
            }
        }

        changes.Add(new ChangedValue(path, steps, from, to, members));
    }

    private static bool SameBlock(SchemaBlock schema, TerraformValue from, TerraformValue to) =>
        !from.IsUnknown && !to.IsUnknown && schema.Members.All(m => m.IsReadOnly || Same(m, Entry(from, m.Name), Entry(to, m.Name)));

    /// <summary>Whether two values of a member say the same to its provider; what is not known says nothing.</summary>
    public static bool Same(SchemaMember member, TerraformValue from, TerraformValue to)
    {
        if (to.IsUnknown || from.IsUnknown)
            return from.IsUnknown && to.IsUnknown;
        if (IsEmpty(from) && IsEmpty(to))
            return true;
        if (member.Body is { } body)
        {
            switch (member.Nesting)
            {
                case SchemaNesting.List:
                    return from.Items.Count == to.Items.Count && from.Items.Zip(to.Items, (f, t) => SameBlock(body, f, t)).All(same =>
                        same);
                case SchemaNesting.Set:
                    return from.Items.Count == to.Items.Count && to.Items.All(t => from.Items.Any(f => SameBlock(body, f, t)));
                case SchemaNesting.Map:
                    return from.Entries.Count == to.Entries.Count && to.Entries.All(t =>
                        from.Entries.TryGetValue(t.Key, out var f) && SameBlock(body, f, t.Value));
                default:
                    return from.IsNull == to.IsNull && (from.IsNull || SameBlock(body, from, to));
            }
        }

        if (TerraformValue.AreEqual(from, to) == true || (member.TakesZeroForNothing && SaysNothing(from, true) && SaysNothing(to, true)))
            return true;
        // A state's text may be a configuration's number where no type is known, and what a provider's library fills in is nothing: null,
        // "", 0 and false say the same within the items of a list.
        if (HoldsAny(member.Type, 0) ? AreAlike(from, to, false) : member.Type.Element?.Kind == SchemaTypeKind.Object && AreAlike(from,
            to, true))
            return true;
        if (from.Text is { } old && to.Text is { } now)
        {
            return member.Stored switch
            {
                StoredForm.Hash => IsHashOf(old, now),
                StoredForm.IgnoringCase => string.Equals(old, now, StringComparison.OrdinalIgnoreCase),
                StoredForm.Json => SameJson(old, now),
                _ => false,
            };
        }

        return false;
    }

    private static bool HoldsAny(SchemaType type, int depth) => depth < 4
        && (type.Kind == SchemaTypeKind.Any ? depth > 0 : type.Element is not null && HoldsAny(type.Element, depth + 1));

    /// <summary>Whether two values say the same where no types are known: a number and its text, a list and a set.</summary>
    /// <param name="was">The one.</param>
    /// <param name="now">The other.</param>
    /// <param name="dropsZero">Whether zero and false say nothing.</param>
    public static bool AreAlike(TerraformValue was, TerraformValue now, bool dropsZero)
    {
        if (was.IsUnknown || now.IsUnknown)
            return false;
        if (SaysNothing(was, dropsZero) && SaysNothing(now, dropsZero))
            return true;
        if (was.Items.Count > 0 || now.Items.Count > 0)
        {
            if (was.Items.Count != now.Items.Count)
                return false;
            return was.Kind == SchemaTypeKind.Set || now.Kind == SchemaTypeKind.Set
                ? now.Items.All(n => was.Items.Any(w => AreAlike(w, n, dropsZero)))
                : was.Items.Zip(now.Items, (w, n) => AreAlike(w, n, dropsZero)).All(alike => alike);
        }

        if (was.Entries.Count > 0 || now.Entries.Count > 0)
        {
            return was.Entries.Keys.Concat(now.Entries.Keys).Distinct(StringComparer.Ordinal)
                .All(key => (dropsZero || (was.Entries.ContainsKey(key) && now.Entries.ContainsKey(key)))
                    && AreAlike(Entry(was, key), Entry(now, key), dropsZero));
        }

        return TerraformValue.AreEqual(was, now) == true
            || (Conversion.To(was, TerraformType.String, out _)?.Text is { } a && a == Conversion.To(now, TerraformType.String,
                out _)?.Text);
    }

    private static bool SaysNothing(TerraformValue value, bool dropsZero) =>
        IsEmpty(value) || (dropsZero && (value.Boolean == false || value.Number?.Sign == 0));

    /// <summary>Whether nothing is said: null, an empty text, an empty collection.</summary>
    public static bool IsEmpty(TerraformValue value) => !value.IsUnknown
        && (value.IsNull || value.Text is "" || (value.Text is null && value.Number is null && value.Boolean is null
            && value.Items.Count == 0 && value.Entries.Count == 0 && !value.IsOpen));

    /// <summary>An attribute of an object.</summary>
    public static TerraformValue Entry(TerraformValue value, string name) =>
        value.Entries.TryGetValue(name, out var found) ? found : value.IsUnknown || value.IsOpen ? TerraformValue.Unknown
            : TerraformValue.Null;

    private static bool IsHashOf(string stored, string text)
    {
        if (stored.Length is not (40 or 64))
            return false;
        if (HashOf(Encoding.UTF8.GetBytes(text), stored.Length) == stored)
            return true;
        try
        {
            return HashOf(Convert.FromBase64String(text), stored.Length) == stored;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // How providers keep such values, not how anything is protected.
    private static string HashOf(byte[] bytes, int length)
    {
#pragma warning disable CA5350
        using HashAlgorithm algorithm = length == 40 ? SHA1.Create() : SHA256.Create();
#pragma warning restore CA5350
        return string.Concat(algorithm.ComputeHash(bytes).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static bool SameJson(string from, string to)
    {
        var (old, now) = (Syntax.Json.JsonLanguage.Instance.ParseDocument(from), Syntax.Json.JsonLanguage.Instance.ParseDocument(to));
        return old.IsWhole && now.IsWhole && old.Root is not null && now.Root is not null
            && CanonicalJson.Of(old.Root, asPlatform: true) == CanonicalJson.Of(now.Root, asPlatform: true);
    }
}
