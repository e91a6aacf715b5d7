using System.Globalization;
using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Shapes;

/// <summary>How a reader takes values.</summary>
public sealed class ShapeReading
{
    /// <summary>JSON Schema over YAML 1.2: what editors and JSON validators do.</summary>
    public static ShapeReading JsonSchema { get; } = new();

    /// <summary>Whether scalars are taken as the platform takes them, or else as JSON Schemas do.</summary>
    public bool AsPlatform { get; set; }

    /// <summary>Whether null counts as absent wherever it stands.</summary>
    public bool NullIsAbsent { get; set; }

    /// <summary>Whether fields that a schema only documents as required are demanded too.</summary>
    public bool DemandsDocumented { get; set; } = true;

    /// <summary>Says what is wrong with a text of a format, or null if nothing (also for formats it does not know).</summary>
    public Func<string, string, string?> CheckFormat { get; set; } = JsonFormats.Check;

    /// <summary>Whether a reader turns scalars into what is wanted where their text allows it ("80" is a number, true is a text).</summary>
    public bool CoercesScalars { get; set; }

    /// <summary>What may stand in a node's place once it is evaluated (the branches of a condition; none if nothing is known); null for a
    /// node that stands for itself.</summary>
    public Func<Node, IReadOnlyList<Node>?>? Alternatives { get; set; }

    /// <summary>The kinds of value that a node without known <see cref="Alternatives"/> gives once it is evaluated, and what people call
    /// it;
    /// null if any.</summary>
    public Func<Node, (ShapeTypes Kinds, string Name)?>? Gives { get; set; }

    /// <summary>Says why what a node gives once it is evaluated is not of a format; null if it is, or that is not known.</summary>
    public Func<Node, string, string?>? CheckGivenFormat { get; set; }

    /// <summary>Whether a field is there once its value is evaluated; null if that is not known. Null where every field that is written
    /// is there.</summary>
    public Func<Node, bool?>? IsThere { get; set; }
    /// <summary>Tells the nodes that stand for something which is filled in later: nothing is said of them.</summary>
    public Func<ScalarNode, bool>? IsFilledIn { get; set; }

    /// <summary>Whether a null in a field that takes none is dropped before anything is checked, as if it were not written.</summary>
    public bool PrunesNull { get; set; }

    /// <summary>Tells the nodes whose values may be shown in no message; null where all may.</summary>
    public Func<Node, bool>? Hides { get; set; }
}

/// <summary>Validates a node against a shape. Reads the tree once, follows aliases and merge keys, and never throws.</summary>
public sealed class ShapeValidator
{
    // Schemas whose alternatives multiply would ask for any number of steps.
    private const int MaxSteps = 1_000_000;

    private readonly ShapeReading _reading;
    private readonly List<ShapeIssue> _issues = [];
    private readonly Steps _steps;
    private readonly HashSet<(MapNode, string, string)> _together = [];
    private ScalarNode? _keepsEmpty;
    private int _depth;

    private ShapeValidator(ShapeReading reading, Steps steps) => (_reading, _steps) = (reading, steps);

    /// <summary>Everything in which the node breaks the shape, in the order of the text.</summary>
    /// <param name="node">The value.</param>
    /// <param name="shape">What it should be.</param>
    /// <param name="reading">How its scalars are taken.</param>
    /// <param name="path">The path of the node itself; empty for a resource's root.</param>
    public static IReadOnlyList<ShapeIssue> Validate(Node node, Shape shape, ShapeReading reading, string path = "")
    {
        var steps = new Steps();
        var validator = new ShapeValidator(reading, steps);
        validator.Check(node, shape, path);
        if (steps.Count <= MaxSteps)
            return validator._issues;
        // What was found by then says nothing: alternatives that were not looked into count as they happen to.
        return [new ShapeIssue(ShapeIssueKind.TooManySteps, node, SpanOf(node), path,
            "The schema's alternatives multiply so much that this was not checked against it.")];
    }

    /// <summary>How many steps a validation took, with all that was tried on the way.</summary>
    private sealed class Steps
    {
        public int Count { get; set; }
    }

    private bool Holds(Node node, Shape shape, string path)
    {
        var inner = new ShapeValidator(_reading, _steps) { _depth = _depth };
        inner.Check(node, shape, path);
        return inner._issues.Count == 0;
    }

    private void Check(Node node, Shape shape, string path)
    {
        // What an expression gives is unknown until it is evaluated.
        if (node.Resolved is not { } value || value is ExpressionNode || _depth > SyntaxLimits.Depth || ++_steps.Count > MaxSteps)
            return;
        if (_reading.Alternatives?.Invoke(value) is { } alternatives)
        {
            if (alternatives.Count == 0)
                CheckGiven(value, shape, path);
            _depth++;
            foreach (var alternative in alternatives)
                Check(alternative, shape, path);
            _depth--;
            return;
        }

        _depth++;
        if (value is ScalarNode scalar && KindOf(scalar) == ScalarKind.Null && _reading.NullIsAbsent)
        {
            _depth--;
            return;
        }

        if (value is ScalarNode filledIn && _reading.IsFilledIn?.Invoke(filledIn) == true)
        {
            _depth--;
            return;
        }

        if (CheckType(value, shape, path))
        {
            switch (value)
            {
                case MapNode mapping:
                    CheckMapping(mapping, shape, path);
                    break;
                case ListNode sequence:
                    CheckSequence(sequence, shape, path);
                    break;
                case ScalarNode text:
                    CheckScalar(text, shape, path);
                    break;
            }

            CheckEnum(value, shape, path);
            CheckCombinations(value, shape, path);
        }

        _depth--;
    }

    private void CheckGiven(Node value, Shape shape, string path)
    {
        if (shape.Format is { } format && _reading.CheckGivenFormat?.Invoke(value, format) is { } reason)
            _issues.Add(new ShapeIssue(ShapeIssueKind.Malformed, value, SpanOf(value), path, $"'{path}' {reason}.")
            {
                // Some lists of ids take names too.
                IsUnsure = value.Parent is ListNode,
            });
        if (_reading.Gives?.Invoke(value) is not var (kinds, name))
            return;
        // Scalars become what is wanted.
        const ShapeTypes scalars = ShapeTypes.String | ShapeTypes.Number | ShapeTypes.Boolean;
        var wanted = (shape.Types & scalars) != 0 ? shape.Types | scalars : shape.Types;
        if ((kinds & wanted) == 0)
            Add(ShapeIssueKind.WrongType, value, path, $"'{path}' must be {Describe(shape)}, not "
                + $"{((kinds & ShapeTypes.Array) != 0 ? "the list" : (kinds & ShapeTypes.Object) != 0 ? "the mapping"
                    : "the one text")} that {name} gives.");
    }

    private ScalarKind KindOf(ScalarNode scalar) => scalar.KindAs(_reading.AsPlatform);

    private ShapeTypes TypeOf(Node node) => node switch
    {
        MapNode => ShapeTypes.Object,
        ListNode => ShapeTypes.Array,
        ScalarNode scalar => KindOf(scalar) switch
        {
            ScalarKind.Null => ShapeTypes.Null,
            ScalarKind.Boolean => ShapeTypes.Boolean,
            ScalarKind.Integer => ShapeTypes.Integer,
            ScalarKind.Float => scalar.Integer is null ? ShapeTypes.Number & ~ShapeTypes.Integer : ShapeTypes.Integer,
            _ => ShapeTypes.String,
        },
        _ => ShapeTypes.Null,
    };

    private bool CheckType(Node value, Shape shape, string path)
    {
        var type = TypeOf(value);
        if ((shape.Types & type) != 0 || (_reading.CoercesScalars && value is ScalarNode text && Coerces(text, shape.Types)))
            return true;
        _issues.Add(new ShapeIssue(ShapeIssueKind.WrongType, value, SpanOf(value), path, TypeMessage(value, type, shape,
            path))
        { Expected = shape.Types });
        return false;
    }

    private static bool Coerces(ScalarNode scalar, ShapeTypes types) =>
        (types & ShapeTypes.String) != 0
        || ((types & ShapeTypes.Boolean) != 0 && scalar.Value.ToLowerInvariant() is "true" or "false")
        || ((types & ShapeTypes.Number) != 0 && scalar.Reading.NumberOf(scalar.Value.Trim()) is not null)
        || ((types & ShapeTypes.Integer) != 0 && scalar.Reading.IntegerOf(scalar.Value.Trim()) is not null);

    private string TypeMessage(Node value, ShapeTypes type, Shape shape, string path)
    {
        var field = path.Length == 0 ? "This" : $"'{path}'";
        if (shape.Types == ShapeTypes.None)
            return $"{field} is not allowed here.";
        var message = $"{field} must be {Describe(shape)}, not {DescribeValue(value, type)}.";
        if (value is not ScalarNode scalar)
            return message;
        var wantsText = (shape.Types & ShapeTypes.String) != 0;
        if (wantsText && scalar.Style == NodeStyle.Plain
            && type is (ShapeTypes.Boolean or ShapeTypes.Integer or (ShapeTypes.Number & ~ShapeTypes.Integer)))
            return message + " Put it in quotes to make it text.";
        var wantsNumber = (shape.Types & ShapeTypes.Number) != 0 || (shape.Types & ShapeTypes.Boolean) != 0;
        if (wantsNumber && type == ShapeTypes.String && scalar.Style is (NodeStyle.DoubleQuoted or NodeStyle.SingleQuoted)
            && (shape.Types & PlainType(scalar)) != 0)
            return message + " Remove the quotes.";
        return message;
    }

    private ShapeTypes PlainType(ScalarNode scalar) => scalar.Reading.KindOfPlain(scalar.Value, _reading.AsPlatform) switch
    {
        ScalarKind.Boolean => ShapeTypes.Boolean,
        ScalarKind.Integer => ShapeTypes.Integer,
        ScalarKind.Float => ShapeTypes.Number & ~ShapeTypes.Integer,
        _ => ShapeTypes.None,
    };

    private static string Describe(Shape shape)
    {
        if (shape.Format is "quantity")
            return "a quantity such as 500m or 128Mi";
        var names = new List<string>();
        if ((shape.Types & ShapeTypes.String) != 0)
            names.Add("a string");
        if ((shape.Types & ShapeTypes.Number) == ShapeTypes.Number)
            names.Add("a number");
        else if ((shape.Types & ShapeTypes.Integer) != 0)
            names.Add("a whole number");
        if ((shape.Types & ShapeTypes.Boolean) != 0)
            names.Add("true or false");
        if ((shape.Types & ShapeTypes.Object) != 0)
            names.Add("a mapping");
        if ((shape.Types & ShapeTypes.Array) != 0)
            names.Add("a list");
        if (names.Count == 0)
            names.Add("null");
        return string.Join(" or ", names);
    }

    private string DescribeValue(Node value, ShapeTypes type)
    {
        var scalar = value as ScalarNode;
        var shown = scalar is not null && !IsHidden(scalar) && scalar.Value.Length is > 0 and <= 40 && !scalar.Value.Contains('\n')
            ? scalar.Value
            : null;
        return type switch
        {
            ShapeTypes.Null => "null",
            ShapeTypes.Boolean when shown is null => "a boolean",
            ShapeTypes.Boolean when shown is "true" or "false" => $"the boolean {shown}",
            ShapeTypes.Boolean =>
                $"'{shown}', which {scalar!.Reading.Name} reads as the boolean {(scalar.Reading.BooleanOf(shown) ? "true" : "false")}",
            ShapeTypes.Array => "a list",
            ShapeTypes.Object => "a mapping",
            ShapeTypes.String => shown is null ? "a string" : $"the string \"{shown}\"",
            _ when shown is null => "a number",
            _ when shown.Length > 1 && shown[0] == '0' && scalar!.Integer is { } octal
                && octal.ToString(CultureInfo.InvariantCulture) != shown =>
                $"the number {shown} (which {scalar.Reading.Name} reads as {octal})",
            _ => $"the number {shown}",
        };
    }

    private void CheckMapping(MapNode mapping, Shape shape, string path)
    {
        var count = 0;
        foreach (var entry in mapping.AllEntries)
        {
            count++;
            if (entry.Name is not { } name)
            {
                Add(ShapeIssueKind.WrongType, entry.Key, path,
                    $"A key of '{(path.Length == 0 ? "the document" : path)}' must be plain text, not a collection.");
                continue;
            }

            if (shape.KeyFormat is { } keyFormat && _reading.CheckFormat(keyFormat, name) is { } reason)
                _issues.Add(new ShapeIssue(ShapeIssueKind.Malformed, entry.Key, entry.Key.Span, FieldPath.Append(path, name),
                    $"The key \"{name}\" of '{path}' is malformed: {reason}."));
            CheckEntry(mapping, entry, name, shape, FieldPath.Append(path, name));
        }

        if (shape.Fields is not null)
            CheckPresence(mapping, shape.Fields, path);
        foreach (var demand in shape.Demands)
            CheckDemand(mapping, demand, path);
        if (shape.MinFields is { } fewest && count < fewest)
            Add(ShapeIssueKind.OutOfRange, mapping, path, $"'{path}' must have at least {fewest} entries, not {count}.");
        if (shape.MaxFields is { } most && count > most)
            Add(ShapeIssueKind.OutOfRange, mapping, path, $"'{path}' may have at most {most} entries, not {count}.");
    }

    private void CheckEntry(MapNode mapping, MapEntry entry, string name, Shape shape, string path)
    {
        var known = false;
        if (entry is { Meant: not null, Key: ScalarNode written })
            AddUnknown(mapping, entry, written.Value, shape, path.Substring(0, path.Length - name.Length) + written.Value);
        if (shape.Fields?[name] is { } field)
        {
            known = true;
            if (field.KeepsEmpty && _reading.NullIsAbsent && field.Shape.Enum is not null
                && entry.Value.Resolved is ScalarNode { Value.Length: 0, IsNull: false } empty && KindOf(empty) == ScalarKind.String)
                _keepsEmpty = empty;
            if (!IsPruned(entry.Value, field.Shape))
                Check(entry.Value, field.Shape, path);
        }

        foreach (var (pattern, patternShape) in shape.PatternFields)
        {
            if (pattern.Decides(name) == false)
                continue;
            known = true;
            Check(entry.Value, patternShape, path);
        }

        if (known)
            return;
        if (shape.Additional is { } additional)
        {
            if (!IsPruned(entry.Value, additional))
                Check(entry.Value, additional, path);
        }
        else if (!shape.AllowsUnknown && (shape.Fields is not null || shape.PatternFields.Count > 0))
            AddUnknown(mapping, entry, name, shape, path);
    }

    private bool IsPruned(Node value, Shape shape) =>
        _reading.PrunesNull && (shape.Types & ShapeTypes.Null) == 0 && value.Resolved is ScalarNode scalar
            && KindOf(scalar) == ScalarKind.Null;

    private void AddUnknown(MapNode mapping, MapEntry entry, string name, Shape shape, string path)
    {
        var nearest = entry.Meant ?? shape.Fields?.Nearest(name);
        var where = path.Length == name.Length ? "here" : $"in '{path.Substring(0, path.Length - name.Length).TrimEnd('.', '[')}'";
        var message = nearest is null ? $"Unknown field '{name}' {where}." : $"Unknown field '{name}' {where}; did you mean '{nearest}'?";
        var isSure = nearest is not null && (entry.Meant is not null || mapping.Find(nearest) is null)
            && Holds(entry.Value, shape.Fields![nearest]!.Shape, path);
        _issues.Add(
            new ShapeIssue(ShapeIssueKind.UnknownField, entry.Key, entry.Key.Span, path, message, nearest) { IsSuggestionSure = isSure });
    }

    private void CheckPresence(MapNode mapping, ShapeFields fields, string path)
    {
        foreach (var field in fields.All)
        {
            var demanded = field.Presence != Presence.Optional && (field.Presence != Presence.Documented || _reading.DemandsDocumented);
            if (!demanded && !field.IsValue)
                continue;
            var entry = mapping.Find(field.Name);
            var present = entry?.Value.Resolved;
            var absent = entry is null || (_reading.NullIsAbsent && (present is null or ScalarNode { IsNull: true }))
                || (present is not null && _reading.IsThere?.Invoke(present) == false)
                || IsPruned(entry.Value, field.Shape);
            if (field.IsValue && absent && CheckAbsentValue(mapping, field.Shape, FieldPath.Append(path, field.Name), 0))
                continue;
            if (!demanded)
                continue;
            if (!absent && (field.Presence != Presence.NotEmpty || !IsEmpty(present)))
                continue;
            var fieldPath = FieldPath.Append(path, field.Name);
            if (entry is null)
                _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, mapping, Anchor(mapping), fieldPath,
                    $"The field '{field.Name}' is required{(path.Length == 0 ? "" : $" in '{path}'")} and missing."));
            else
                _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, mapping, entry.Span, fieldPath,
                    $"The field '{field.Name}' is required{(path.Length == 0 ? "" : $" in '{path}'")} and empty."));
        }
    }

    private void CheckDemand(MapNode mapping, FieldDemand demand, string path)
    {
        if (demand.Field is { } field && (IsThere(mapping, field) != true
            || demand.Kind == FieldDemandKind.Excludes && IsEmptyList(mapping, field)))
            return;
        var there = demand.Fields.Where(f => IsThere(mapping, f) == true).ToList();
        // A list of nothing is set beside what excludes it by those who list every property.
        var filled = there.Where(f => !IsEmptyList(mapping, f)).ToList();
        var mayBe = demand.Fields.Where(f => IsThere(mapping, f) is null).ToList();
        var where = path.Length == 0 ? "" : $" in '{path}'";
        switch (demand.Kind)
        {
            case FieldDemandKind.One or FieldDemandKind.Some when there.Count + mayBe.Count == 0:
                AddMissing(mapping, path, demand.Fields.Count == 1 ? $"The field '{demand.Fields[0]}' is required{where} and missing."
                    : $"One of {QuotedNames.Of(demand.Fields)} is required{where}.");
                break;
            case FieldDemandKind.One when filled.Count > 1:
                AddTogether(mapping, filled[1], path,
                    $"Only one of {QuotedNames.Of(demand.Fields)} may stand{where}, not {QuotedNames.Of(filled)}.");
                break;
            case FieldDemandKind.Needs:
                foreach (var missing in demand.Fields.Where(f => !there.Contains(f) && !mayBe.Contains(f)))
                    _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, mapping, mapping.Find(demand.Field!)!.Key.Span,
                        FieldPath.Append(path, missing),
                            $"The field '{missing}' is required{where} where '{demand.Field}' is, and missing."));
                break;
            case FieldDemandKind.Excludes:
                foreach (var surplus in filled)
                    AddTogether(mapping, surplus, path, $"The field '{surplus}' may not stand{where} beside '{demand.Field}'.",
                        demand.Field);
                break;
        }
    }

    private bool? IsThere(MapNode mapping, string field)
    {
        if (mapping.Find(field)?.Value.Resolved is not { } value)
            return false;
        return _reading.IsThere is { } ask ? ask(value) : true;
    }

    private static bool IsEmptyList(MapNode mapping, string field) => mapping.Find(field)?.Value.Resolved is ListNode { Items.Count: 0 };

    private void AddMissing(MapNode mapping, string path, string message) =>
        _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, mapping, Anchor(mapping), path, message));

    // Two fields that exclude each other are one mistake, said once.
    private void AddTogether(MapNode mapping, string field, string path, string message, string? beside = null)
    {
        if (beside is not null && !_together.Add((mapping, string.CompareOrdinal(field, beside) < 0 ? field : beside,
            string.CompareOrdinal(field, beside) < 0 ? beside : field)))
            return;
        var key = mapping.Find(field)!.Key;
        _issues.Add(new ShapeIssue(ShapeIssueKind.NotAllowed, key, key.Span, FieldPath.Append(path, field), message));
    }

    // An absent structure that the platform takes for an empty one lacks whatever it must hold. Tells whether anything is lacking.
    private bool CheckAbsentValue(MapNode holder, Shape shape, string path, int depth)
    {
        var lacks = false;
        if (shape.Fields is null || depth > 8)
            return false;
        foreach (var field in shape.Fields.All)
        {
            var fieldPath = FieldPath.Append(path, field.Name);
            if (field.IsValue && CheckAbsentValue(holder, field.Shape, fieldPath, depth + 1))
            {
                lacks = true;
            }
            else if (field.Presence is Presence.Required or Presence.NotEmpty)
            {
                lacks = true;
                _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, holder, Anchor(holder), fieldPath,
                    $"The field '{fieldPath}' is required and missing."));
            }
        }

        return lacks;
    }

    private static bool IsEmpty(Node? node) => node switch
    {
        null => true,
        ScalarNode scalar => scalar.Value.Length == 0,
        MapNode mapping => mapping.AllEntries.Count == 0,
        ListNode sequence => sequence.Items.Count == 0,
        _ => false,
    };

    /// <summary>What to underline for a node: a scalar itself, a collection at the key that introduces it, so that an editor does not
    /// underline half a file.</summary>
    public static TextSpan Underline(Node node) => node is ScalarNode { Span.Length: > 0 } ? node.Span : Anchor(node);

    /// <summary>What to underline for something that a mapping lacks: the key that introduces it, or else its first key.</summary>
    public static TextSpan Anchor(Node node)
    {
        if (node.Parent is MapNode parent && parent.EntryOf(node) is { } entry && entry.Value == node)
            return entry.Key.Span;

        return node switch
        {
            MapNode { Entries.Count: > 0, Style: NodeStyle.Plain } mapping => mapping.Entries[0].Key.Span,
            _ => node.Span,
        };
    }

    private void CheckSequence(ListNode sequence, Shape shape, string path)
    {
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var itemShape = shape.Tuple is { } tuple && i < tuple.Count ? tuple[i] : shape.Items;
            if (itemShape is not null)
                CheckItem(sequence.Items[i], itemShape, $"{path}[{i}]");
        }

        if (shape.MinItems is { } fewest && CountOf(sequence, withDoubt: true) is var atMost && atMost < fewest)
            Add(ShapeIssueKind.OutOfRange, sequence, path, $"'{path}' must have at least {fewest} items, not {atMost}.");
        if (shape.MaxItems is { } most && CountOf(sequence, withDoubt: false) is var atLeast && atLeast > most)
            Add(ShapeIssueKind.OutOfRange, sequence, path, $"'{path}' may have at most {most} items, not {atLeast}.");
        if (shape.UniqueItems || (shape.RefusesDuplicates && shape.ListKind == ListKind.Set))
            CheckDuplicates(sequence, path, ItemOf, "Duplicate item in '{0}'.");
        else if (shape.ListKind == ListKind.Map && shape.ListKeys.Count > 0)
            CheckDuplicates(sequence, path, item => KeyOf(item, shape.ListKeys), DuplicateKeyMessage(shape),
                shape.ListKeys.Count == 1 ? shape.ListKeys[0] : null, shape.RefusesDuplicates);
    }

    // How many items there are: with those that may be there, or only those that are.
    private int CountOf(ListNode sequence, bool withDoubt)
    {
        if (_reading.IsThere is not { } isThere)
            return sequence.Items.Count;
        var count = 0;
        foreach (var item in sequence.Items)
        {
            if (item.Resolved is not { } value || (isThere(value) ?? withDoubt))
                count++;
        }

        return count;
    }

    // What an item is; null if that is known only once it is evaluated.
    private string? ItemOf(Node item)
    {
        if (item.Resolved is not { } value || _reading.Alternatives?.Invoke(value) is not null)
            return null;
        var text = CanonicalJson.Of(item, _reading.AsPlatform);
        if (_reading.Alternatives is null)
            return text;
        // Values beneath that are evaluated differ by how they are written.
        var tags = new StringBuilder(text);
        AppendTags(value, tags, 0);
        return tags.ToString();
    }

    private static void AppendTags(Node node, StringBuilder tags, int depth)
    {
        if (depth > SyntaxLimits.Depth || node.Resolved is not { } value)
            return;
        tags.Append('|').Append(value.Tag);
        if (value is MapNode mapping)
        {
            foreach (var entry in mapping.Entries)
                AppendTags(entry.Value, tags, depth + 1);
        }
        else if (value is ListNode sequence)
        {
            foreach (var item in sequence.Items)
                AppendTags(item, tags, depth + 1);
        }
    }

    private static string DuplicateKeyMessage(Shape shape) =>
        "Another item of '{0}' has the "
        + $"same {string.Join(" and ", shape.ListKeys)}{(shape.RefusesDuplicates ? "." : "; applying keeps only one of them.")}";

    // An absent item (a dash with nothing behind it) is null in Go's lists too and becomes the zero value, which required fields
    // then refuse.
    private void CheckItem(Node item, Shape shape, string path)
    {
        if (_reading.NullIsAbsent && item.Resolved is ScalarNode { IsNull: true } absent && shape.Types == ShapeTypes.Object
            && shape.Fields is { } fields
            && fields.All.FirstOrDefault(f => f.Presence is Presence.Required or Presence.NotEmpty) is { } missing)
        {
            _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, absent, item.Span, FieldPath.Append(path, missing.Name),
                $"The item '{path}' is empty, and its field '{missing.Name}' is required."));
            return;
        }

        if (_reading.NullIsAbsent && item.Resolved is ScalarNode { IsNull: true } nothing && shape.Types == ShapeTypes.String
            && ((shape.Enum is { } allowed && !allowed.Contains("\"\""))
                || (shape.Format is { } format && _reading.CheckFormat(format, "") is not null)))
        {
            _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, nothing, SpanOf(nothing), path, $"The item '{path}' is empty."));
            return;
        }

        Check(item, shape, path);
    }

    private static string? KeyOf(Node item, IReadOnlyList<string> keys)
    {
        if (item.Resolved is not MapNode mapping)
            return null;
        if (keys.Count == 1)
            return mapping.TextAt(keys[0]);
        return mapping.TextAt(keys[0]) is null ? null : string.Join("\u0001", keys.Select(key => mapping.TextAt(key) ?? ""));
    }

    private void CheckDuplicates(
        ListNode sequence, string path, Func<Node, string?> keyOf, string message, string? keyField = null, bool isRefused = true)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (keyOf(sequence.Items[i]) is not { } key || seen.Add(key))
                continue;
            var at = keyField is null ? null : sequence.Items[i][keyField];
            var node = at ?? sequence.Items[i];
            var place = at is null ? $"{path}[{i}]" : $"{path}[{i}].{keyField}";
            _issues.Add(new ShapeIssue(ShapeIssueKind.DuplicateItem, node, SpanOf(node), place, string.Format(CultureInfo.InvariantCulture,
                message, path))
            {
                IsRefused = isRefused,
                // Which structures are the same is the platform's to say, which fills some of their fields in.
                IsUnsure = _reading.Alternatives is not null && sequence.Items[i].Resolved is MapNode,
            });
        }
    }

    private void CheckScalar(ScalarNode scalar, Shape shape, string path)
    {
        var kind = KindOf(scalar);
        if (_reading.CoercesScalars)
        {
            // What is written is turned into what is wanted, and that is checked.
            if (shape.Types == ShapeTypes.String)
                CheckText(scalar, shape, path);
            else if ((shape.Types & ShapeTypes.Number) != 0 && scalar.Reading.NumberOf(scalar.Value.Trim()) is { } number)
                CheckNumber(scalar, number, shape, path);
            return;
        }

        if (kind is ScalarKind.Integer or ScalarKind.Float && scalar.Number is { } written)
            CheckNumber(scalar, written, shape, path);
        if (kind == ScalarKind.String)
            CheckText(scalar, shape, path);
        // Quantities and ports may be written as numbers and have a grammar then too.
        else if (shape.Format is { } format && (shape.Types & ShapeTypes.String) != 0 && kind is ScalarKind.Integer or ScalarKind.Float)
            CheckFormat(scalar, format, path);
    }

    private void CheckNumber(ScalarNode scalar, double number, Shape shape, string path)
    {
        if (shape.Format is ("int32" or "int-or-string") && (number < int.MinValue || number > int.MaxValue))
            Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must fit a 32-bit whole number.");
        else if (shape.Format is "int64" && scalar.Reading.IntegerOf(scalar.Value.Trim()) is null)
            Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must fit a 64-bit whole number.");
        else if (shape.Minimum is { } minimum && (shape.ExclusiveMinimum ? number <= minimum : number < minimum))
            Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must "
                + $"be {(shape.ExclusiveMinimum ? "greater than" : "at least")} {CanonicalJson.Number(minimum)}, not {Shown(scalar)}.");
        else if (shape.Maximum is { } maximum && (shape.ExclusiveMaximum ? number >= maximum : number > maximum))
            Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must "
                + $"be {(shape.ExclusiveMaximum ? "less than" : "at most")} {CanonicalJson.Number(maximum)}, not {Shown(scalar)}.");
        else if (shape.MultipleOf is { } step && step > 0 && !IsMultiple(number, step))
            Add(ShapeIssueKind.OutOfRange, scalar, path,
                $"'{path}' must be a multiple of {CanonicalJson.Number(step)}, not {Shown(scalar)}.");
    }

    private static bool IsMultiple(double number, double step)
    {
        if (Math.Abs(number) < 1e12 && step > 1e-12)
        {
            try
            {
                return (decimal)number % (decimal)step == 0;
            }
            catch (OverflowException)
            {
                return number % step == 0;
            }
        }

        return number % step == 0;
    }

    private void CheckText(ScalarNode scalar, Shape shape, string path)
    {
        if (shape.MinLength is not null || shape.MaxLength is not null)
        {
            var length = CodePoints(scalar.Value);
            if (shape.MinLength is { } fewest && length < fewest)
                Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must have at least {fewest} characters, not {length}.");
            if (shape.MaxLength is { } most && length > most)
                Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' may have at most {most} characters, not {length}.");
        }

        // What is put in there before it is used is unknown.
        if (_reading.CoercesScalars && scalar.Value.Contains("${"))
            return;
        if (shape.Pattern is { } pattern && pattern.Decides(scalar.Value) == false)
            Add(ShapeIssueKind.Malformed, scalar, path, $"'{path}' must match the pattern {pattern}, which {Shown(scalar)} does not.");
        if (shape.Format is { } format)
            CheckFormat(scalar, format, path);
    }

    private void CheckFormat(ScalarNode scalar, string format, string path)
    {
        // Where null is absent, an empty name is too; an empty amount or time is neither.
        if (_reading.NullIsAbsent && scalar.Value.Length == 0 && format is not ("quantity" or "date-time") && scalar.Parent is not ListNode)
            return;
        if (_reading.CheckFormat(format, scalar.Value) is { } reason)
            Add(ShapeIssueKind.Malformed, scalar, path, $"'{path}' is {Shown(scalar)}, but {reason}.");
        // A text is a port's name, which no name of digits only is.
        else if (format is "port" or "target-port" && _reading.NullIsAbsent && KindOf(scalar) == ScalarKind.String
            && scalar.Value.Length > 0 && scalar.Value.All(c => c is >= '0' and <= '9'))
            Add(ShapeIssueKind.Malformed, scalar, path,
                $"'{path}' is {Shown(scalar)}, but a port in quotes is a name and has at least one letter; write {scalar.Value}.");
    }

    private static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
                count--;
        }

        return count;
    }

    private void CheckEnum(Node value, Shape shape, string path)
    {
        if (shape.Enum is not { } allowed)
            return;
        var json = _reading.CoercesScalars && value is ScalarNode text
            ? (shape.Types & ShapeTypes.String) != 0 ? CanonicalJson.Quote(text.Value)
                : (shape.Types & ShapeTypes.Number) != 0 && text.Number is { } number ? CanonicalJson.Number(number)
                : CanonicalJson.Of(value, _reading.AsPlatform)
            : CanonicalJson.Of(value, _reading.AsPlatform);
        if (allowed.Contains(json) || (shape.EnumIgnoresCase && allowed.Contains(json, StringComparer.OrdinalIgnoreCase)))
            return;
        // The platform takes an empty text for an absent one, and then its default.
        if (json == "\"\"" && _reading.NullIsAbsent && value.Parent is not ListNode && value != _keepsEmpty)
            return;
        var names = allowed.Where(a => a != "\"\"").Select(a => a.Trim('"')).ToList();
        var nearest = value is ScalarNode scalar ? NearestName.Of(scalar.Value, names) : null;
        var list = names.Count == 1 ? names[0] : string.Join(", ", names);
        var hint = nearest is null || names.Count < 3 ? "" : $"; did you mean {nearest}?";
        _issues.Add(new ShapeIssue(ShapeIssueKind.NotAllowed, value, value.Span, path,
            $"'{path}' is {Shown(value)}; allowed {(names.Count == 1 ? "is" : "are")} {list}{(hint.Length == 0 ? "." : hint)}", nearest));
    }

    private void CheckCombinations(Node value, Shape shape, string path)
    {
        foreach (var part in shape.AllOf)
            Check(value, part, path);
        if (shape.AnyOf.Count > 0 && !shape.AnyOf.Any(part => Holds(value, part, path)))
            AddNoneHolds(value, shape.AnyOf, path);
        if (shape.OneOf.Count > 0)
        {
            var holding = shape.OneOf.Count(part => Holds(value, part, path));
            if (holding == 0)
                AddNoneHolds(value, shape.OneOf, path);
            else if (holding > 1)
                Add(ShapeIssueKind.NotAllowed, value, path,
                    $"'{path}' fits {holding} of the {shape.OneOf.Count} forms of which exactly one is allowed.");
        }

        if (shape.Not is { } not && Holds(value, not, path))
            Add(ShapeIssueKind.NotAllowed, value, path, $"'{path}' has a form that the schema forbids.");
    }

    // The branch that fits best says most about what is wrong.
    private void AddNoneHolds(Node value, IReadOnlyList<Shape> parts, string path)
    {
        IReadOnlyList<ShapeIssue>? best = null;
        foreach (var part in parts)
        {
            var inner = new ShapeValidator(_reading, _steps) { _depth = _depth };
            inner.Check(value, part, path);
            if (inner._issues.Count > 0 && inner._issues.All(i => i.Path != path || i.Kind != ShapeIssueKind.WrongType)
                && (best is null || inner._issues.Count < best.Count))
                best = inner._issues;
        }

        if (best is not null)
            _issues.AddRange(best);
        else
            Add(ShapeIssueKind.WrongType, value, path, $"'{path}' fits none of the {parts.Count} allowed forms.");
    }

    private bool IsHidden(Node node) => _reading.Hides?.Invoke(node) == true;

    private string Shown(Node node) => node switch
    {
        _ when IsHidden(node) => "a value that is not shown",
        ScalarNode { Value.Length: <= 60 } scalar when !scalar.Value.Contains('\n') =>
            scalar.Style == NodeStyle.Plain && KindOf(scalar) != ScalarKind.String ? scalar.Value : $"\"{scalar.Value}\"",
        ScalarNode => "a longer text",
        ListNode => "a list",
        _ => "a mapping",
    };

    private void Add(ShapeIssueKind kind, Node node, string path, string message)
    {
        _issues.Add(new ShapeIssue(kind, node, SpanOf(node), path, message));
    }

    private static TextSpan SpanOf(Node node) =>
        node is ScalarNode { Span.Length: > 0 } || (node is not ScalarNode && node.Parent is not MapNode) ? node.Span : Anchor(node);
}
