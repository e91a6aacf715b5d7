using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Finds comments: number signs outside every scalar, at the start of a line or behind white space.</summary>
internal static class YamlComments
{
    public static IReadOnlyList<Comment> Find(Document document)
    {
        var text = document.Text;
        var at = text.IndexOf('#');
        if (at < 0)
            return [];
        // Behind an error nothing is known about scalars, so a number sign there cannot be told from text.
        var end = text.Length;
        foreach (var error in document.Issues)
        {
            if (error.Kind != SyntaxIssueKind.DuplicateKey)
                end = Math.Min(end, error.Span.Start);
        }

        var comments = new List<Comment>();
        var scalars = document.Scalars;
        var next = 0;
        while (at >= 0 && at < end)
        {
            while (next < scalars.Count && scalars[next].Span.End <= at)
                next++;
            if (next < scalars.Count && scalars[next].Span.Start <= at)
            {
                at = text.IndexOf('#', scalars[next].Span.End);
                continue;
            }

            if (at > 0 && text[at - 1] is not (' ' or '\t' or '\n' or '\r'))
            {
                at = text.IndexOf('#', at + 1);
                continue;
            }

            var lineEnd = text.IndexOfAny(['\r', '\n'], at);
            if (lineEnd < 0)
                lineEnd = text.Length;
            var before = at - 1;
            while (before >= 0 && text[before] is (' ' or '\t'))
                before--;
            comments.Add(new Comment(
                new TextSpan(at, lineEnd),
                text.Substring(at + 1, lineEnd - at - 1).Trim(),
                before < 0 || text[before] is '\n' or '\r' or '\uFEFF'));
            at = lineEnd < text.Length ? text.IndexOf('#', lineEnd) : -1;
        }

        return comments;
    }
}
