using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What fits where a cursor stands in a template: sections, resource types, properties, names and attributes.</summary>
internal static class CloudFormationCompletions
{
    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules",
        "Transform",
    ];
    private static readonly string[] ParameterTypes =
    [
        "String", "Number", "CommaDelimitedList", "List<Number>", "AWS::EC2::Image::Id", "AWS::EC2::KeyPair::KeyName",
        "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "List<AWS::EC2::Subnet::Id>", "AWS::EC2::VPC::Id",
        "AWS::SSM::Parameter::Value<String>",
    ];

    private static readonly Shape Root =
        StructureOf(Sections.Select(s => (s, s is "AWSTemplateFormatVersion" or "Description" ? ShapeTypes.String : ShapeTypes.Object)));
    private static readonly Shape Parameter = StructureOf([("Type", ShapeTypes.String), ("Default", ShapeTypes.String),
        ("Description", ShapeTypes.String), ("AllowedValues", ShapeTypes.Array), ("AllowedPattern", ShapeTypes.String),
        ("ConstraintDescription", ShapeTypes.String), ("MinLength", ShapeTypes.Integer), ("MaxLength", ShapeTypes.Integer),
        ("MinValue", ShapeTypes.Number), ("MaxValue", ShapeTypes.Number), ("NoEcho", ShapeTypes.Boolean)]);
    private static readonly Shape Output = StructureOf([("Value", ShapeTypes.String), ("Description", ShapeTypes.String),
        ("Export", ShapeTypes.Object), ("Condition", ShapeTypes.String)]);

    public static bool Owns(Cursor cursor) =>
        cursor.Head.ContainsKey("AWSTemplateFormatVersion") || cursor.Siblings.Contains("Resources")
            || (cursor.Path.Count > 0 && cursor.Path[0] is "Resources" or "Parameters" or "Outputs" or "Conditions" or "Mappings");

    public static CursorPlace Locate(Cursor cursor, string text)
    {
        var values = cursor.Key is { } key ? ValuesOf(key, cursor, text) : [];
        return cursor.Path.Count switch
        {
            0 => new CursorPlace(Root, values),
            _ when cursor.Path[0] == "Resources" => new CursorPlace(InResource(cursor.Path, text), values),
            2 when cursor.Path[0] == "Parameters" => new CursorPlace(Parameter, values),
            2 when cursor.Path[0] == "Outputs" => new CursorPlace(Output, values),
            _ => new CursorPlace(null, values),
        };
    }

    private static Shape? InResource(IReadOnlyList<string> path, string text)
    {
        if (path.Count < 2)
            return null;
        var type = YamlLines.At(text, "Resources", path[1]).FirstOrDefault(f => f.Key == "Type").Value?.Trim('"', '\'') ?? "";
        return CloudFormationCheck.ShapeOf(type).At(path.Skip(2));
    }

    private static IReadOnlyList<string> ValuesOf(string key, Cursor cursor, string text)
    {
        var written = text.Substring(cursor.Word.Start, cursor.Word.Length).TrimStart();
        var resources = YamlLines.At(text, "Resources").Select(r => r.Key).ToList();
        var names = YamlLines.At(text, "Parameters").Select(p => p.Key).Concat(resources).Concat(Template.PseudoParameters).ToList();
        switch (key)
        {
            case "Type" when cursor.Path.Count == 2 && cursor.Path[0] == "Resources":
                return [.. CloudFormationSchemas.Instance.Types.OrderBy(t => t, StringComparer.Ordinal)];
            case "Type" when cursor.Path.Count == 2 && cursor.Path[0] == "Parameters":
                return ParameterTypes;
            case "DependsOn":
                return [.. resources.Where(r => cursor.Path.Count < 2 || r != cursor.Path[1])];
            case "Condition" when !written.StartsWith('!'):
                return [.. YamlLines.At(text, "Conditions").Select(c => c.Key)];
            case "Ref":
                return names;
        }

        // Attributes are many: they come once their function is begun.
        if (written.StartsWith("!GetAtt", StringComparison.Ordinal) || key == "Fn::GetAtt")
        {
            var prefix = key == "Fn::GetAtt" ? "" : "!GetAtt ";
            return [.. resources.SelectMany(r => CloudFormationSchemas.Instance.AttributesOf(
                YamlLines.At(text, "Resources", r).FirstOrDefault(f => f.Key == "Type").Value?.Trim('"', '\'') ?? "")?.Fields
                ?.All.Select(a => $"{prefix}{r}.{a.Name}") ?? [])];
        }

        if (written.StartsWith('!'))
            return [.. names.Select(n => "!Ref " + n), .. (string[])["!Sub", "!GetAtt", "!Join", "!If", "!Select", "!Split", "!FindInMap",
                "!ImportValue", "!Base64", "!Cidr", "!GetAZs"]];
        return [];
    }

    private static Shape StructureOf(IEnumerable<(string Name, ShapeTypes Types)> fields)
    {
        var shape = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        foreach (var (name, types) in fields)
            shape.Fields.Add(new ShapeField(name,
                types == ShapeTypes.Object ? new Shape { Types = types, Additional = Shape.Anything } : new Shape { Types = types }));
        return shape;
    }
}
