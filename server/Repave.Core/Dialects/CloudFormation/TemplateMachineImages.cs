using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>The machine images that templates build, name and look for.</summary>
internal static class TemplateMachineImages
{
    private const string Aws = "aws";
    private const int MaxDepth = 12;

    /// <summary>The images that a resource says how to build.</summary>
    public static IEnumerable<MachineImageBuild> BuiltBy(CloudFormationResource resource)
    {
        if (resource.Properties is not { } properties)
            return [];
        return resource.Type switch
        {
            "AWS::ImageBuilder::DistributionConfiguration" => properties.ItemsAt("Distributions").SelectMany(distribution =>
                Build(distribution["AmiDistributionConfiguration"]?["Name"], MachineImageKind.Name)
                    .Concat(distribution.ItemsAt("SsmParameterConfigurations")
                        .SelectMany(one => Build(one["ParameterName"], MachineImageKind.Parameter)))),
            "AWS::ImageBuilder::ImageRecipe" => Build(properties["Name"], MachineImageKind.Recipe),
            "AWS::SSM::Parameter" => Build(properties["Name"], MachineImageKind.Parameter),
            _ => [],
        };

        IEnumerable<MachineImageBuild> Build(Node? name, MachineImageKind kind) =>
            name is null ? []
                : [new MachineImageBuild(resource, name.Span, NameOf(name, kind, resource.Template)) { IsHandedOn = true }];
    }

    /// <summary>The images that a resource names; of the first of a template also those that its parameters look up.</summary>
    public static IEnumerable<MachineImageUse> UsedBy(CloudFormationResource resource)
    {
        if (resource.IsFirst)
        {
            foreach (var parameter in resource.Template.Parameters.Values)
            {
                if (parameter.Value.Resolved?["Default"] is ScalarNode { Value.Length: > 0 } path
                    && parameter.Value.TextAt("Type")?.Replace(" ", "") == "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>")
                    yield return new MachineImageUse(resource, path.Span,
                        MachineImageName.Of(Aws, MachineImageKind.Parameter, path.Value), false);
            }
        }

        foreach (var value in Holding(resource.Properties, 0))
        {
            var name = NameOf(value, MachineImageKind.Name, resource.Template);
            if (MachineImageNames.InAws(Stripped(name)) is { } meant)
                yield return new MachineImageUse(resource, value.Span, meant, false);
        }
    }

    // {{resolve:ssm:name}}
    private static MachineImageName Stripped(MachineImageName name) =>
        name with { Likely = Stripped(name.Likely), Certain = Stripped(name.Certain) };

    private static NamePattern Stripped(NamePattern name) => new(name.Text.StartsWith("{{", StringComparison.Ordinal)
        ? name.Text.Trim('{', '}') : name.Text);

    private static IEnumerable<Node> Holding(Node? node, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            yield break;
        foreach (var entry in (value as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is "ImageId" or "ParentImage")
                yield return entry.Value;
        }

        foreach (var found in value.Held.SelectMany(below => Holding(below, depth + 1)))
            yield return found;
    }

    private static MachineImageName NameOf(Node node, MachineImageKind kind, Template template)
    {
        var name = new MachineImageName(Aws, kind, Of(true), Of(false));
        return kind == MachineImageKind.Recipe ? MachineImageNames.OfRecipe(name) : name;

        NamePattern Of(bool takesDefaults)
        {
            var text = new StringBuilder();
            Append(node, text, template, takesDefaults, 0);
            return new NamePattern(text.ToString());
        }
    }

    private static void Append(Node? node, StringBuilder name, Template template, bool takesDefaults, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
        {
            name.Append(NamePattern.Unknown);
            return;
        }

        switch (Intrinsic.Of(value))
        {
            case null when value is ScalarNode scalar:
                // A parameter's name is looked up as it stands.
                name.Append(scalar.Value.StartsWith("{{resolve:", StringComparison.Ordinal) ? scalar.Value
                    : MachineImageNames.Filled(scalar.Value));
                break;
            case { Name: "Ref", Text: { } parameter }:
                AppendParameter(parameter, name, template, takesDefaults);
                break;
            case { Name: "Fn::Sub", Text: { } text }:
                AppendSub(text, name, template, takesDefaults);
                break;
            case { Name: "Fn::Join", Items: [ScalarNode separator, ListNode parts] } when Intrinsic.Of(parts) is null:
                var isFirst = true;
                foreach (var part in parts.ResolvedItems)
                {
                    if (!isFirst)
                        name.Append(separator.Value);
                    isFirst = false;
                    Append(part, name, template, takesDefaults, depth + 1);
                }

                break;
            default:
                name.Append(NamePattern.Unknown);
                break;
        }
    }

    private static void AppendParameter(string parameter, StringBuilder name, Template template, bool takesDefaults) =>
        name.Append(takesDefaults && template.Parameters.TryGetValue(parameter, out var declared)
            && !SecretNames.Is(parameter) && declared.Value.TextAt("NoEcho") is null
            && declared.Value.TextAt("Type")?.StartsWith("AWS::SSM::", StringComparison.Ordinal) == false
            && declared.Value.TextAt("Default") is { Length: > 0 } standard ? standard : NamePattern.Unknown);

    private static void AppendSub(string text, StringBuilder name, Template template, bool takesDefaults)
    {
        var plain = MachineImageNames.Filled(text);
        for (var at = 0; at < plain.Length;)
        {
            var start = plain.IndexOf("${", at, StringComparison.Ordinal);
            name.Append(plain, at, (start < 0 ? plain.Length : start) - at);
            if (start < 0)
                break;
            var end = plain.IndexOf('}', start);
            var variable = plain.Substring(start + 2, (end < 0 ? plain.Length : end) - start - 2);
            if (variable.StartsWith('!'))
                name.Append(NamePattern.Unknown);
            else
                AppendParameter(variable, name, template, takesDefaults);
            at = end < 0 ? plain.Length : end + 1;
        }
    }
}
