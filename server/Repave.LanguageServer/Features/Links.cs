using Repave.Core.Rules;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>Links in comments: to the pages of the rules that they hold back, and to the schema that they name.</summary>
internal static class Links
{
    private const string Schema = "$schema=";

    public static DocumentLink[] Of(OpenDocument document, Workspace workspace, Positions positions)
    {
        var found = new List<DocumentLink>();
        foreach (var slot in document.File.Documents)
        {
            foreach (var comment in slot.Document.Comments)
            {
                var start = slot.Start + comment.Span.Start;
                var text = document.Text.TextOf(comment.Span.Shift(slot.Start));
                foreach (var rule in RuleCatalogue.All.Where(r => text.Contains(r.Id, StringComparison.Ordinal)))
                    found.Add(new DocumentLink(
                        positions.RangeOf(document.Text, new TextSpan(start + text.IndexOf(rule.Id, StringComparison.Ordinal),
                            start + text.IndexOf(rule.Id, StringComparison.Ordinal) + rule.Id.Length)), rule.HelpLink, rule.Title));
                var at = text.IndexOf(Schema, StringComparison.Ordinal);
                if (at < 0)
                    continue;
                var name = text[(at + Schema.Length)..].Trim();
                if (TargetOf(name, workspace.FullPath(document.Manifest.Path)) is not { } target)
                    continue;
                found.Add(new DocumentLink(positions.RangeOf(document.Text,
                    new TextSpan(start + at + Schema.Length, start + at + Schema.Length + name.Length)), target, null));
            }
        }

        return [.. found];
    }

    // What is neither an address nor a path leads nowhere; nor does what an editor would run.
    private static string? TargetOf(string name, string file)
    {
        if (name.Length == 0 || name.Contains('\0'))
            return null;
        if (Uri.TryCreate(name, UriKind.Absolute, out var address))
            return address.Scheme is "http" or "https" or "file" ? address.AbsoluteUri : null;
        var path = Path.GetFullPath(name, Path.IsPathFullyQualified(file) && Path.GetDirectoryName(file) is { } folder ? folder
            : Path.GetPathRoot(Environment.CurrentDirectory)!);
        return Uri.TryCreate(path, UriKind.Absolute, out var target) ? target.AbsoluteUri : null;
    }
}
