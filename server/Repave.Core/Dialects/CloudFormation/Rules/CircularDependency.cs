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
        var said = new HashSet<Text.TextSpan>();
        foreach (var start in template.Resources.Keys)
            Visit(start, edges, state, [], said, sink);
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

    // The path holds what was followed to come here: whose reference, and to what.
    private void Visit(string name, Dictionary<string, List<TemplateReference>> edges, Dictionary<string, int> state,
        List<(string From, TemplateReference To)> path, HashSet<Text.TextSpan> said, FindingSink sink)
    {
        if (state.TryGetValue(name, out var seen) && seen == 2)
            return;
        state[name] = 1;
        foreach (var edge in edges[name])
        {
            path.Add((name, edge));
            if (state.TryGetValue(edge.Name, out var at) && at == 1)
                Say([.. path.SkipWhile(p => p.From != edge.Name)], said, sink);
            else if (path.Count < 500)
                Visit(edge.Name, edges, state, path, said, sink);
            path.RemoveAt(path.Count - 1);
        }

        state[name] = 2;
    }

    // Said at each resource of the circle, since it can be broken at each of them.
    private void Say(List<(string From, TemplateReference To)> circle, HashSet<Text.TextSpan> said, FindingSink sink)
    {
        for (var i = 0; i < circle.Count; i++)
        {
            if (said.Add(circle[i].To.Span))
                sink.Add(this, circle[i].To.Span, "These resources wait for each other: "
                    + $"{string.Join(" → ", circle.Skip(i).Concat(circle.Take(i)).Select(c => c.From))} → {circle[i].From}.");
        }
    }
}
