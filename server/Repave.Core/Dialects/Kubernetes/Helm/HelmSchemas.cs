using System.Text;
using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Holds the values of charts against the schemas that they bring.</summary>
internal static class HelmSchemas
{
    private const int MaxDepth = 20;

    /// <summary>What is wrong with the values; null if nothing is.</summary>
    public static HelmException? Problem(HelmChart chart, GoMap values, IValuesSchemas schemas)
    {
        var message = new StringBuilder();
        Trace? first = null;
        Collect(chart, values, schemas, message, ref first, 0);
        if (message.Length == 0)
            return null;
        const string start = "values don't meet the specifications of the schema(s) in the following chart(s):\n";
        return new HelmException(start + message, first?.File ?? chart.File.Manifest, first?.At ?? default)
        {
            IsDemand = true,
            Summary = "the values do not fit the chart's schema: " + message.ToString().Trim().Replace("\n", " "),
        };
    }

    private static void Collect(
        HelmChart chart, GoMap values, IValuesSchemas schemas, StringBuilder message, ref Trace? first, int depth)
    {
        if (chart.Schema is { } schema)
        {
            var text = GoYamlWriter.Write(values);
            var document = YamlLanguage.Instance.ParseDocument(text.Text);
            if (schemas.Check(schema.Text, document) is { Count: > 0 } problems)
            {
                message.Append(chart.Name).Append(":\n");
                foreach (var (problem, span) in problems)
                {
                    message.Append("- ").Append(problem).Append('\n');
                    first ??= TraceOf(text.Slice(Math.Min(span.Start, text.Text.Length), Math.Min(span.Length,
                        text.Text.Length - span.Start)));
                }
            }
        }

        foreach (var inner in chart.Charts)
        {
            if (values[inner.Name] is GoMap table && depth < MaxDepth)
                Collect(inner, table, schemas, message, ref first, depth + 1);
        }
    }

    private static Trace? TraceOf(GoText text)
    {
        foreach (var piece in text.Pieces)
        {
            if (piece.Trace.IsValue)
                return piece.Trace;
        }

        return null;
    }
}
