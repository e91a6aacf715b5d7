using Repave.Core.Dialects.CloudFormation.Serverless;
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

    internal override void CheckTemplate(Template written, FindingSink sink)
    {
        // Of the Serverless Application Model, what waits is what it is expanded to.
        var template = ServerlessTransform.Expand(written, new Dictionary<string, string>());
        if (!HasCircle(template))
            return;
        var edges = template.Resources.ToDictionary(
            r => r.Key,
            r => r.Value.Value.Resolved is MapNode resource
                ? template.ReferencesOf(resource).Where(u => u.Kind is ReferenceKind.Ref or ReferenceKind.GetAtt or ReferenceKind.DependsOn
                    && template.Resources.ContainsKey(u.Name)).ToList()
                : [],
            StringComparer.Ordinal);
        var state = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var start in template.Resources.Keys)
            Visit(start, edges, state, [], sink);
    }

    // By names alone, which are remembered; the places are looked for only where there is a circle.
    private static bool HasCircle(Template template)
    {
        var waitsFor = template.Resources.ToDictionary(r => r.Key, r => template.WaitsFor(r.Value), StringComparer.Ordinal);
        var left = waitsFor.ToDictionary(w => w.Key, w => w.Value.Count, StringComparer.Ordinal);
        var waiting = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (resource, names) in waitsFor)
        {
            foreach (var name in names)
            {
                if (!waiting.TryGetValue(name, out var who))
                    waiting[name] = who = [];
                who.Add(resource);
            }
        }

        var ready = new Stack<string>(left.Where(l => l.Value == 0).Select(l => l.Key));
        var done = 0;
        while (ready.Count > 0)
        {
            done++;
            if (!waiting.TryGetValue(ready.Pop(), out var who))
                continue;
            foreach (var name in who)
            {
                if (--left[name] == 0)
                    ready.Push(name);
            }
        }

        return done < left.Count;
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
