using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Dialects.Terraform.Formatting;

/// <summary>A configuration as <c>terraform fmt</c> writes it: what Terraform 0.11 wrote is written as it is today, then the layout
/// follows. Both were measured on what Terraform 1.11 makes of public files.</summary>
internal static class TerraformFormat
{
    /// <summary>A text in that form; one with an error stays as it is.</summary>
    public static FormattedText Of(string text)
    {
        if (text.Length > SyntaxLimits.FileLength)
        {
            return new FormattedText(text, new SyntaxIssue(SyntaxIssueKind.Bound, new TextSpan(0, 0),
                $"The file is longer than {SyntaxLimits.FileLength} characters."));
        }

        if (HclLanguage.Instance.ParseDocument(text) is not HclDocument document)
            return new FormattedText(text, null);
        if (document.Issues.Count > 0)
            return new FormattedText(text, document.Issues[0]);
        var edits = new List<TextEdit>();
        new Renewal(text, edits).Add(document.Body, []);
        edits.Sort(static (a, b) => b.Span.Start.CompareTo(a.Span.Start));
        foreach (var edit in edits)
            text = edit.Apply(text);
        return new FormattedText(HclLayout.Of(text), null);
    }

    /// <summary>Collects what Terraform 0.11 wrote otherwise.</summary>
    private sealed class Renewal(string text, List<TextEdit> edits)
    {
        private readonly List<HclToken> _tokens = HclLexer.Read(text, [], []);

        public void Add(HclBody body, IReadOnlyList<string> outer)
        {
            foreach (var attribute in body.Attributes)
            {
                if (outer is ["variable"] && attribute.Name == "type")
                    AddType(attribute.Value);
                else
                    AddValue(attribute.Value);
            }

            foreach (var block in body.Blocks)
            {
                foreach (var label in block.Labels)
                {
                    if (!label.IsQuoted)
                        edits.Add(new TextEdit(label.Span, $"\"{label.Text}\""));
                }

                Add(block.Body, [.. outer, block.Type]);
            }
        }

        private void AddType(HclExpression type)
        {
            var written = text.Substring(type.Span.Start, type.Span.Length);
            var now = written switch
            {
                "list" or "map" or "set" => $"{written}(any)",
                "\"string\"" => "string",
                "\"list\"" or "\"map\"" => $"{written.Trim('"')}(string)",
                _ => null,
            };
            if (now is not null)
                edits.Add(new TextEdit(type.Span, now));
        }

        // A text that is one interpolation and nothing else is the expression in it.
        private void AddValue(HclExpression value)
        {
            if (value is not HclTemplate { IsHeredoc: false, IsWrap: true })
                return;
            var first = IndexAt(value.Span.Start) + 2;
            var end = first;
            while (_tokens[end].End < value.Span.End)
                end++;
            end--;
            if (!IsOne(first, end))
                return;
            while (first < end && _tokens[first].Kind == Newline)
                first++;
            while (end > first && _tokens[end - 1].Kind == Newline)
                end--;
            var hasBreak = false;
            for (var i = first; i < end; i++)
                hasBreak |= _tokens[i].Kind == Newline;
            var needsParentheses = hasBreak
                && !(_tokens[first].Kind == OpenParenthesis && _tokens[end - 1].Kind == CloseParenthesis);
            edits.Add(new TextEdit(new TextSpan(value.Span.Start, _tokens[first].Start), needsParentheses ? "(" : ""));
            edits.Add(new TextEdit(new TextSpan(_tokens[end - 1].End, value.Span.End), needsParentheses ? ")" : ""));
        }

        // Whether no other sequence and no text stands between tokens, but in quotes of their own.
        private bool IsOne(int start, int end)
        {
            var quotes = 0;
            for (var i = start; i < end; i++)
            {
                quotes += _tokens[i].Kind switch { OpenQuote => 1, CloseQuote => -1, _ => 0 };
                if (quotes == 0 && _tokens[i].Kind is Interpolation or SequenceEnd or QuotedText)
                    return false;
            }

            return end > start;
        }

        private int IndexAt(int start)
        {
            var (low, high) = (0, _tokens.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_tokens[middle].Start < start)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
