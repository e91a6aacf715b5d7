using System.Globalization;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>What BuildKit refuses of one instruction, whatever the rest of the file is.</summary>
internal sealed class DockerfileInstructionCheck
{
    private const int SmallestWait = 1_000_000;

    private static readonly string[] Durations = ["interval", "timeout", "start-period", "start-interval"];

    private readonly DockerfileInstruction _it;
    private readonly DockerfileKeyword _kind;
    private readonly char _escape;
    private readonly Action<TextSpan, string> _report;

    private DockerfileInstructionCheck(
        DockerfileInstruction it, DockerfileKeyword kind, char escape, Action<TextSpan, string> report) =>
        (_it, _kind, _escape, _report) = (it, kind, escape, report);

    public static void Check(DockerfileInstruction instruction, DockerfileKeyword kind, char escape, Action<TextSpan, string> report) =>
        new DockerfileInstructionCheck(instruction, kind, escape, report).Check();

    private void Check()
    {
        if (_kind.Flags is { } known && !(_it.Keyword == "HEALTHCHECK" && IsNone()))
            CheckFlags(known);
        var words = _it.Words;
        switch (_it.Keyword)
        {
            case "FROM":
                CheckFrom();
                break;
            case "ADD" or "COPY":
                if (words.Count < 2)
                    _report(_it.WordsSpan, $"{_it.Keyword} needs a source and a destination.");
                else if (!_it.IsExec && DockerfileHeres.Of(words[words.Count - 1].Raw) is not null)
                    _report(words[words.Count - 1].Span, "A here-document cannot be the destination.");
                else
                    CheckFileFlags();
                break;
            case "VOLUME":
                if (words.Count == 0)
                    NeedsMore();
                foreach (var word in words.Where(w => w.Text.Trim().Length == 0))
                    _report(word.Span, "A volume's path is empty.");
                break;
            case "HEALTHCHECK":
                CheckHealth();
                break;
            case "SHELL" when !_it.IsExec && words.Count > 0:
                _report(_it.WordsSpan, "SHELL is written in the exec form: SHELL [\"program\", \"argument\"].");
                break;
            case "ONBUILD" when _it.Trigger is { Keyword: "ONBUILD" or "FROM" or "MAINTAINER" } trigger:
                _report(trigger.KeywordSpan, $"{trigger.Keyword} cannot stand behind ONBUILD.");
                break;
            case "RUN":
                CheckRun();
                break;
            case "EXPOSE":
                if (words.Count == 0)
                    NeedsMore();
                foreach (var port in words)
                    CheckPort(port);
                break;
            case "ARG":
                if (words.Count == 0)
                    NeedsMore();
                foreach (var word in words.Where(w => w.Raw.StartsWith('=')))
                    _report(word.Span, "A name is missing before the sign of equality.");
                break;
            case "ENV" or "LABEL" or "MAINTAINER" or "USER" or "WORKDIR" or "STOPSIGNAL" or "SHELL" or "ONBUILD" when words.Count == 0:
                NeedsMore();
                return;
        }

        foreach (var word in _it.Expanded())
            CheckExpansion(word);
        if (_it.Keyword == "STOPSIGNAL" && Constant(words[0]) is { } signal && !DockerfileSignals.Exists(signal))
            _report(words[0].Span, $"There is no signal '{DockerfileParser.Short(signal)}'.");
        if (_it.Keyword is "ADD" or "COPY")
        {
            foreach (var here in _it.HereDocuments.Where(h => h.Expands))
                CheckExpansion(here.Text, '\\', true, (_, _) => _it.KeywordSpan);
        }
    }

    private void CheckExpansion(DockerfileWord word) => CheckExpansion(word.Raw, _escape, false, word.PartOf);

    private void CheckExpansion(string raw, char escape, bool keepsQuotes, Func<int, int, TextSpan> place)
    {
        if (DockerfileExpansion.Expand(raw, escape, static _ => null, keepsQuotes) is { Error: { } error } wrong)
            _report(place(wrong.ErrorStart, wrong.ErrorEnd), error);
    }

    // A word without variables, as it is taken; null if it has some.
    private string? Constant(DockerfileWord word) =>
        word.Raw.IndexOf('$') >= 0 ? null : DockerfileExpansion.Expand(word.Raw, _escape, static _ => null).Text;

    private void NeedsMore() => _report(_it.KeywordSpan, $"Something is missing behind {_it.Keyword}: {_kind.Form}.");

    private bool IsNone() => _it.Words.Count > 0 && string.Equals(_it.Words[0].Raw, "NONE", StringComparison.OrdinalIgnoreCase);

    private void CheckFlags(IReadOnlyList<(string Name, DockerfileFlagKind Kind, string What)> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var flag in _it.Flags)
        {
            var (name, kind, _) = known.FirstOrDefault(k => k.Name == flag.Name);
            if (name is null)
            {
                var hint = NearestName.Of(flag.Name, known.Select(k => k.Name)) is { } nearest ? $" Did you mean --{nearest}?" : "";
                _report(flag.Span, $"{_it.Keyword} has no flag --{DockerfileParser.Short(flag.Name)}.{hint}");
                continue;
            }

            if (!seen.Add(name) && kind != DockerfileFlagKind.Texts)
                _report(flag.Span, $"The flag --{name} is given twice.");
            if (kind == DockerfileFlagKind.Switch
                ? flag.Word is not null && flag.Value.ToLowerInvariant() is not ("true" or "false") : flag.Word is null)
                _report(flag.Span, kind == DockerfileFlagKind.Switch ? $"--{name} takes true or false." : $"--{name} needs a value.");
        }
    }

    private void CheckFrom()
    {
        var words = _it.Words;
        var named = words.Count == 3 && string.Equals(words[1].Raw, "AS", StringComparison.OrdinalIgnoreCase);
        if (words.Count != 1 && !named)
        {
            _report(_it.WordsSpan, "FROM is written FROM <image>, or FROM <image> AS <name>.");
            return;
        }

        if (named && !IsStageName(words[2].Raw))
            _report(words[2].Span, "A stage's name begins with a letter; then letters, digits, '-', '_' and '.' may follow.");
        if (_it.Flags.FirstOrDefault(f => f.Name == "platform") is { Word: { } platform } && Constant(platform) is { } text
            && !IsPlatform(text))
            _report(platform.Span, $"'{DockerfileParser.Short(text)}' is not a platform: write it as linux/amd64.");
        // A name in capitals is a place that a script fills in.
        if (Constant(words[0]) is { } image && !DockerfileImageName.IsValid(image)
            && !(image.Length > 0 && image.All(c => c is (>= 'A' and <= 'Z') or '_')))
            _report(words[0].Span,
                image.Length == 0 ? "The image's name is empty." : $"'{DockerfileParser.Short(image)}' is not an image's name.");
    }

    private static bool IsStageName(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower.Length > 0 && lower[0] is >= 'a' and <= 'z'
            && lower.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.');
    }

    private static bool IsPlatform(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 3 || text.IndexOf('*') >= 0)
            return false;
        // One part is an operating system or an architecture that is known by name; a version may stand in parentheses behind the former.
        var first = parts[0].Split('(')[0];
        return first.Length > 0 && parts.All(p => p.Length > 0 && p.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '(' or ')'
            or '+')) && (parts.Length > 1 || DockerfilePlatforms.IsKnown(first));
    }

    private void CheckFileFlags()
    {
        DockerfileWord[] sources = [.. _it.Words.Take(_it.Words.Count - 1).Where(w => _it.IsExec || DockerfileHeres.Of(w.Raw) is null)];
        if (_it.Keyword == "COPY")
        {
            foreach (var source in sources)
            {
                if (Constant(source) is { } text && DockerfileSource.KindOf(text) != DockerfileSourceKind.Files
                    && !text.StartsWith("HTTP", StringComparison.Ordinal))
                    _report(source.Span, "COPY takes files; ADD takes addresses and repositories too.");
            }
        }
        else if (_it.Flags.FirstOrDefault(f => f.Name == "checksum") is { Word: { } checksum, Value.Length: > 0 })
        {
            if (sources.Length != 1)
                _report(checksum.Span, "A checksum is of one source: give each its own ADD.");
            else if (Constant(sources[0]) is { } text && DockerfileSource.KindOf(text) is var kind and not DockerfileSourceKind.Repository)
                CheckChecksum(checksum, kind);
        }

        if (_it.Flags.FirstOrDefault(f => f.Name == "from") is { Word: { } from }
            && DockerfileExpansion.UsesIn(from.Text, _escape).Count > 0)
            _report(from.Span, "--from takes no variables: begin a stage with FROM and the variable, and name that stage here.");
    }

    private void CheckChecksum(DockerfileWord checksum, DockerfileSourceKind kind)
    {
        if (kind == DockerfileSourceKind.Files)
            _report(checksum.Span, "Only what is downloaded has a checksum.");
        else if (checksum.Raw.IndexOf('$') < 0 && !DockerfileSource.IsDigest(checksum.Text))
            _report(checksum.Span, $"'{DockerfileParser.Short(checksum.Text)}' is not a digest: write sha256: and 64 digits behind it.");
    }

    private void CheckHealth()
    {
        if (_it.Words.Count == 0)
        {
            NeedsMore();
            return;
        }

        if (IsNone())
        {
            if (_it.Words.Count > 1)
                _report(_it.Words[1].Span, "HEALTHCHECK NONE takes nothing more.");
            return;
        }

        if (!string.Equals(_it.Words[0].Raw, "CMD", StringComparison.OrdinalIgnoreCase))
            _report(_it.Words[0].Span, "Behind HEALTHCHECK stands CMD with a command, or NONE.");
        else if (_it.Words.Count == 1)
            _report(_it.Words[0].Span, "A command is missing behind HEALTHCHECK CMD.");
        foreach (var flag in _it.Flags)
        {
            if (Array.IndexOf(Durations, flag.Name) >= 0 && flag.Value.Length > 0
                && (DockerfileDuration.Nanoseconds(flag.Value) is not { } wait || (wait != 0 && wait < SmallestWait)))
                _report(flag.Span, $"'{DockerfileParser.Short(flag.Value)}' is not a duration of a millisecond or more: write it as 30s.");
            if (flag is { Name: "retries", Value.Length: > 0 }
                && (!int.TryParse(flag.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var retries) || retries < 0))
                _report(flag.Span, "--retries takes a whole number, 0 or more.");
        }
    }

    private void CheckRun()
    {
        foreach (var flag in _it.Flags)
        {
            if (flag.Word is not { } value)
                continue;
            if (flag.Name == "mount")
                DockerfileMount.Check(value, _report);
            else if (flag.Name == "network" && flag.Value is not ("default" or "none" or "host"))
                _report(value.Span, "--network takes default, none or host.");
            else if (flag.Name == "security" && flag.Value is not ("sandbox" or "insecure"))
                _report(value.Span, "--security takes sandbox or insecure.");
        }
    }

    private void CheckPort(DockerfileWord word)
    {
        if (Constant(word) is not { Length: > 0 } text || DockerfilePort.Read(text).Error is not { } error)
            return;
        _report(word.Span, error);
    }
}
