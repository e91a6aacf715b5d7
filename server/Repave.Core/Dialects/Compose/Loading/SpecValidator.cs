using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Holds a project against the Compose specification's schema, and says what is wrong at its places.</summary>
internal sealed class SpecValidator
{
    private const int MaxProblems = 200;

    private readonly List<ComposeProblem> _problems = [];

    /// <summary>What is wrong with a project.</summary>
    public static IReadOnlyList<ComposeProblem> Validate(ComposeValue project, SpecSchema schema)
    {
        var validator = new SpecValidator();
        validator.Check(project, schema, ValuePath.Root);
        return validator._problems;
    }

    private void Check(ComposeValue value, SpecSchema named, ValuePath path)
    {
        if (value.IsUnknown || _problems.Count >= MaxProblems)
            return;
        var schema = named.Resolved;
        CheckForms(value, schema.OneOf, isOne: true, path);
        CheckForms(value, schema.AnyOf, isOne: false, path);
        if (schema.Types.Count > 0 && !schema.Types.Any(type => IsOf(value, type)))
        {
            Say(ProblemKind.WrongType, $"{NameOf(path)} must be {Words(schema.Types)}, and is {Word(value)}.", value.Place, path);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Map:
                CheckFields(value, schema, path);
                break;
            case ValueKind.List:
                CheckItems(value, schema, path);
                break;
            case ValueKind.Text:
                if (schema.Enum is { } allowed && !allowed.Contains(value.Text))
                    Say(ProblemKind.NotAllowed, $"'{value.Text}' is not allowed here; write {Choice(allowed)}.", value.Place, path,
                        NearestName.Of(value.Text, allowed));
                if (schema.Pattern is { } pattern && pattern.Decides(value.Text) == false)
                    Say(ProblemKind.Malformed, $"'{value.Text}' is not written as {NameOf(path)} must be.", value.Place, path);
                if (schema.Format == "duration" && Durations.Parse(value.Text) is null)
                    Say(ProblemKind.Malformed, $"'{value.Text}' is not a duration; write one like 30s or 1m30s.", value.Place, path);
                break;
            case ValueKind.Integer or ValueKind.Float:
                var number = value.Kind == ValueKind.Integer ? value.Integer : value.Number;
                if (schema.Minimum is { } least && number < least)
                    Say(ProblemKind.OutOfRange, $"{NameOf(path)} must be {least} at least, and is {value.Print()}.", value.Place, path);
                if (schema.Maximum is { } most && number > most)
                    Say(ProblemKind.OutOfRange, $"{NameOf(path)} must be {most} at most, and is {value.Print()}.", value.Place, path);
                break;
        }

        if (schema.Enum is { } values && value.Kind is ValueKind.Integer or ValueKind.Float or ValueKind.Boolean
            && !values.Contains(value.Print()))
            Say(ProblemKind.NotAllowed, $"'{value.Print()}' is not allowed here; write {Choice(values)}.", value.Place, path);
    }

    private void CheckForms(ComposeValue value, List<SpecSchema> forms, bool isOne, ValuePath path)
    {
        if (forms.Count == 0)
            return;
        var found = forms.Select(form => ProblemsOf(value, form, path)).ToList();
        var fitting = found.Count(f => f.Count == 0);
        if (fitting == 1 || (fitting > 1 && !isOne))
            return;
        if (fitting > 1)
        {
            // A list of texts is also a list of whatever: what several forms say of the same is no fault of its author.
            return;
        }

        // The form that its author meant is the one of the value's own kind.
        var meant = forms.FindIndex(form => form.Resolved.Types.Any(type => IsOf(value, type))
            || form.Resolved.OneOf.Concat(form.Resolved.AnyOf).Any(f => f.Resolved.Types.Any(type => IsOf(value, type))));
        if (meant >= 0)
        {
            var best = found.Where((_, i) => forms[i].Resolved.Types.Any(type => IsOf(value, type))).OrderBy(f => f.Count).FirstOrDefault();
            foreach (var problem in best ?? found[meant])
                _problems.Add(problem);
            return;
        }

        var types = forms.SelectMany(form => form.Resolved.Types.Concat(form.Resolved.OneOf.SelectMany(f => f.Resolved.Types))).Distinct()
            .ToList();
        Say(ProblemKind.WrongType, $"{NameOf(path)} must be {Words(types)}, and is {Word(value)}.", value.Place, path);
    }

    private static List<ComposeProblem> ProblemsOf(ComposeValue value, SpecSchema schema, ValuePath path)
    {
        var trial = new SpecValidator();
        trial.Check(value, schema, path);
        return trial._problems;
    }

    private void CheckFields(ComposeValue value, SpecSchema schema, ValuePath path)
    {
        foreach (var name in schema.Required)
        {
            if (value[name] is null)
                Say(ProblemKind.MissingField, $"Missing required field '{name}'.", value.Place, path);
        }

        foreach (var (name, field) in value.Fields)
        {
            var at = path.Next(name);
            var isKnown = false;
            if (schema.Properties.TryGetValue(name, out var property))
            {
                isKnown = true;
                Check(field, property, at);
            }

            foreach (var (pattern, form) in schema.Patterns)
            {
                if (pattern.Decides(name) == false)
                    continue;
                isKnown = true;
                Check(field, form, at);
            }

            if (isKnown)
                continue;
            if (schema.Additional is { } other)
                Check(field, other, at);
            else if (schema.IsClosed)
            {
                var nearest = NearestName.Of(name, schema.Properties.Keys);
                Say(ProblemKind.UnknownField, schema.Properties.Count == 0
                    ? $"'{name}' is not an allowed name here."
                    : $"Unknown field '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}{(nearest is null ? "." : "")}",
                    value.PlaceOf(name), at, nearest);
            }
        }
    }

    private void CheckItems(ComposeValue value, SpecSchema schema, ValuePath path)
    {
        var seen = schema.UniqueItems ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = 0; i < value.Items.Count; i++)
        {
            var item = value.Items[i];
            if (schema.Items is { } form)
                Check(item, form, path.Item(i));
            if (seen is not null && !item.IsUnknown
                && !seen.Add($"{(item.Kind == ValueKind.Float ? ValueKind.Integer : item.Kind)} {item.Print()}"))
                Say(ProblemKind.Duplicate, $"'{item.Print()}' appears twice in this list.", item.Place, path.Item(i));
        }
    }

    private void Say(ProblemKind kind, string message, ValuePlace? place, ValuePath path, string? suggestion = null) =>
        _problems.Add(new ComposeProblem(kind, message, place, path.ToString()) { Suggestion = suggestion });

    private static bool IsOf(ComposeValue value, string type) => type switch
    {
        "null" => value.IsNull,
        "boolean" => value.Kind == ValueKind.Boolean,
        "integer" => value.Kind == ValueKind.Integer || (value.Kind == ValueKind.Float && value.Number == Math.Floor(value.Number)),
        "number" => value.Kind is ValueKind.Integer or ValueKind.Float,
        "string" => value.IsText,
        "array" => value.IsList,
        _ => value.IsMap,
    };

    private static string NameOf(ValuePath path) => path.Length == 0 ? "A Compose file" : $"'{path}'";

    private static string Word(ComposeValue value) => value.Kind switch
    {
        ValueKind.Null => "empty",
        ValueKind.Boolean => "a boolean",
        ValueKind.Integer or ValueKind.Float => "a number",
        ValueKind.Text => "text",
        ValueKind.List => "a list",
        _ => "a mapping",
    };

    private static string Words(IReadOnlyList<string> types)
    {
        var words = types.Select(type => type switch
        {
            "null" => "empty",
            "boolean" => "true or false",
            "integer" => "a whole number",
            "number" => "a number",
            "string" => "text",
            "array" => "a list",
            _ => "a mapping",
        }).Distinct().ToList();
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[words.Count - 1]}";
    }

    private static string Choice(IReadOnlyList<string> values) => values.Count == 1 ? $"'{values[0]}'"
        : $"{string.Join(", ", values.Take(values.Count - 1).Select(v => $"'{v}'"))} or '{values[values.Count - 1]}'";
}
