using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Patterns of fields in settings.</summary>
internal static class FieldPattern
{
    /// <summary>Whether a field is one of a pattern's, or below one.</summary>
    /// <param name="pattern">A JSON pointer or a dotted path, in which <c>*</c> stands for any name or place.</param>
    /// <param name="path">The field, dotted.</param>
    public static bool Covers(string pattern, string path)
    {
        var wanted = StepsOf(pattern);
        var have = StepsOf(path);
        if (have.Count < wanted.Count)
            return false;
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] != "*" && wanted[i] != have[i])
                return false;
        }

        return true;
    }

    // A pointer ("/spec/ports/0") or a dotted path ("spec.ports[0]").
    private static List<string> StepsOf(string path)
    {
        if (path.StartsWith('/'))
            return [.. path.Substring(1).Split('/').Select(JsonPointer.Decode)];
        var steps = new List<string>();
        var step = new System.Text.StringBuilder();
        var isQuoted = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is '.' or '[' or ']')
            {
                if (step.Length > 0)
                    steps.Add(step.ToString());
                step.Clear();
            }
            else
            {
                step.Append(c);
            }
        }

        if (step.Length > 0)
            steps.Add(step.ToString());
        return steps;
    }
}
