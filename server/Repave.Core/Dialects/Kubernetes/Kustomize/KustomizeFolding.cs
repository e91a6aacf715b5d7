using Repave.Core.Dialects.Kubernetes.Helm;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Folded blocks, which kustomize writes and reads again on the way: go-yaml puts an empty line after every line that does not
/// begin with a space, also where none must be.</summary>
internal static class KustomizeFolding
{
    /// <summary>What is left of a text that is written as a folded block and read again.</summary>
    public static GoText Again(GoText text)
    {
        var value = text.Text;
        if (value.IndexOf('\n') < 0 || !GoYamlWriter.AllowsBlock(value.Replace('\t', 'x')))
            return text;
        // Whether a line is followed by an empty one is asked of the first character that is no line feed.
        var first = value.TrimStart('\n');
        var doubles = first.Length > 0 && first[0] is not (' ' or '\t');
        var end = value.TrimEnd('\n').Length;
        var read = new GoTextBuilder();
        var start = 0;
        for (var at = 0; at < end; at++)
        {
            if (value[at] != '\n')
                continue;
            // The line before, and how many line feeds stand before the next one.
            var breaks = at;
            while (value[breaks] == '\n')
                breaks++;
            read.Append(text, start, at - start);
            var isIndented = at > start ? value[start] is ' ' or '\t' : at > 0;
            var nextIndented = value[breaks] is ' ' or '\t';
            var written = breaks - at + (doubles && at > start && !isIndented ? 1 : 0);
            // Between lines that are not indented one line feed is folded into a space, and is none beside others.
            var isFolded = at > start && !isIndented && !nextIndented;
            if (isFolded && written == 1)
                read.Append(' ');
            else
                read.Append('\n', isFolded ? written - 1 : written);
            start = breaks;
            at = breaks - 1;
        }

        read.Append(text, start, value.Length - start);
        // Of several line feeds at the end none is left out, and so that one stays, too.
        if (doubles && value.Length - end > 1 && start < end && value[start] is not (' ' or '\t'))
            read.Append('\n');
        return read.ToText();
    }
}
