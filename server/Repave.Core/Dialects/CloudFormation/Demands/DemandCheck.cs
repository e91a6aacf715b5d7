using System.Globalization;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Demands;

/// <summary>Holds values of a template against demands. What a function gives is unknown, and so is whatever depends on it: only what is
/// wrong
/// however that turns out is said.</summary>
internal sealed class DemandCheck(Document document)
{
    private const int MaxDepth = 60;

    // Hostile templates make alternatives multiply.
    private const int MaxSteps = 200_000;

    private readonly ShapeReading _reading = CloudFormationSchemas.ReadingOf(document);
    private readonly List<ShapeIssue> _issues = [];
    private int _steps;

    /// <summary>What was found, in the order of finding.</summary>
    public IReadOnlyList<ShapeIssue> Issues => _issues;

    /// <summary>The values that were gathered of several resources; null where a demand is on one alone.</summary>
    public Func<string, Node?>? Gathered { get; set; }

    /// <summary>Where something that a gathered structure lacks is said; null where structures stand in the text.</summary>
    public Func<MapNode, Node?>? PlaceOf { get; set; }

    /// <summary>Checks every place that a demand's path leads to.</summary>
    public void Check(Node resource, Demand demand) => Walk(resource, demand, 0, "", 0);

    /// <summary>Checks a value.</summary>
    public void Check(Node node, DemandSchema schema, string path) => Check(node, schema, path, "", 0);

    private void Walk(Node? node, Demand demand, int at, string path, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth || ++_steps > MaxSteps)
            return;
        if (_reading.Alternatives!(value) is { } alternatives)
        {
            foreach (var alternative in alternatives)
                Walk(alternative, demand, at, path, depth + 1);
            return;
        }

        if (at == demand.Path.Length)
        {
            // Policies and the like may be written as the text that they become.
            if (value is ScalarNode text && text.Value.TrimStart().StartsWith("{", StringComparison.Ordinal))
                return;
            Check(value, demand.Schema, path, "", 0);
            return;
        }

        var step = demand.Path[at];
        if (step == "*" && value is ListNode list)
        {
            for (var i = 0; i < list.Items.Count; i++)
                Walk(list.Items[i], demand, at + 1, $"{path}[{i}]", depth + 1);
        }
        else if (value is MapNode mapping && step != "*")
        {
            Walk(mapping.Find(step)?.Value, demand, at + 1, FieldPath.Append(path, step), depth + 1);
        }
    }

    private void Check(Node? node, DemandSchema schema, string path, string because, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth || ++_steps > MaxSteps || schema.Always == true)
            return;
        if (_reading.Alternatives!(value) is { } alternatives)
        {
            foreach (var alternative in alternatives)
                Check(alternative, schema, path, because, depth + 1);
            return;
        }

        if (schema.Target is { } target)
            Check(value, target, path, because, depth + 1);
        if (schema.Always == false)
        {
            Add(ShapeIssueKind.NotAllowed, value, path, $"'{path}' may not stand here{because}.");
            return;
        }

        if (schema.Types is { } types && !types.Any(t => IsOf(value, t)))
        {
            Add(ShapeIssueKind.WrongType, value, path, $"'{path}' must be {string.Join(" or ", types.Select(Named).Distinct())}{because}.");
            return;
        }

        switch (value)
        {
            case MapNode mapping:
                CheckMapping(mapping, schema, path, because, depth);
                break;
            case ListNode list:
                CheckList(list, schema, path, because, depth);
                break;
            case ScalarNode scalar:
                CheckScalar(scalar, schema, path, because);
                break;
        }

        CheckCombinations(value, schema, path, because, depth);
    }

    private void CheckMapping(MapNode mapping, DemandSchema schema, string path, string because, int depth)
    {
        var where = path.Length == 0 ? "" : $" in '{path}'";
        foreach (var field in schema.Required)
        {
            if (IsThere(mapping, field) == false)
                AddMissing(mapping, FieldPath.Append(path, field), $"The field '{field}' is required{where}{because} and missing.");
        }

        CheckOne(mapping, schema.RequiredOne, path, where, because);
        if (schema.RequiredSome.Count > 0 && schema.RequiredSome.All(f => IsThere(mapping, f) == false))
            AddMissing(mapping, path, $"One of {QuotedNames.Of(schema.RequiredSome)} is required{where}{because}.");
        foreach (var (field, fields) in schema.Needs)
        {
            foreach (var needed in fields.Where(f => IsThere(mapping, field) == true && IsThere(mapping, f) == false))
                AddMissing(mapping, FieldPath.Append(path, needed),
                    $"The field '{needed}' is required{where} where '{field}' is, and missing.");
        }

        foreach (var (field, fields) in schema.Excludes)
        {
            foreach (var surplus in fields.Where(f => IsThere(mapping, field) == true && IsThere(mapping, f) == true))
                AddKey(ShapeIssueKind.NotAllowed, mapping, surplus, path,
                    $"The field '{surplus}' may not stand{where} beside '{field}'{because}.");
        }

        if (schema.MinFields is { } fewest && mapping.AllEntries.Count < fewest)
            Add(ShapeIssueKind.OutOfRange, mapping, path, $"'{path}' must have at least {fewest} entries, not {mapping.AllEntries.Count}.");
        if (schema.Properties.Count == 0 && schema.Patterns.Count == 0 && schema.Others is null && schema.Names is null)
            return;
        foreach (var entry in mapping.AllEntries)
        {
            if (entry.Name is not { } name)
                continue;
            var below = FieldPath.Append(path, name);
            if (schema.Names is { } names && Fits(entry.Key, names, 0) == false)
                _issues.Add(new ShapeIssue(ShapeIssueKind.UnknownField, entry.Key, entry.Key.Span, below, names.Allowed is { } known
                    ? $"'{name}' is not a field{where}{because}; there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known)}."
                    : $"The name '{name}' may not stand{where}{because}."));
            var isKnown = false;
            foreach (var (field, of) in schema.Properties)
            {
                if (field != name)
                    continue;
                isKnown = true;
                if (of.Always == false)
                {
                    if (IsThere(mapping, name) == true)
                        AddKey(ShapeIssueKind.NotAllowed, mapping, name, path, $"The field '{name}' may not stand{where}{because}.");
                }
                else if (IsThere(mapping, name) != false)
                {
                    Check(entry.Value, of, below, because, depth + 1);
                }
            }

            foreach (var (pattern, of) in schema.Patterns)
            {
                if (pattern.Decides(name) == false)
                    continue;
                isKnown = true;
                Check(entry.Value, of, below, because, depth + 1);
            }

            if (isKnown || schema.Others is not { } others)
                continue;
            if (others.Always != false)
                Check(entry.Value, others, below, because, depth + 1);
            else if (IsThere(mapping, name) != false)
                AddUnknown(entry, name, schema, path, below, where);
        }
    }

    private void AddUnknown(MapEntry entry, string name, DemandSchema schema, string path, string below, string where)
    {
        var nearest = NearestName.Of(name, [.. schema.Properties.Select(p => p.Name)]);
        _issues.Add(new ShapeIssue(ShapeIssueKind.UnknownField, entry.Key, entry.Key.Span, below,
            $"Unknown field '{name}'{(path.Length == 0 ? " here" : where)}{(nearest is null ? "." : $"; did you mean '{nearest}'?")}"));
    }

    private void CheckOne(MapNode mapping, IReadOnlyList<string> fields, string path, string where, string because)
    {
        if (fields.Count == 0)
            return;
        var there = fields.Where(f => IsThere(mapping, f) == true).ToList();
        if (there.Count > 1)
            AddKey(ShapeIssueKind.NotAllowed, mapping, there[1], path,
                $"Only one of {QuotedNames.Of(fields)} may stand{where}{because}, not {QuotedNames.Of(there)}.");
        else if (there.Count == 0 && fields.All(f => IsThere(mapping, f) == false))
            AddMissing(mapping, path, fields.Count == 1 ? $"The field '{fields[0]}' is required{where}{because} and missing."
                : $"One of {QuotedNames.Of(fields)} is required{where}{because}.");
    }

    private void CheckList(ListNode list, DemandSchema schema, string path, string because, int depth)
    {
        if (schema.Items is { } items)
        {
            for (var i = 0; i < list.Items.Count; i++)
                Check(list.Items[i], items, $"{path}[{i}]", because, depth + 1);
        }

        var (least, most) = Count(list);
        if (schema.MinItems is { } fewest && most < fewest)
            Add(ShapeIssueKind.OutOfRange, list, path, $"'{path}' must have at least {fewest} items{because}, not {most}.");
        if (schema.MaxItems is { } limit && least > limit)
            Add(ShapeIssueKind.OutOfRange, list, path, $"'{path}' may have at most {limit} items{because}, not {least}.");
        if (schema.Contains is { } contains && list.Items.All(i => i.Resolved is not { } item || Fits(item, contains, depth + 1) == false))
            Add(ShapeIssueKind.NotAllowed, list, path, contains.Allowed is { Count: > 0 } one
                ? $"'{path}' must hold {string.Join(" or ", one)}{because}."
                : $"No item of '{path}' is what one must be{because}.");
        if (schema.UniqueKeys.Count == 0)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i].Resolved is not MapNode item || _reading.Alternatives!(item) is not null)
                continue;
            var keys = schema.UniqueKeys.Select(k => item[k] is ScalarNode scalar && _reading.Alternatives!(scalar) is null ? scalar.Value
                : null).ToList();
            if (keys.TrueForAll(k => k is not null) && !seen.Add(string.Join("\u0001", keys)))
                AddKey(ShapeIssueKind.DuplicateItem, item, schema.UniqueKeys[0], $"{path}[{i}]",
                    $"Another item of '{path}' has the same {string.Join(" and ", schema.UniqueKeys)}.", isUnsure: true);
        }
    }

    private void CheckScalar(ScalarNode scalar, DemandSchema schema, string path, string because)
    {
        if (schema.Allowed is { } allowed && !Allows(schema, scalar.Value))
        {
            var list = allowed.Count <= 40 ? $"; allowed {(allowed.Count == 1 ? "is" : "are")} {string.Join(", ", allowed)}"
                : NearestName.Of(scalar.Value, allowed) is { } nearest ? $"; did you mean {nearest}?" : "";
            Add(ShapeIssueKind.NotAllowed, scalar, path,
                $"'{path}' may not be {Shown(scalar)}{because}{list}{(list.EndsWith("?", StringComparison.Ordinal) ? "" : ".")}");
        }

        if (schema.SameAs is { } same && Gathered?.Invoke(same)?.Resolved is ScalarNode other && _reading.Alternatives!(other) is null
            && !Same(other.Value, scalar.Value))
            Add(ShapeIssueKind.NotAllowed, scalar, path,
                $"'{path}' must be the same as that of the resource that goes with it, {Shown(other)}.");
        if (scalar.Value.Contains("${"))
            return;
        if (schema.MinLength is { } shortest && scalar.Value.Length < shortest)
            Add(ShapeIssueKind.OutOfRange, scalar, path,
                $"'{path}' must have at least {shortest} characters{because}, not {scalar.Value.Length}.");
        if (schema.MaxLength is { } longest && scalar.Value.Length > longest)
            Add(ShapeIssueKind.OutOfRange, scalar, path,
                $"'{path}' may have at most {longest} characters{because}, not {scalar.Value.Length}.");
        if (schema.Pattern is { } pattern && pattern.Decides(scalar.Value) == false)
            Add(ShapeIssueKind.Malformed, scalar, path,
                $"'{path}' must match the pattern {pattern}{because}, which {Shown(scalar)} does not.");
        if (schema.Format is { } format && AwsFormats.Check(format, scalar.Value) is { } reason)
            Add(ShapeIssueKind.Malformed, scalar, path, $"'{path}' is {Shown(scalar)}, but {reason}.");
        if (scalar.Number is { } number && NumberWrong(schema, number) is { } wrong)
            Add(ShapeIssueKind.OutOfRange, scalar, path, $"'{path}' must be {wrong}{because}, not {Shown(scalar)}.");
    }

    private string? NumberWrong(DemandSchema schema, double number)
    {
        if (schema.Minimum is { } least && number < least)
            return $"at least {CanonicalJson.Number(least)}";
        if (schema.Maximum is { } most && number > most)
            return $"at most {CanonicalJson.Number(most)}";
        if (schema.Above is { } above && number <= above)
            return $"greater than {CanonicalJson.Number(above)}";
        if (schema.Step is { } step && step > 0 && number % step != 0)
            return $"a multiple of {CanonicalJson.Number(step)}";
        if (schema.AtLeast is { } place && NumberAt(place) is { } gathered && number < gathered)
            return $"at least {CanonicalJson.Number(gathered)}, as {Last(place)} is";
        return schema.MoreThan is { } beyond && NumberAt(beyond) is { } other && number <= other
            ? $"greater than {Last(beyond)}, {CanonicalJson.Number(other)}" : null;
    }

    private double? NumberAt(string place) =>
        Gathered?.Invoke(place)?.Resolved is ScalarNode scalar && _reading.Alternatives!(scalar) is null ? scalar.Number : null;

    private static string Last(string place) => place.Substring(place.LastIndexOf('/') + 1);

    private void CheckCombinations(Node value, DemandSchema schema, string path, string because, int depth)
    {
        foreach (var part in schema.AllOf)
            Check(value, part, path, because, depth + 1);
        CheckAny(value, schema.AnyOf, path, because, depth);
        if (schema.OneOf.Count > 0)
        {
            var answers = schema.OneOf.Select(s => Fits(value, s, depth + 1)).ToList();
            if (answers.TrueForAll(a => a == false))
                CheckAny(value, schema.OneOf, path, because, depth);
            else if (answers.TrueForAll(a => a is not null) && answers.Count(a => a == true) > 1)
                AddTooMany(value, schema.OneOf, path, because);
        }

        if (schema.Not is { } not && Fits(value, not, depth + 1) == true)
            AddForbidden(value, not, path, because);
        if (schema.If is not { } condition)
            return;
        switch (Fits(value, condition, depth + 1))
        {
            case true when schema.Then is { } then:
                Check(value, then, path, Because(value, condition, then, because), depth + 1);
                break;
            case false when schema.Else is { } otherwise:
                Check(value, otherwise, path, because, depth + 1);
                break;
        }
    }

    private void CheckAny(Node value, IReadOnlyList<DemandSchema> parts, string path, string because, int depth)
    {
        if (parts.Count == 0 || parts.Any(p => Fits(value, p, depth + 1) != false))
            return;
        // What each part lacks is the most that can be said of a structure; the one that fits best says it.
        if (value is MapNode mapping && parts.All(p => p.Required.Count == 1 && IsThere(mapping, p.Required[0]) == false))
        {
            AddMissing(mapping, path, $"One of {QuotedNames.Of([.. parts.Select(p => p.Required[0])])} is required"
                + $"{(path.Length == 0 ? "" : $" in '{path}'")}{because}.");
            return;
        }

        List<ShapeIssue>? best = null;
        foreach (var part in parts)
        {
            var inner = new DemandCheck(document) { Gathered = Gathered, PlaceOf = PlaceOf, _steps = _steps };
            inner.Check(value, part, path, because, depth + 1);
            _steps = inner._steps;
            if (inner._issues.Count > 0 && inner._issues.TrueForAll(i => i.Kind != ShapeIssueKind.WrongType)
                && (best is null || inner._issues.Count < best.Count))
                best = inner._issues;
        }

        if (best is not null && (parts.Count == 1 || value is not ScalarNode))
            _issues.AddRange(best);
        else
            _issues.Add(new ShapeIssue(ShapeIssueKind.Malformed, value, ShapeValidator.Underline(value), path, value is ScalarNode scalar
                ? $"'{path}' may not be {Shown(scalar)}{because}: it fits none of the {parts.Count} allowed forms."
                : $"'{path}' fits none of the {parts.Count} allowed forms{because}.")
            {
                // Services take names of their own where several kinds of id may stand (aws/sns).
                IsUnsure = parts.All(p => p.Format is not null),
            });
    }

    private void AddTooMany(Node value, IReadOnlyList<DemandSchema> parts, string path, string because)
    {
        if (value is MapNode mapping && parts.All(p => p.Required.Count > 0)
            && parts.SelectMany(p => p.Required).Where(f => IsThere(mapping, f) == true).Distinct().ToList() is { Count: > 1 } there)
            AddKey(ShapeIssueKind.NotAllowed, mapping, there[1], path,
                $"Only one of {QuotedNames.Of(there)} may stand{(path.Length == 0 ? "" : $" in '{path}'")}{because}.");
        else
            Add(ShapeIssueKind.NotAllowed, value, path, $"'{path}' fits several of the forms of which exactly one is allowed{because}.");
    }

    private void AddForbidden(Node value, DemandSchema not, string path, string because)
    {
        var fields = not.Required.Concat(not.AnyOf.SelectMany(p => p.Required)).ToList();
        if (value is MapNode mapping && fields.Where(f => IsThere(mapping, f) == true).ToList() is { Count: > 0 } there)
        {
            foreach (var field in not.Required.Count > 1 ? [there[there.Count - 1]] : there)
                AddKey(ShapeIssueKind.NotAllowed, mapping, field, path,
                    $"The field '{field}' may not stand{(path.Length == 0 ? "" : $" in '{path}'")}{because}.");
        }
        else
        {
            Add(ShapeIssueKind.NotAllowed, value, path, value is ScalarNode scalar ? $"'{path}' may not be {Shown(scalar)}{because}."
                : $"'{path}' has a form that is not allowed{because}.");
        }
    }

    // What the condition looks at, as it is here: that is what makes the demand.
    private string Because(Node value, DemandSchema condition, DemandSchema then, string because)
    {
        if (value is not MapNode mapping)
            return because;
        var parts = condition.Properties.Concat(condition.AnyOf.SelectMany(a => a.Properties)).Concat(condition.AllOf.SelectMany(a =>
            a.Properties))
            .Where(p => p.Schema.Allowed is not null || p.Schema.Not?.Allowed is not null || p.Schema.Pattern is not null)
            .Select(p => (p.Name, Value: mapping[p.Name] as ScalarNode)).Where(p => p.Value is not null
                && _reading.Alternatives!(p.Value) is null)
            .Select(p => $"'{p.Name}' is {Shown(p.Value!)}").Distinct().ToList();
        if (parts.Count == 0)
            parts = [.. condition.Required.Where(f => IsThere(mapping, f) == true && !then.Properties.Any(p => p.Name == f)).Select(f =>
                $"'{f}' is set")];
        return parts.Count == 0 ? because : $" where {string.Join(" and ", parts)}";
    }

    /// <summary>Whether a value is as a schema says; null where that depends on what is known only in the stack.</summary>
    public bool? Fits(Node? node, DemandSchema schema, int depth)
    {
        if (schema.Always is { } always)
            return always;
        if (node?.Resolved is not { } value || depth > MaxDepth || ++_steps > MaxSteps)
            return null;
        if (_reading.Alternatives!(value) is { } alternatives)
        {
            if (alternatives.Count == 0)
                return null;
            bool? all = null;
            for (var i = 0; i < alternatives.Count; i++)
            {
                var one = Fits(alternatives[i], schema, depth + 1);
                if (one is null || i > 0 && one != all)
                    return null;
                all = one;
            }

            return all;
        }

        if (schema.Types is { } types && !types.Any(t => IsOf(value, t)))
            return false;
        bool? answer = true;
        void Also(bool? part) => answer = answer == false || part == false ? false : answer is null || part is null ? null : true;
        if (schema.Target is { } target)
            Also(Fits(value, target, depth + 1));
        switch (value)
        {
            case MapNode mapping:
                foreach (var field in schema.Required)
                    Also(IsThere(mapping, field));
                if (schema.RequiredOne.Count > 0)
                    Also(Exactly(mapping, schema.RequiredOne));
                if (schema.RequiredSome.Count > 0)
                    Also(Some(mapping, schema.RequiredSome));
                foreach (var (name, of) in schema.Properties)
                {
                    var there = IsThere(mapping, name);
                    if (of.Always == false)
                        Also(!there);
                    else if (there == true)
                        Also(Fits(mapping.Find(name)!.Value, of, depth + 1));
                    else if (there is null)
                        Also(null);
                }

                if (schema.Others?.Always == false)
                    Also(mapping.AllEntries.All(e => schema.Properties.Any(p => p.Name == e.Name)
                        || schema.Patterns.Any(p => e.Name is not null && p.Name.Decides(e.Name) != false)));
                else if (schema.Patterns.Count > 0 || schema.Others is not null || schema.Names is not null || schema.Needs.Count > 0
                    || schema.Excludes.Count > 0)
                    Also(null);
                if (schema.MinFields is { } fewestFields)
                    Also(mapping.AllEntries.Count >= fewestFields);
                break;
            case ListNode list:
                var (least, most) = Count(list);
                if (schema.MinItems is { } fewest)
                    Also(least >= fewest ? true : most < fewest ? false : null);
                if (schema.MaxItems is { } limit)
                    Also(most <= limit ? true : least > limit ? false : null);
                if (schema.Items is { } items)
                {
                    foreach (var item in list.Items)
                        Also(Fits(item, items, depth + 1));
                }

                if (schema.Contains is { } contains)
                {
                    var answers = list.Items.Select(i => Fits(i, contains, depth + 1)).ToList();
                    Also(answers.Contains(true) ? true : answers.Contains(null) ? null : false);
                }

                break;
            case ScalarNode scalar:
                if (schema.Allowed is not null)
                    Also(Allows(schema, scalar.Value));
                if (schema.SameAs is { } same)
                    Also(Gathered?.Invoke(same)?.Resolved is ScalarNode other && _reading.Alternatives!(other) is null
                        ? Same(other.Value, scalar.Value) : null);
                var isLiteral = !scalar.Value.Contains("${");
                if (schema.Pattern is { } pattern)
                    Also(isLiteral ? pattern.Decides(scalar.Value) : null);
                if (schema.Format is { } format)
                    Also(isLiteral ? AwsFormats.Check(format, scalar.Value) is null : null);
                if (schema.MinLength is { } shortest)
                    Also(isLiteral ? scalar.Value.Length >= shortest : null);
                if (schema.MaxLength is { } longest)
                    Also(isLiteral ? scalar.Value.Length <= longest : null);
                if (scalar.Number is { } number)
                    Also(NumberWrong(schema, number) is null);
                break;
        }

        foreach (var part in schema.AllOf)
            Also(Fits(value, part, depth + 1));
        if (schema.AnyOf.Count > 0)
        {
            var answers = schema.AnyOf.Select(p => Fits(value, p, depth + 1)).ToList();
            Also(answers.Contains(true) ? true : answers.Contains(null) ? null : false);
        }

        if (schema.OneOf.Count > 0)
        {
            var answers = schema.OneOf.Select(p => Fits(value, p, depth + 1)).ToList();
            Also(answers.Count(a => a == true) > 1 ? false : answers.Contains(null) ? null : answers.Contains(true));
        }

        if (schema.Not is { } not)
            Also(!Fits(value, not, depth + 1));
        if (schema.If is { } condition)
        {
            var holds = Fits(value, condition, depth + 1);
            var branch = holds == true ? schema.Then : schema.Else;
            Also(holds is null ? null : branch is null ? true : Fits(value, branch, depth + 1));
        }

        return answer;
    }

    private bool? Exactly(MapNode mapping, IReadOnlyList<string> fields)
    {
        var there = fields.Count(f => IsThere(mapping, f) == true);
        return there > 1 ? false : fields.Any(f => IsThere(mapping, f) is null) ? null : there == 1;
    }

    private bool? Some(MapNode mapping, IReadOnlyList<string> fields) =>
        fields.Any(f => IsThere(mapping, f) == true) ? true : fields.Any(f => IsThere(mapping, f) is null) ? null : false;

    private bool? IsThere(MapNode mapping, string field)
    {
        if (mapping.Find(field)?.Value.Resolved is { } value)
            return _reading.IsThere!(value);
        // What a macro puts among the fields is not seen yet.
        return FilledInLater.Is(mapping) ? null : false;
    }

    private (int Least, int Most) Count(ListNode list)
    {
        var (least, most) = (0, 0);
        foreach (var item in list.Items)
        {
            var there = item.Resolved is { } value ? _reading.IsThere!(value) : true;
            // A macro may make any number of items.
            if (item.Resolved is { } made && FilledInLater.Is(made))
                return (least, int.MaxValue);
            least += there == true ? 1 : 0;
            most += there == false ? 0 : 1;
        }

        return (least, most);
    }

    private static bool Allows(DemandSchema schema, string text) => schema.Allowed!.Any(a => Same(a, text)
        || schema.AllowedIgnoresCase && string.Equals(a, text, StringComparison.OrdinalIgnoreCase));

    // CloudFormation turns what is written into what is wanted: true and "true" are one, as are 1 and "1".
    private static bool Same(string left, string right) =>
        left == right
        || left.ToLowerInvariant() is "true" or "false" && string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
        || double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var b) && a.Equals(b);

    private static bool IsOf(Node node, string type) => type switch
    {
        "object" => node is MapNode,
        "array" => node is ListNode,
        "null" => node is ScalarNode { IsNull: true },
        "string" => node is ScalarNode { IsNull: false } or ScalarNode { Style: not NodeStyle.Plain },
        "boolean" => node is ScalarNode flag && flag.Value.ToLowerInvariant() is "true" or "false",
        "integer" => node is ScalarNode { Integer: not null },
        "number" => node is ScalarNode { Number: not null },
        _ => true,
    };

    private static string Named(string type) => type switch
    {
        "object" => "a mapping",
        "array" => "a list",
        "null" => "null",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        _ => "a text",
    };

    private string Shown(ScalarNode scalar) => _reading.Hides?.Invoke(scalar) == true ? "a value that is not shown"
        : scalar.Value.Length > 60 || scalar.Value.Contains('\n') ? "a longer text" : scalar.Value.Length == 0 ? "empty" : scalar.Value;

    private void Add(ShapeIssueKind kind, Node node, string path, string message) =>
        _issues.Add(new ShapeIssue(kind, node, ShapeValidator.Underline(node), path, message));

    private void AddKey(ShapeIssueKind kind, MapNode mapping, string field, string path, string message, bool isUnsure = false)
    {
        var key = mapping.Find(field)!.Key;
        _issues.Add(new ShapeIssue(kind, key, key.Span, FieldPath.Append(path, field), message) { IsUnsure = isUnsure });
    }

    private void AddMissing(MapNode mapping, string path, string message)
    {
        var at = PlaceOf?.Invoke(mapping) ?? mapping;
        _issues.Add(new ShapeIssue(ShapeIssueKind.MissingField, at, ShapeValidator.Anchor(at), path, message));
    }
}
