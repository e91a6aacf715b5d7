using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What kinds of value functions give.</summary>
internal static class FunctionResults
{
    private const ShapeTypes Text = ShapeTypes.String | ShapeTypes.Number | ShapeTypes.Boolean;

    /// <summary>The kinds that a function may give; null if any.</summary>
    public static ShapeTypes? Of(Template template, Intrinsic function)
    {
        switch (function.Name)
        {
            case "Fn::Split" or "Fn::GetAZs" or "Fn::Cidr":
                return ShapeTypes.Array;
            case "Fn::Base64" or "Fn::Join" or "Fn::Sub" or "Fn::ToJsonString" or "Fn::ImportValue" or "Fn::Length":
                return Text;
            case "Ref" when function.Text is { } name:
                return OfRef(template, name);
            case "Fn::GetAtt" when template.GetAttOf(function) is var (resource, attribute):
                return OfAttribute(template, resource, attribute);
            case "Fn::FindInMap":
                return OfLookup(template, function);
            default:
                return null;
        }
    }

    /// <summary>Why a reference to a resource gives no id of a format; null if it does, or that is not known.</summary>
    public static string? WhyNotOf(Template template, string name, string format)
    {
        // These ids are what Ref gives of these types, and of no other.
        if (format is not ("AWS::EC2::VPC.Id" or "AWS::EC2::Subnet.Id" or "AWS::EC2::SecurityGroup.Id")
            || !template.Resources.TryGetValue(name, out var entry))
            return null;
        var (type, wanted) = (template.TypeOf(name), format.Substring(0, format.Length - 3));
        if (!CloudFormationSchemas.Instance.Has(type) || type.StartsWith("AWS::CloudFormation::", StringComparison.Ordinal)
            || type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
            return null;
        if (type != wanted)
            return $"must be the id of {wanted}, and '{name}' is {type}";
        return type == "AWS::EC2::SecurityGroup" && entry.Value.Resolved?["Properties"] is MapNode properties
            && Intrinsic.Of(properties) is null
            && properties.Find("VpcId") is null
            ? $"must be an id, and Ref gives the name of '{name}', which has no VpcId: use !GetAtt {name}.GroupId" : null;
    }

    /// <summary>Whether a parameter's type is one of lists.</summary>
    public static bool IsList(string type) =>
        type.StartsWith("List<", StringComparison.Ordinal) || type == "CommaDelimitedList"
        || type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal) && type.Contains("List");

    private static ShapeTypes? OfRef(Template template, string name)
    {
        if (template.Parameters.TryGetValue(name, out var parameter))
            return parameter.Value.Resolved?.TextAt("Type") is { } type ? IsList(type) ? ShapeTypes.Array : Text : null;
        if (name == "AWS::NotificationARNs")
            return ShapeTypes.Array;
        if (name != "AWS::NoValue" && Template.PseudoParameters.Contains(name))
            return Text;
        // Modules and what transforms make may stand for anything.
        return template.Resources.ContainsKey(name) && CloudFormationSchemas.Instance.Has(template.TypeOf(name)) ? Text : null;
    }

    private static ShapeTypes? OfAttribute(Template template, string resource, string attribute)
    {
        var type = template.TypeOf(resource);
        if (type == "AWS::CloudFormation::Stack" && attribute.StartsWith("Outputs.", StringComparison.Ordinal))
            return Text;
        var shape = CloudFormationSchemas.Instance.AttributesOf(type)?.Fields?[attribute]?.Shape;
        return shape is null || shape.Types == ShapeTypes.Any ? null
            : (shape.Types & Text) != 0 ? Text | shape.Types : shape.Types;
    }

    // Of a mapping every value that the keys leave.
    private static ShapeTypes? OfLookup(Template template, Intrinsic function)
    {
        if (function.Items is not [ScalarNode { Tag: null } map, var top, var second, ..] || function.Items.Count > 3
            || !template.Mappings.TryGetValue(map.Value, out var mapping) || mapping.Value.Resolved is not MapNode rows
                || FilledInLater.Is(rows))
            return null;
        var kinds = ShapeTypes.None;
        foreach (var row in rows.AllEntries)
        {
            if (row.Value.Resolved is not MapNode columns || FilledInLater.Is(columns))
                return null;
            if (Literal(top) is { } wanted && row.Name != wanted)
                continue;
            foreach (var column in columns.AllEntries)
            {
                if (Literal(second) is { } key && column.Name != key)
                    continue;
                kinds |= column.Value.Resolved switch { ListNode => ShapeTypes.Array, ScalarNode => Text, _ => ShapeTypes.Any };
            }
        }

        return kinds == ShapeTypes.None ? null : kinds;
    }

    private static string? Literal(Node node) => node is ScalarNode scalar && Intrinsic.Of(scalar) is null ? scalar.Value : null;
}
