using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What fits where a cursor stands in a template: sections, resource types, properties, functions, names and attributes.</summary>
internal sealed class CloudFormationCompletions(Cursor cursor, string text)
{
    private const string Serverless = "AWS::Serverless-2016-10-31";

    private static readonly string[] Sections = ["Resources", "Parameters", "Outputs", "Conditions", "Mappings"];
    private static readonly string[] ParameterTypes =
    [
        "String", "Number", "CommaDelimitedList", "List<Number>", "AWS::EC2::Image::Id", "AWS::EC2::KeyPair::KeyName",
        "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "List<AWS::EC2::Subnet::Id>", "AWS::EC2::VPC::Id",
        "AWS::SSM::Parameter::Value<String>",
    ];

    private static readonly Shape Name = new() { Types = ShapeTypes.String };

    private IReadOnlyList<string> Path => cursor.Path;

    private string Section => Path.Count > 0 ? Path[0] : "";

    // Names of the resource, output or condition that it stands in.
    private string Own => Path.Count > 1 ? Path[1] : cursor.Key ?? "";

    private IEnumerable<string> Resources => cursor.FieldsAt("Resources").Select(r => r.Key).Where(r => r != Own || Section != "Resources");

    private IEnumerable<string> Conditions => cursor.FieldsAt("Conditions").Select(c => c.Key).Where(c => c != Own || Section != "Conditions");

    private IEnumerable<string> Names => cursor.FieldsAt("Parameters").Select(p => p.Key)
        .Concat(Section == "Conditions" ? [] : Resources).Concat(Template.PseudoParameters);

    public static bool Owns(Cursor cursor) => cursor.Head.ContainsKey("AWSTemplateFormatVersion")
        || cursor.Siblings.ContainsKey("AWSTemplateFormatVersion") || cursor.Siblings.ContainsKey("Resources")
        || cursor is { Path.Count: 0, Key: "AWSTemplateFormatVersion" } || (cursor.Path.Count > 0 && Sections.Contains(cursor.Path[0]));

    public CursorPlace Locate()
    {
        if (Function() is var (function, argument))
            return new CursorPlace(null, [.. ArgumentsOf(function, argument)])
            {
                IsWhole = true,
                Word = function == "Fn::Sub" ? SubWord() : null,
                Ending = function == "Fn::Sub" && SubWord() is not null && !IsSubClosed() ? "}" : "",
            };
        // Only functions have a text of several lines, or a part of one.
        if (cursor.IsInText)
            return CursorPlace.Nothing;
        var written = text.Substring(cursor.Word.Start, cursor.Word.Length);
        if (cursor.Style != CursorStyle.Json && cursor.Quote is null && written.StartsWith("!", StringComparison.Ordinal))
            return new CursorPlace(null, [.. Tags()]) { IsWhole = true };
        if (cursor.Key is null && !cursor.IsItem)
            return new CursorPlace(Holder(), []) { Keys = [.. FunctionKeys()] };
        return new CursorPlace(Holder(), [.. Values()]) { Keys = cursor.IsItem ? [.. FunctionKeys()] : [] };
    }

    // The function that the value is an argument of, and which one; null for all of it.
    private (string Function, int? Argument)? Function()
    {
        if (cursor.Tag is { } tag && NameOf(tag) is { } tagged)
            return (tagged, null);
        if (cursor.Key is { } key && FunctionChecks.Functions.Contains(key) && (key != "Condition" || (Section == "Conditions" && Path.Count > 1)))
            return (key, null);
        // A branch of an if is a value like any other.
        if (cursor.IsItem && Path.Count > 1 && NameOf(Path[Path.Count - 2]) is { } listed && (listed != "Fn::If" || cursor.ItemsBefore == 0))
            return (listed, cursor.ItemsBefore);
        return null;
    }

    // "!Sub" and "Fn::Sub" are one.
    private static string? NameOf(string step)
    {
        var name = step.StartsWith("!", StringComparison.Ordinal)
            ? step is "!Ref" or "!Condition" ? step.Substring(1) : "Fn::" + step.Substring(1) : step;
        return FunctionChecks.Functions.Contains(name) && (name != "Condition" || step[0] == '!') ? name : null;
    }

    private IEnumerable<string> ArgumentsOf(string function, int? argument) => (function, argument) switch
    {
        ("Ref", null) => Names,
        ("Condition", null) => Conditions,
        ("Fn::GetAtt", null) => Attributes(),
        ("Fn::GetAtt", 0) => Resources,
        ("Fn::GetAtt", > 0) when cursor.Items.Count > 0 => AttributesOf(cursor.Items[0]),
        ("Fn::If", 0) => Conditions,
        ("Fn::Sub", null or 0) when SubWord() is not null => Names.Concat(Attributes()).Concat(OwnOfSub()),
        ("Fn::FindInMap", 0) => cursor.FieldsAt("Mappings").Select(m => m.Key),
        ("Fn::FindInMap", 1) when cursor.Items.Count > 0 => cursor.FieldsAt("Mappings", cursor.Items[0]).Select(m => m.Key),
        ("Fn::FindInMap", 2) when cursor.Items.Count > 0 => LastKeysOf(cursor.Items[0], cursor.Items.Count > 1 ? cursor.Items[1] : ""),
        _ => [],
    };

    private IEnumerable<string> Attributes() => Resources.SelectMany(r => AttributesOf(r).Select(a => $"{r}.{a}"));

    private IEnumerable<string> AttributesOf(string resource) =>
        CloudFormationSchemas.Instance.AttributesOf(cursor.FieldsAt("Resources", resource).FirstOrDefault(f => f.Key == "Type").Value ?? "")
            ?.Fields?.All.Select(a => a.Name) ?? [];

    // Of a row that is not known before it is deployed, those of all rows.
    private IEnumerable<string> LastKeysOf(string map, string row)
    {
        var rows = cursor.FieldsAt("Mappings", map).Select(r => r.Key).ToList();
        return (rows.Contains(row) ? [row] : rows).SelectMany(r => cursor.FieldsAt("Mappings", map, r)).Select(f => f.Key).Distinct();
    }

    // The names that a text of Fn::Sub brings itself stand in the map beside it.
    private IEnumerable<string> OwnOfSub() => cursor.IsItem ? cursor.FieldsAt([.. Path]).Select(f => f.Key) : [];

    // From behind the last "${" to the cursor; null where none is open.
    private TextSpan? SubWord()
    {
        var (start, end) = (cursor.Word.Start, cursor.Word.End);
        var open = end - 2 < start ? -1 : text.LastIndexOf("${", end - 1, end - start, StringComparison.Ordinal);
        return open < 0 || text.IndexOf('}', open, end - open) >= 0 || (open + 2 < end && text[open + 2] == '!') ? null
            : new TextSpan(open + 2, end);
    }

    private bool IsSubClosed()
    {
        var at = cursor.Word.End;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or ':'))
            at++;
        return at < text.Length && text[at] == '}';
    }

    // As a value begins; references are short enough to be offered as a whole.
    private IEnumerable<string> Tags()
    {
        var functions = Functions().Select(f => "!" + (f.StartsWith("Fn::", StringComparison.Ordinal) ? f.Substring(4) : f));
        return Section == "Conditions" && Path.Count == 1 ? functions : Names.Select(n => "!Ref " + n).Concat(functions);
    }

    private IEnumerable<string> Functions()
    {
        var isDecision = Section == "Conditions" && Path.Count == 1;
        return FunctionChecks.Functions.Where(f => isDecision ? f == "Condition" || FunctionChecks.OfDecisions.Contains(f)
            : f != "Condition" && !FunctionChecks.OfDecisions.Contains(f) && (Section == "Rules" || !FunctionChecks.OfRulesOnly.Contains(f)))
            .OrderBy(f => f == "Ref" ? 0 : 1).ThenBy(f => f, StringComparer.Ordinal);
    }

    // Where a value stands, a function of it can.
    private IEnumerable<ShapeField> FunctionKeys()
    {
        var isValue = Section switch
        {
            "Resources" => Path.Count > 3 && Path[2] is "Properties" or "Metadata",
            "Outputs" => Path.Count > 2 && Path[2] == "Value",
            "Conditions" => Path.Count > 1,
            _ => false,
        };
        if (!isValue || cursor.Siblings.Count > 0)
            return [];
        var functions = Section == "Conditions" && Path.Count == 2 ? FunctionChecks.OfDecisions.Append("Condition") : Functions();
        return functions.Select(f => new ShapeField(f, f is "Ref" or "Condition" ? Name : Shape.Anything));
    }

    private IEnumerable<string> Values()
    {
        switch (cursor.Key)
        {
            case "Type" when Section == "Resources" && Path.Count == 2:
                return CloudFormationSchemas.Instance.Types.OrderBy(t => t, StringComparer.Ordinal);
            case "Type" when Section == "Parameters" && Path.Count == 2:
                return ParameterTypes;
            case "DependsOn" when Section == "Resources" && Path.Count == 2:
                return Resources;
            case "Condition" when Section is "Resources" or "Outputs" && Path.Count == 2:
                return Conditions;
            case "Transform" when Path.Count == 0:
                return Template.KnownTransforms.Prepend(Serverless);
            case null when Path is ["Resources", _, "DependsOn", "[]"]:
                return Resources;
            case null when Path is ["Transform", "[]"]:
                return Template.KnownTransforms.Prepend(Serverless);
            default:
                return [];
        }
    }

    private Shape? Holder() => Section switch
    {
        "" => TemplateShapes.Template,
        "Resources" when Path.Count > 1 => ShapeChoices.At(CloudFormationCheck.ShapeOf(TypeAround()), Plain(Path.Skip(2))),
        "Parameters" when Path.Count > 1 => ShapeChoices.At(TemplateShapes.Parameter, Path.Skip(2)),
        "Outputs" when Path.Count > 1 => ShapeChoices.At(TemplateShapes.Output, Path.Skip(2)),
        _ => null,
    };

    private string TypeAround() => cursor.FieldsAround(2).TryGetValue("Type", out var type) ? type : "";

    // What stands in a branch of an if takes the place of the whole.
    private static IEnumerable<string> Plain(IEnumerable<string> path)
    {
        var steps = path.ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            if (NameOf(steps[i]) == "Fn::If" && i + 1 < steps.Count && steps[i + 1] == "[]")
                i++;
            else
                yield return steps[i];
        }
    }
}
