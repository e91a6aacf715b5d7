using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Resources that wait for each other.</summary>
public sealed class CircularDependency : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0042";

    /// <inheritdoc/>
    public override string Title => "Resources that wait for each other";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation makes a resource after those that it refers to, and refuses a template in which that goes round. "
        + "Break the circle: a rule of a security group, for instance, can be a resource of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://repost.aws/knowledge-center/cloudformation-circular-dependency-error"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Front:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: !GetAtt Back.QueueName
          Back:
            Type: AWS::SQS::Queue
            DependsOn: Front
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Front:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: !GetAtt Back.QueueName
          Back:
            Type: AWS::SQS::Queue
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        var edges = template.Resources.ToDictionary(
            r => r.Key,
            r => r.Value.Value.Resolved is MapNode resource
                ? DependenciesOf(template, resource).Where(u =>
                    u.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt or ReferenceKind.DependsOn
                    && template.Resources.ContainsKey(u.Name)).ToList()
                : [],
            StringComparer.Ordinal);
        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var start in template.Resources.Keys)
            Visit(start, edges, state, [], sink);
    }

    // Of what the Serverless Application Model expands, other resources than the named one refer back: the permission for an event, the
    // resolvers of an API.
    private static IEnumerable<TemplateReference> DependenciesOf(Template template, MapNode resource)
    {
        var references = template.ReferencesOf(resource);
        if (resource.TextAt("Type") is not { } type || !type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
            return references;
        if (type == "AWS::Serverless::GraphQLApi")
            return [];
        return resource["Properties"]?["Events"] is { } events ? references.Where(r => !Holds(events, r.Node)) : references;
    }

    private static bool Holds(Node holder, Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (at == holder)
                return true;
        }

        return false;
    }

    private void Visit(
        string name, Dictionary<string, List<TemplateReference>> edges, Dictionary<string, int> state, List<string> path, FindingSink sink)
    {
        if (state.TryGetValue(name, out var seen) && seen == 2)
            return;
        state[name] = 1;
        path.Add(name);
        foreach (var edge in edges[name])
        {
            if (state.TryGetValue(edge.Name, out var at) && at == 1)
                sink.Add(this, edge.Span,
                    $"These resources wait for each other: {string.Join(" → ", path.Skip(path.IndexOf(edge.Name)))} → {edge.Name}.");
            else if (path.Count < 500)
                Visit(edge.Name, edges, state, path, sink);
        }

        path.RemoveAt(path.Count - 1);
        state[name] = 2;
    }
}
