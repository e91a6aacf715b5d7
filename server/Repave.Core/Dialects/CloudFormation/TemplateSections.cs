using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Checks a template's sections besides what rules say of them: their names, and the shapes of what they hold.</summary>
internal sealed class TemplateSections(Template template, FindingSink sink)
{
    private const int MaxName = 255;

    // Said by rules, with more words.
    private static readonly string[] SaidByRules = ["Type", "Value"];

    private static readonly BoundedRegex MappingKey = new("^[a-zA-Z0-9.-]+$");

    public void Check()
    {
        // What a macro may still put right.
        if (template.HasMacros)
            return;
        CheckStructure();
        CheckResources();
        CheckNames("Parameters", template.Parameters.Values);
        CheckNames("Mappings", template.Mappings.Values);
        CheckNames("Conditions", template.Conditions.Values);
        CheckNames("Resources", template.Resources.Values);
        CheckNames("Outputs", template.Outputs.Values);
        CheckTransform(template.Root["Transform"]);
        foreach (var parameter in template.Parameters)
            CheckParameter(parameter.Key, parameter.Value);
        foreach (var mapping in template.Mappings)
            CheckMapping(mapping.Key, mapping.Value);
        foreach (var output in template.Outputs.Where(o => !Hides(o.Value.Value)))
            Validate(output.Value.Value, TemplateShapes.Output, $"Outputs.{output.Key}", takesFunctions: true);
        foreach (var rule in template.Rules.Where(r => !Hides(r.Value.Value)))
            Validate(rule.Value.Value, TemplateShapes.Rule, $"Rules.{rule.Key}", takesFunctions: true);
        foreach (var resource in template.Resources)
        {
            if (resource.Value.Value.Resolved is not MapNode && !Hides(resource.Value.Value))
                sink.Add(WrongType.Instance, ShapeValidator.Underline(resource.Value.Value.Resolved ?? resource.Value.Key),
                    $"The resource '{resource.Key}' must be a mapping.");
            if (template.Parameters.ContainsKey(resource.Key))
                sink.Add(DuplicateKey.Instance, resource.Value.Key.Span,
                    $"'{resource.Key}' names a parameter and a resource; a name may stand for one thing only.");
        }
    }

    // Of resources this says little, and walks through all that they hold: those in which it found nothing are not walked again.
    private void CheckStructure()
    {
        var reading = CloudFormationSchemas.ReadingOf(template.Document);
        (reading.Gives, reading.CheckGivenFormat) = (null, null);
        var clean = new HashSet<Node>();
        var others = new List<(string Key, TextSpan Span)>();
        foreach (var resource in template.Resources.Values)
        {
            if (template.KeyOf(resource) is not { } key || resource.Value.Resolved is not { } value)
                continue;
            if (ResourceMemory.Has(nameof(CheckStructure), key))
                clean.Add(value);
            else
                others.Add((key, resource.Span));
        }

        reading.Alternatives = clean.Count == 0 ? null : node => clean.Contains(node) ? [] : null;
        var issues = ShapeValidator.Validate(template.Root, TemplateShapes.Template, reading);
        Say(issues, "");
        foreach (var (key, span) in others)
        {
            if (!issues.Any(i => i.Span.Start >= span.Start && i.Span.Start <= span.End))
                ResourceMemory.AddClean(nameof(CheckStructure), key);
        }
    }

    private void CheckTransform(Node? node)
    {
        switch (node)
        {
            case ListNode list:
                foreach (var item in list.ResolvedItems.Where(i => i is not ListNode))
                    CheckTransform(item);
                break;
            case MapNode mapping:
                if (!mapping.Has("Name"))
                    sink.Add(MissingField.Instance, ShapeValidator.Anchor(mapping),
                        "The field 'Name' is required in 'Transform' and missing.");
                foreach (var entry in mapping.AllEntries.Where(e => e.Name is not ("Name" or "Parameters")))
                    sink.Add(UnknownField.Instance, entry.Key.Span, $"Unknown field '{entry.Name}' in 'Transform'.");
                break;
        }
    }

    private void CheckResources()
    {
        if (template.Document.IsWhole && template.Root.Find("Resources") is null && !FilledInLater.Is(template.Root)
            && !template.IsServerless)
            sink.Add(MissingField.Instance, ShapeValidator.Anchor(template.Root),
                "A template needs the section 'Resources', with a resource at least.");
        else if (template.Root["Resources"] is MapNode { Entries.Count: 0 } none && template.Root.Has("AWSTemplateFormatVersion"))
            sink.Add(MissingField.Instance, ShapeValidator.Anchor(none), "A template must define a resource at least.",
                severity: template.Transforms.Count == 0 ? null : Severity.Warning);
        foreach (var entry in template.Root.Entries)
        {
            if (entry.Name == "Resources" && entry.Value is MapNode resources)
            {
                foreach (var resource in ResourceMemory.ToCheck(template, resources.Entries, "nulls", sink))
                    NoNull(resource, 1);
            }
            else
                NoNull(entry, 0);
        }
    }

    // Wherever null stands, CloudFormation refuses the template.
    private void NoNulls(Node node, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        switch (node)
        {
            case MapNode mapping:
                foreach (var entry in mapping.Entries)
                    NoNull(entry, depth);
                break;
            case ListNode list:
                foreach (var item in list.Items)
                {
                    if (item is ScalarNode { Tag: null, IsNull: true })
                        sink.Add(WrongType.Instance, ShapeValidator.Underline(item),
                            "An item has no value: null is not allowed in templates.", severity: SeverityOfNull);
                    else
                        NoNulls(item, depth + 1);
                }

                break;
        }
    }

    // Transforms may take them away first.
    private Severity? SeverityOfNull => template.Transforms.Count > 0 ? Severity.Warning : null;

    private void NoNull(MapEntry entry, int depth)
    {
        if (entry.Value is not ScalarNode { Tag: null, IsNull: true })
            NoNulls(entry.Value, depth + 1);
        else if (entry.Name != "Fn::GetAZs")
            sink.Add(WrongType.Instance, entry.Key.Span, $"'{entry.Name}' has no value: null is not allowed in templates.",
                severity: SeverityOfNull);
    }

    private static bool Hides(Node node) => node.Resolved is { } value && FilledInLater.Is(value);

    private void CheckNames(string section, IEnumerable<MapEntry> entries)
    {
        foreach (var entry in entries)
        {
            // What loops make of values that nobody knows here has no name yet.
            if (entry.Name is not { } name || (template.HasLoops && name.IndexOf("{", StringComparison.Ordinal) >= 0))
                continue;
            // Conditions may have more: AWS's own quick starts name them so.
            var more = section == "Conditions" ? "&_" : "";
            if (name.Length == 0
                || !name.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' || more.IndexOf(c) >= 0))
                sink.Add(MalformedValue.Instance, entry.Key.Span,
                    $"'{name}' is not a name that {section} can have: names have letters and digits only.");
            else if (name.Length > MaxName)
                sink.Add(OutOfRange.Instance, entry.Key.Span, $"A name may have at most {MaxName} characters, not {name.Length}.");
        }
    }

    private void CheckParameter(string name, MapEntry entry)
    {
        if (Hides(entry.Value))
            return;
        var path = $"Parameters.{name}";
        Validate(entry.Value, TemplateShapes.Parameter, path, takesFunctions: false);
        if (entry.Value.Resolved is not MapNode parameter || parameter.TextAt("Type") is not { } type)
            return;
        foreach (var field in parameter.AllEntries)
        {
            var isRight = field.Name switch
            {
                "MinValue" or "MaxValue" => type == "Number",
                "MinLength" or "MaxLength" or "AllowedPattern" => type is not "Number" and not "List<Number>",
                _ => true,
            };
            if (!isRight)
                sink.Add(UnknownField.Instance, field.Key.Span, $"A parameter of the type {type} has no {field.Name}.", null,
                    $"{path}.{field.Name}");
        }
    }

    private void CheckMapping(string name, MapEntry entry)
    {
        if (Hides(entry.Value))
            return;
        CheckNumeric(entry);
        var path = $"Mappings.{name}";
        if (Table(entry.Value, path) is not { } rows)
            return;
        foreach (var row in rows.AllEntries.Where(r => r.Name is not null))
        {
            CheckKey(row, MappingKey, "letters, digits, points and hyphens");
            CheckNumeric(row);
            if (Hides(row.Value) || Table(row.Value, $"{path}.{row.Name}") is not { } columns)
                continue;
            foreach (var column in columns.AllEntries.Where(c => c.Name is not null))
            {
                CheckNumeric(column);
                CheckKey(column, MappingKey, "letters, digits, points and hyphens");
                var isValue = column.Value.Resolved switch
                {
                    ScalarNode scalar => !scalar.IsNull,
                    ListNode => true,
                    _ => false,
                };
                if (!isValue && !Hides(column.Value))
                    sink.Add(WrongType.Instance, ShapeValidator.Underline(column.Value.Resolved ?? column.Key),
                        $"'{path}.{row.Name}.{column.Name}' must be a text or a list.");
            }
        }
    }

    private MapNode? Table(Node node, string path)
    {
        if (node.Resolved is MapNode { Entries.Count: > 0 } mapping)
            return mapping;
        sink.Add(WrongType.Instance, ShapeValidator.Underline(node.Resolved ?? node), $"'{path}' must be a mapping with at least one key.");
        return null;
    }

    // Not so where loops and functions put names together.
    private void CheckNumeric(MapEntry entry)
    {
        if (entry.Key is ScalarNode { Style: NodeStyle.Plain, Kind: ScalarKind.Integer or ScalarKind.Float } number
            && template.Document is not Syntax.Json.JsonDocument)
            sink.Add(WrongType.Instance, number.Span,
                $"The key {number.Value} is read as a number, and keys must be texts: put it in quotes.",
                severity: Severity.Warning);
    }

    private void CheckKey(MapEntry entry, BoundedRegex pattern, string allowed)
    {
        if (!pattern.Matches(entry.Name!))
            sink.Add(MalformedValue.Instance, entry.Key.Span, $"The key '{entry.Name}' of a mapping may have {allowed} only.");
        else if (entry.Name!.Length > MaxName)
            sink.Add(OutOfRange.Instance, entry.Key.Span, $"A key may have at most {MaxName} characters, not {entry.Name.Length}.");
    }

    private void Validate(Node node, Shape shape, string path, bool takesFunctions)
    {
        var reading = CloudFormationSchemas.ReadingOf(template.Document);
        if (!takesFunctions)
            reading.Alternatives = null;
        Say(ShapeValidator.Validate(node, shape, reading, path), path);
    }

    private void Say(IReadOnlyList<ShapeIssue> issues, string path)
    {
        foreach (var issue in issues)
        {
            // Said once, as null wherever it stands.
            if (issue is { Kind: ShapeIssueKind.WrongType, Node: ScalarNode { IsNull: true, Tag: null } })
                continue;
            // Sections that templates do not have are a rule of their own, as are parameters without a type and outputs without a value.
            if (issue.Kind == ShapeIssueKind.UnknownField && path.Length == 0
                || issue.Kind == ShapeIssueKind.MissingField && (SaidByRules.Contains(issue.Path.Substring(issue.Path.LastIndexOf('.') + 1))
                    || !template.Document.IsWhole))
                continue;
            // What is written beside an assertion's own keys is not read.
            Severity? severity = issue.Kind == ShapeIssueKind.UnknownField && path.StartsWith("Rules.", StringComparison.Ordinal)
                ? Severity.Warning : null;
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, null, issue.Path, severity: severity);
        }
    }
}
