using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>What can be written at a place of a Dockerfile.</summary>
internal sealed class DockerfileCompletions
{
    // What BuildKit builds for on its own machines (util/archutil).
    private static readonly string[] Platforms =
    [
        "$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386", "linux/ppc64le", "linux/riscv64",
        "linux/s390x", "windows/amd64",
    ];

    // Instructions that ONBUILD refuses (instructions.parseOnBuild), and one that nobody writes any more.
    private static readonly string[] NotTriggered = ["FROM", "ONBUILD", "MAINTAINER"];

    private readonly DockerfileNames _names;
    private readonly int _offset;
    private readonly int _stage;
    private readonly int _at;
    private readonly DockerfileInstruction _instruction;

    // The words of the instruction before the one that is being written, its keyword first, without flags.
    private readonly List<string> _words;

    private DockerfileCompletions(
        DockerfileNames names, int offset, (int At, int Stage, DockerfileInstruction Instruction) place, string before) =>
        (_names, _offset, _at, _stage, _instruction, _words) = (names, offset, place.At, place.Stage, place.Instruction,
            [.. before.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(w => !w.StartsWith("--", StringComparison.Ordinal))]);

    private string Keyword => _words.Count > 0 ? _words[0].ToUpperInvariant() : "";

    /// <summary>What can be written at an offset, and the word that it takes the place of.</summary>
    public static (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) At(DockerfileDocument document, int offset)
    {
        var text = document.Text;
        offset = Math.Min(offset, text.Length);
        var start = offset;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '.'))
            start--;
        var word = new TextSpan(start, offset);
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var before = text.Substring(line, start - line);
        if (before.TrimStart().StartsWith("#", StringComparison.Ordinal))
            return (word, IsHead(text.Substring(0, line)) && before.Trim() == "#" ? Directives() : []);
        var names = new DockerfileNames(document);
        // An instruction that is being written ends before the white space where the cursor stands.
        var place = names.InstructionAt(offset) ?? Nearest(names, document, line, offset);
        var isFirst = before.Trim().Length == 0;
        if (isFirst && IsContinued(text, line))
            return (word, []);
        if (place is not { } found || (isFirst && found.Instruction.Span.Start >= line))
            return (word, isFirst ? Words(DockerfileKeywords.All.Where(k => k != "MAINTAINER")) : []);
        return new DockerfileCompletions(names, offset, found, before).Of(word, text, before);
    }

    private (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) Of(TextSpan word, string text, string before)
    {
        if (before.EndsWith("$", StringComparison.Ordinal) || before.EndsWith("${", StringComparison.Ordinal))
            return (word, Variables());
        if (text.Substring(word.Start, word.Length).StartsWith("--", StringComparison.Ordinal))
            return (word, Flags());
        // The flag that the cursor stands in has no space before its value.
        var space = Math.Max(before.LastIndexOf(' '), before.LastIndexOf('\t'));
        var token = before.Substring(space + 1);
        if (token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=') is > 0 and var sign)
            return OfFlag(token.Substring(2, sign - 2), token.Substring(sign + 1), word);
        return (word, (Keyword, _words.Count) switch
        {
            ("FROM", 1) => Stages(),
            ("FROM", 2) => [Plain("AS", "a name for the stage")],
            ("ONBUILD", 1) => Words(DockerfileKeywords.All.Where(k => !NotTriggered.Contains(k))),
            ("ARG", 1) => [.. GlobalArguments().Select(n => Plain(n, "argument"))],
            ("STOPSIGNAL", 1) => [.. DockerfileSignals.All.Select(s => Plain(s, "signal"))],
            ("EXPOSE", > 1) when token.EndsWith("/", StringComparison.Ordinal) =>
                [.. ((string[])["tcp", "udp", "sctp"]).Select(p => Plain(p, "protocol"))],
            ("HEALTHCHECK", 1) => [new PlaceCompletion("CMD", "a command that tells", "CMD "), Plain("NONE", "take no check from the image")],
            _ => [],
        });
    }

    private (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) OfFlag(string flag, string value, TextSpan word)
    {
        // Platforms have slashes and variables in them.
        if (flag == "platform")
            return (new TextSpan(word.Start - value.Length, _offset), [.. Platforms.Select(p => Plain(p, "platform"))]);
        return (word, flag switch
        {
            "from" => Stages(),
            "network" => [.. ((string[])["default", "host", "none"]).Select(n => Plain(n, "network"))],
            "security" => [.. ((string[])["sandbox", "insecure"]).Select(n => Plain(n, "mode"))],
            "mount" => Mount(value),
            _ => [],
        });
    }

    // Behind a comma or at the beginning a field; behind its sign a value.
    private IReadOnlyList<PlaceCompletion> Mount(string value)
    {
        var fields = value.Split(',');
        var last = fields[fields.Length - 1];
        var sign = last.IndexOf('=');
        if (sign < 0)
        {
            var there = fields.Select(f => f.Split('=')[0]).ToList();
            return [.. DockerfileMount.Fields.Where(f => !there.Contains(f)).Select(f => new PlaceCompletion(f, "field of the mount", f + "="))];
        }

        return last.Substring(0, sign) switch
        {
            "type" => [.. DockerfileMount.Kinds.OrderBy(k => k, StringComparer.Ordinal).Select(k => Plain(k, "mount"))],
            "from" => Stages(),
            "sharing" => [.. DockerfileMount.Sharings.Select(s => Plain(s, "how builds share it"))],
            _ => [],
        };
    }

    private static PlaceCompletion Plain(string text, string detail) => new(text, detail, text);

    private static PlaceCompletion[] Words(IEnumerable<string> keywords) =>
        [.. keywords.Select(k => new PlaceCompletion(k, DockerfileKeywords.Of(k)!.What, k + " "))];

    private static PlaceCompletion[] Directives() =>
        [.. DockerfileParser.Directives.Select(d => new PlaceCompletion(d + "=", "says how the file is read", d + "="))];

    // Whether nothing but other directives is before it.
    private static bool IsHead(string before) => before.Split('\n').All(line => line.Trim().Length == 0
        || (line.TrimStart().StartsWith("#", StringComparison.Ordinal)
            && DockerfileParser.Directives.Contains(line.TrimStart('#', ' ').Split('=')[0].Trim())));

    private static bool IsContinued(string text, int line)
    {
        var before = text.Substring(0, line).TrimEnd('\r', '\n');
        return before.EndsWith("\\", StringComparison.Ordinal) && text.Substring(before.Length, line - before.Length).Count(c => c == '\n') == 1;
    }

    private static (int At, int Stage, DockerfileInstruction Instruction)? Nearest(
        DockerfileNames names, DockerfileDocument document, int line, int offset)
    {
        var last = document.Instructions.LastOrDefault(i => i.Span.Start <= offset);
        return last is null || last.Span.End < line ? null : names.InstructionAt(last.Span.Start);
    }

    private PlaceCompletion[] Flags()
    {
        var written = _instruction.Flags.Where(f => !f.Span.Touches(_offset)).Select(f => f.Name).ToList();
        return
        [
            .. (DockerfileKeywords.Of((_instruction.Trigger ?? _instruction).Keyword)?.Flags ?? [])
                .Where(f => f.Kind == DockerfileFlagKind.Texts || !written.Contains(f.Name))
                .Select(f => new PlaceCompletion("--" + f.Name, f.What, f.Kind == DockerfileFlagKind.Switch ? "--" + f.Name : $"--{f.Name}=")),
        ];
    }

    private PlaceCompletion[] Stages() =>
    [
        .. _names.Build.Froms.Take(Math.Max(0, _stage)).Select(DockerfileStages.NameOf).OfType<DockerfileWord>()
            .Select(name => Plain(name.Text, "stage")),
    ];

    private IEnumerable<string> GlobalArguments() => _names.Build.Arguments.Keys.Concat(DockerfileBuild.PredefinedArguments).Distinct();

    private PlaceCompletion[] Variables() =>
        [.. (_stage < 0 || _instruction.Keyword == "FROM" ? GlobalArguments() : _names.Build.NamesAt(_stage, _at)).Distinct()
            .Select(name => Plain(name, "variable"))];
}
