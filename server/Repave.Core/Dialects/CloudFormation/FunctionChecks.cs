using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Where in a template a function stands, which decides which ones may.</summary>
internal enum FunctionPlace
{
    /// <summary>Parameters and mappings: none may.</summary>
    Fixed,

    /// <summary>Conditions.</summary>
    Conditions,

    /// <summary>Rules on parameters.</summary>
    Rules,

    /// <summary>Properties of resources, metadata and outputs.</summary>
    Values,
}

/// <summary>Checks the functions of a template: that they exist, stand where they may, and get what they take. The facts are AWS's
/// reference
/// of intrinsic functions, function by function.</summary>
internal sealed class FunctionChecks(Template template, FindingSink sink, FunctionChecks.Report report)
{
    /// <summary>Takes what is wrong at a node; of no severity, the rule's own counts.</summary>
    internal delegate void Report(Node node, string message, Severity? severity = null);

    private const int MaxDepth = 80;
    private const string Extensions = "AWS::LanguageExtensions";

    /// <summary>All functions, by the names that they have as keys.</summary>
    public static IReadOnlyCollection<string> Functions => Known;

    /// <summary>The functions that make a condition of others.</summary>
    public static IReadOnlyCollection<string> OfDecisions => Decisions;

    /// <summary>The functions of the section Rules.</summary>
    public static IReadOnlyCollection<string> OfRulesOnly => OfRules;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "Ref", "Condition", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Equals",
        "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs", "Fn::GetStackOutput", "Fn::If", "Fn::Implies", "Fn::ImportValue", "Fn::Join",
        "Fn::Length", "Fn::Not", "Fn::Or", "Fn::RefAll", "Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform",
        "Fn::ValueOf", "Fn::ValueOfAll",
    };

    private static readonly HashSet<string> Decisions = new(StringComparer.Ordinal) { "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or" };

    private static readonly HashSet<string> OfRules = new(StringComparer.Ordinal)
    {
        "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Implies", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll",
    };

    // What conditions may compute with: nothing that only resources know.
    private static readonly HashSet<string> OfConditions = new(StringComparer.Ordinal)
    {
        "Ref", "Condition", "Fn::And", "Fn::Equals", "Fn::FindInMap", "Fn::If", "Fn::Join", "Fn::Length", "Fn::Not", "Fn::Or", "Fn::Select",
        "Fn::Split", "Fn::Sub", "Fn::ToJsonString",
    };

    private static readonly HashSet<string> OfExtensions = new(StringComparer.Ordinal) { "Fn::Length", "Fn::ToJsonString" };

    private static readonly Text.BoundedRegex Region = new("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$");

    private const string DynamicReference = "{{resolve:";

    // What dynamic references read, by AWS's documentation of them.
    private static readonly string[] Stores = ["ssm", "ssm-secure", "secretsmanager"];

    private readonly bool _extends = template.Transforms.Contains(Extensions);

    public void Check()
    {
        if (template.HasMacros)
            return;
        Walk(template.Root["Parameters"], FunctionPlace.Fixed, 0);
        Walk(template.Root["Mappings"], FunctionPlace.Fixed, 0);
        foreach (var condition in template.Conditions)
        {
            if (condition.Value.Value.Resolved is not { } value)
                continue;
            Walk(value, FunctionPlace.Conditions, 0);
            CheckDecision(value, $"The condition '{condition.Key}'");
            CheckNoResource(value, "A condition", hasAttributes: false);
        }

        Walk(template.Root["Rules"], FunctionPlace.Rules, 0);
        Walk(template.Root["Outputs"], FunctionPlace.Values, 0);
        if (TemplateLoops.MayBeIn(template.Document.Text))
            CheckLoops(template.Root, 0);
        if (template.Root["Resources"] is not MapNode resources)
            return;
        foreach (var resource in ResourceMemory.ToCheck(template, resources.AllEntries, "functions", sink))
        {
            if (resource.Value.Resolved is not MapNode mapping || resource.Name is null
                || resource.Name.StartsWith("Fn::", StringComparison.Ordinal))
            {
                Walk(resource.Value, FunctionPlace.Values, 0);
                continue;
            }

            foreach (var entry in mapping.AllEntries)
            {
                if (entry.Name is "Type" or "DependsOn" or "Condition")
                    CheckPlain(entry);
                else if (entry.Name is "DeletionPolicy" or "UpdateReplacePolicy" && !_extends)
                    CheckPolicy(entry);
                Walk(entry.Value, FunctionPlace.Values, 0);
            }
        }
    }

    // What names other things of the template is written out.
    private void CheckPlain(MapEntry entry)
    {
        if (entry.Name == "DependsOn" && entry.Value.Resolved is ListNode names)
        {
            foreach (var wrong in names.ResolvedItems.Where(n => n is not ScalarNode && Intrinsic.Of(n) is null))
                report(wrong, "DependsOn names resources.");
        }

        var values = entry.Value.Resolved is ListNode list && Intrinsic.Of(list) is null ? list.ResolvedItems
            : [entry.Value.Resolved ?? entry.Value];
        foreach (var value in values)
        {
            if (Intrinsic.Of(value) is { Name: not "Fn::Transform" } function && !FilledInLater.Is(value))
                report(value, $"{entry.Name} takes no functions.");
        }
    }

    // Some of what transforms bring reads functions here, so that this is no error for certain.
    private void CheckPolicy(MapEntry entry)
    {
        if (entry.Value.Resolved is { } value && Intrinsic.Of(value) is { Name: "Ref" or "Fn::FindInMap" or "Fn::If" })
            report(value, $"{entry.Name} takes functions only with the transform {Extensions}.", Severity.Warning);
    }

    // What a function is given where that is a function itself. A tag before a mapping of one function gives it that.
    private static Intrinsic? Given(Intrinsic function) =>
        function.IsShort ? Intrinsic.Untagged(function.Argument) : Intrinsic.Of(function.Argument);

    private void Walk(Node? node, FunctionPlace place, int depth)
    {
        if (depth > MaxDepth || node?.Resolved is not { } value)
            return;
        if (Intrinsic.Of(value) is { } function)
            CheckFunction(function, value, place);
        if (place == FunctionPlace.Values && value is ScalarNode text && text.Value.Contains(DynamicReference))
            CheckDynamicReferences(text);
        foreach (var held in Intrinsic.Below(value))
            Walk(held, place, depth + 1);
    }

    private void CheckDynamicReferences(ScalarNode text)
    {
        for (var at = text.Value.IndexOf(DynamicReference, StringComparison.Ordinal); at >= 0;
            at = text.Value.IndexOf(DynamicReference, at + 1, StringComparison.Ordinal))
        {
            var start = at + DynamicReference.Length;
            var end = text.Value.IndexOf(':', start);
            var service = end < 0 ? "" : text.Value.Substring(start, end - start);
            if (service.Length > 0 && service.All(c => char.IsLetter(c) || c == '-') && !Stores.Contains(service))
                report(text, $"There are dynamic references to {string.Join(", ", Stores)}, not to '{service}'.");
        }
    }

    private void CheckLoops(Node node, int depth)
    {
        if (_extends || depth > MaxDepth)
            return;
        switch (node)
        {
            case MapNode mapping:
                foreach (var entry in mapping.AllEntries)
                {
                    if (entry.Name?.StartsWith("Fn::ForEach::", StringComparison.Ordinal) == true)
                        report(entry.Key, $"Fn::ForEach needs the transform {Extensions}.");
                    CheckLoops(entry.Value, depth + 1);
                }

                break;
            case ListNode list:
                foreach (var item in list.Items)
                    CheckLoops(item, depth + 1);
                break;
        }
    }

    private void CheckFunction(Intrinsic function, Node value, FunctionPlace place)
    {
        var at = value is MapNode { Tag: null } mapping ? mapping.Entries[0].Key : value;
        if (!Known.Contains(function.Name))
        {
            if (FilledInLater.Is(value) || FilledInLater.IsName(function.Name))
                return;
            var nearest = NearestName.Of(function.Name, Known);
            report(at, $"There is no function {function.Name}{(nearest is null ? "." : $"; did you mean {nearest}?")}");
            return;
        }

        if (function.Name == "Fn::Transform" || FilledInLater.Is(function.Argument))
            return;
        if (place == FunctionPlace.Fixed)
        {
            report(at, "Parameters and mappings take no functions.");
            return;
        }

        if (OfExtensions.Contains(function.Name) && !_extends)
            report(at, $"{function.Name} needs the transform {Extensions}.");
        else if (place == FunctionPlace.Conditions && !OfConditions.Contains(function.Name))
            report(at, $"{function.Name} cannot stand in a condition.");
        else if (place == FunctionPlace.Values && (Decisions.Contains(function.Name) || OfRules.Contains(function.Name)))
            report(at, $"{function.Name} can stand in {(OfRules.Contains(function.Name) ? "rules" : "conditions and rules")} only.");
        else if (place != FunctionPlace.Rules && OfRules.Contains(function.Name))
            report(at, $"{function.Name} can stand in rules only.");
        else
            CheckArguments(function, at);
    }

    private void CheckArguments(Intrinsic function, Node at)
    {
        switch (function.Name)
        {
            case "Ref" or "Condition":
                if (function.Text is not { Length: > 0 })
                    report(at, $"{function.Name} takes one name.");
                break;
            case "Fn::GetAtt":
                CheckGetAtt(function, at);
                break;
            case "Fn::Sub":
                CheckSub(function, at);
                break;
            case "Fn::Base64" or "Fn::ImportValue":
                if (function.Name == "Fn::ImportValue")
                    CheckNoResource(function.Argument, "The name of an import", hasAttributes: true);
                if (Given(function) is { } whole ? GivesList(whole) : function.Argument is not ScalarNode { IsNull: false })
                    report(at, $"{function.Name} takes one text.");
                break;
            case "Fn::GetStackOutput":
                CheckStackOutput(function, at);
                break;
            case "Fn::GetAZs":
                if (function is { Text: { Length: > 0 } region, Argument: ScalarNode { IsNull: false } } && !Region.Matches(region))
                    report(at, $"Fn::GetAZs takes the name of a region, and '{region}' is none.");
                if (Given(function) is null && function.Argument is not ScalarNode)
                    report(at, "Fn::GetAZs takes the name of a region.");
                else if (Given(function)
                    is { Name: not ("Ref" or "Fn::If" or "Fn::FindInMap" or "Fn::Select" or "Fn::Sub" or "Fn::ImportValue") } inner)
                    report(at, $"Fn::GetAZs takes a region's name or Ref, not {inner.Name}.");
                break;
            case "Fn::Join":
                if (Take(function, at, 2, 2) is [var delimiter, var values])
                {
                    CheckLiteral(delimiter, "Fn::Join's first argument, what stands between");
                    CheckList(values, "Fn::Join's second argument", isOfTexts: true);
                }

                break;
            case "Fn::Split":
                if (Take(function, at, 2, 2) is [var separator, var text])
                {
                    CheckLiteral(separator, "Fn::Split's first argument, where to split");
                    if (text is not ScalarNode && Intrinsic.Of(text) is null || Intrinsic.Of(text) is { } given && GivesList(given))
                        report(text, "Fn::Split's second argument must be a text.");
                }

                break;
            case "Fn::Select":
                if (Take(function, at, 2, 2) is [var index, var from])
                {
                    if (Intrinsic.Of(index) is null && (index is not ScalarNode number || !int.TryParse(number.Value.Trim(), out var place)
                        || place < 0))
                        report(index, "Fn::Select's first argument must be a whole number from 0.");
                    else if (CountOf(from) is { } count && Literal(index) is { } asked && int.TryParse(asked.Trim(), out var nth)
                        && nth >= count)
                        report(index, $"Fn::Select counts from 0, and this list has {count} item{(count == 1 ? "" : "s")}.");
                    CheckList(from, "Fn::Select's second argument");
                }

                break;
            case "Fn::FindInMap":
                if (Take(function, at, 3, 4) is { Count: >= 3 } keys)
                    CheckFindInMap(keys, at);
                break;
            case "Fn::Cidr":
                if (Take(function, at, 2, 3) is { Count: >= 2 } parts)
                    CheckCidr(parts);
                break;
            case "Fn::If":
                if (Take(function, at, 3, 3) is [var name, _, _] && (name is not ScalarNode || Intrinsic.Of(name) is not null))
                    report(name, "Fn::If's first argument must be a condition's name.");
                break;
            case "Fn::Equals":
                if (Take(function, at, 2, 2) is [var left, var right])
                {
                    CheckCompared(left);
                    CheckCompared(right);
                }

                break;
            case "Fn::And" or "Fn::Or":
                foreach (var part in Take(function, at, 2, 10) ?? [])
                    CheckDecision(part, $"What {function.Name} takes");
                break;
            case "Fn::Not":
                foreach (var part in Take(function, at, 1, 1) ?? [])
                    CheckDecision(part, "What Fn::Not takes");
                break;
            case "Fn::ToJsonString":
                if (Given(function) is null && function.Argument is not (MapNode { Entries.Count: > 0 } or ListNode { Items.Count: > 0 }))
                    report(at, "Fn::ToJsonString takes a mapping or a list.");
                break;
            case "Fn::Length":
                if (Given(function) is null && function.Argument is not ListNode)
                    report(at, "Fn::Length takes a list.");
                break;
        }
    }

    // The arguments, if they are as many as they must be.
    private List<Node>? Take(Intrinsic function, Node at, int least, int most)
    {
        var count = least == most ? $"{least}" : $"{least} to {most}";
        if (Given(function) is { } inner)
        {
            if (inner.Name != "Fn::Transform")
                report(at, $"{function.Name} takes a list of {count}, not {inner.Name}.");
            return null;
        }

        if (function.Argument is not ListNode list)
        {
            report(at, $"{function.Name} takes a list of {count}, not a {(function.Argument is ScalarNode ? "text" : "mapping")}.");
            return null;
        }

        // Items that are made by a macro are counted when it has run.
        var items = list.ResolvedItems.ToList();
        if (items.Exists(i => Intrinsic.Of(i)?.Name == "Fn::Transform"))
            return null;
        if (items.Count >= least && items.Count <= most)
            return items;
        report(at, $"{function.Name} takes a list of {count}, not {items.Count}.");
        return null;
    }

    private void CheckGetAtt(Intrinsic function, Node at)
    {
        switch (function.Argument)
        {
            case ScalarNode when Given(function) is not null:
            case MapNode:
                report(at, "Fn::GetAtt takes a resource and an attribute.");
                break;
            case ScalarNode name when !name.Value.Contains("."):
                report(at, "Fn::GetAtt takes a resource and an attribute.");
                break;
            case ListNode list:
                var items = list.ResolvedItems.ToList();
                if (items.Count < 2)
                    report(at, "Fn::GetAtt takes a resource and an attribute.");
                else if (Intrinsic.Of(items[0]) is null ? items[0] is not ScalarNode : !_extends)
                    report(items[0], "Fn::GetAtt's first argument must be a resource's name.");
                else if (Intrinsic.Of(items[1]) is { Name: not "Ref" } && !_extends)
                    report(items[1], "Fn::GetAtt's attribute may be written out or be a Ref, and nothing else.");
                break;
        }
    }

    private void CheckStackOutput(Intrinsic function, Node at)
    {
        if (function.Argument is not MapNode mapping || Given(function) is not null)
        {
            report(at, "Fn::GetStackOutput takes a mapping with StackName and OutputName.");
            return;
        }

        foreach (var needed in (string[])["StackName", "OutputName"])
        {
            if (!mapping.Has(needed))
                report(at, $"Fn::GetStackOutput needs {needed}.");
        }

        foreach (var entry in mapping.AllEntries.Where(e => e.Name is not ("StackName" or "OutputName" or "Region" or "RoleArn")))
            report(entry.Key, $"Fn::GetStackOutput takes StackName, OutputName, Region and RoleArn, not {entry.Name}.");
    }

    private void CheckSub(Intrinsic function, Node at)
    {
        if (Given(function) is not null || function.Argument is MapNode)
        {
            if (Given(function)?.Name != "Fn::Transform")
                report(at, "Fn::Sub takes a text, or a list of a text and a mapping of its variables.");
            return;
        }

        if (function.Argument is not ListNode list)
            return;
        if (list.ResolvedItems.ToList() is not [var text, var variables])
        {
            report(at, "Fn::Sub takes a text, or a list of a text and a mapping of its variables.");
            return;
        }

        if (text is not ScalarNode || Intrinsic.Of(text) is { } made && made.Name != "Fn::Transform")
            report(text, "Fn::Sub's first argument must be a text.");
        if (variables is not MapNode mapping)
        {
            report(variables, "Fn::Sub's second argument must be a mapping of variables.");
            return;
        }

        foreach (var variable in mapping.AllEntries)
        {
            if (variable.Value.Resolved is { } value && (Intrinsic.Of(value) is { } given ? GivesList(given) : value is not ScalarNode))
                report(value, $"The variable '{variable.Name}' of Fn::Sub must be a text.");
        }

        if (text is not ScalarNode written || Intrinsic.Of(text) is not null || FilledInLater.Is(text))
            return;
        var used = new HashSet<string>(TemplateReference.VariablesOf(written.Value).Select(v => v.Name), StringComparer.Ordinal);
        foreach (var variable in mapping.AllEntries.Where(v => v.Name is { } name && !used.Contains(name)
            && !name.StartsWith("Fn::", StringComparison.Ordinal)))
            report(variable.Key, $"The text of Fn::Sub does not use the variable '{variable.Name}'.", Severity.Warning);
    }

    private void CheckFindInMap(List<Node> keys, Node at)
    {
        foreach (var key in keys.Take(3))
        {
            if (Intrinsic.Of(key) is { } given ? !_extends && given.Name is not ("Ref" or "Fn::FindInMap") : key is not ScalarNode)
                report(key, Intrinsic.Of(key) is { } function
                    ? $"Fn::FindInMap takes Ref and Fn::FindInMap only, not {function.Name}, without the transform {Extensions}."
                    : "What Fn::FindInMap looks up must be a text.");
        }

        if (keys.Count == 4 && (keys[3] is not MapNode last || !last.Has("DefaultValue")))
            report(keys[3], "Fn::FindInMap's fourth argument is a mapping with DefaultValue.");
        else if (keys.Count == 4 && !_extends)
            report(at, $"A default of Fn::FindInMap needs the transform {Extensions}.");
        if (keys[0] is not ScalarNode { Tag: null } map || !template.Mappings.TryGetValue(map.Value, out var mapping) || keys.Count == 4
            || mapping.Value.Resolved is not MapNode rows || rows.Has("Fn::Transform"))
            return;
        if (Literal(keys[1]) is not { } top)
        {
            // Whatever the row is, some row must have the column.
            if (Literal(keys[2]) is { } any && rows.AllEntries.All(r => r.Value.Resolved is MapNode columns && !columns.Has(any)
                && !columns.Has("Fn::Transform")))
                report(keys[2], $"No key of the mapping '{map.Value}' has '{any}'.");
            return;
        }

        if (rows[top] is not { } row)
            report(keys[1], $"The mapping '{map.Value}' has no key '{top}'; it has {Listed(rows)}.");
        else if (Literal(keys[2]) is { } second && row is MapNode columns && !columns.Has(second) && !columns.Has("Fn::Transform"))
            report(keys[2], $"'{top}' of the mapping '{map.Value}' has no key '{second}'; it has {Listed(columns)}.");
    }

    // What is decided or looked up before anything is made cannot wait for a resource. Where no attributes can stand, that is said already.
    private void CheckNoResource(Node value, string what, bool hasAttributes)
    {
        foreach (var reference in TemplateReference.In(value, template.Document.Text))
        {
            if (reference.Kind == ReferenceKind.Ref && template.Resources.ContainsKey(reference.Name))
                report(reference.Node, $"{what} cannot depend on a resource, and '{reference.Name}' is one.");
            else if (reference.Kind == ReferenceKind.GetAtt && hasAttributes)
                report(reference.Node, $"{what} cannot depend on a resource's attribute.");
        }
    }

    // How many items a list has at the most; null where that is known only in the stack.
    private static int? CountOf(Node list) => list is ListNode items && Intrinsic.Of(list) is null
        && !items.ResolvedItems.Any(i => FilledInLater.Is(i) || Intrinsic.Of(i)?.Name is "Fn::Transform" or "Fn::ForEach")
        ? items.Items.Count : null;

    private static string Listed(MapNode mapping) => string.Join(", ", mapping.AllEntries.Select(e => e.Name).Take(12));

    private static string? Literal(Node node) => node is ScalarNode scalar && Intrinsic.Of(scalar) is null ? scalar.Value : null;

    private void CheckCidr(List<Node> parts)
    {
        if (Literal(parts[0]) is { } block && !block.Contains("/") || parts[0] is ListNode or MapNode && Intrinsic.Of(parts[0]) is null)
            report(parts[0], "Fn::Cidr's first argument must be a range such as 10.0.0.0/16.");
        if (Intrinsic.Of(parts[1]) is null && (Literal(parts[1]) is not { } count || !int.TryParse(count, out var many)
            || many is < 1 or > 256))
            report(parts[1], "Fn::Cidr's second argument must be a whole number from 1 to 256.");
        if (parts.Count == 3 && Intrinsic.Of(parts[2]) is null
            && (Literal(parts[2]) is not { } bits || !int.TryParse(bits, out var size) || size is < 1 or > 128))
            report(parts[2], "Fn::Cidr's third argument must be a whole number from 1 to 128.");
    }

    private void CheckLiteral(Node node, string what)
    {
        if (node is not ScalarNode || Intrinsic.Of(node) is { Name: not "Fn::Transform" } && !_extends)
            report(node, $"{what}, must be a text that is written out.");
    }

    private void CheckList(Node node, string what, bool isOfTexts = false)
    {
        if (Intrinsic.Of(node) is { } given)
        {
            if (GivesText(given))
                report(node, $"{what} must be a list, not what {given.Name} gives.");
        }
        else if (node is not ListNode list)
        {
            report(node, $"{what} must be a list.");
        }
        else if (isOfTexts)
        {
            foreach (var item in list.ResolvedItems)
            {
                if (Intrinsic.Of(item) is { } function ? GivesList(function) : item is ListNode || item is MapNode
                    && !FilledInLater.Is(item))
                    report(item, $"{what} is a list of texts, and this is none.");
            }
        }
    }

    private void CheckCompared(Node node)
    {
        if (Intrinsic.Of(node) is { } given)
        {
            if (Decisions.Contains(given.Name) || given.Name == "Condition" || GivesList(given))
                report(node, $"Fn::Equals compares texts, not what {given.Name} gives.");
        }
        else if (node is not ScalarNode)
        {
            report(node, "Fn::Equals compares texts.");
        }
    }

    private void CheckDecision(Node node, string what)
    {
        // What is always so is taken too.
        if (node is ScalarNode { Value: "true" or "false" } && Intrinsic.Of(node) is null)
            return;
        var isDecision = Intrinsic.Of(node) is { } given
            ? Decisions.Contains(given.Name) || OfRules.Contains(given.Name) || given.Name is "Condition" or "Fn::Transform"
            : node is MapNode { Entries.Count: 1 } single && single.Entries[0].Name is "Condition";
        if (!isDecision && !(Intrinsic.Of(node) is { } other && !Known.Contains(other.Name)))
            report(node, $"{what} must be one of Fn::And, Fn::Equals, Fn::Not, Fn::Or and Condition.");
    }

    /// <summary>Whether a function gives a list and nothing else.</summary>
    private bool GivesList(Intrinsic function) => FunctionResults.Of(template, function) == ShapeTypes.Array;

    /// <summary>Whether a function gives one text and nothing else.</summary>
    private bool GivesText(Intrinsic function) =>
        FunctionResults.Of(template, function) is { } kinds && (kinds & (ShapeTypes.Array | ShapeTypes.Object)) == 0;
}
