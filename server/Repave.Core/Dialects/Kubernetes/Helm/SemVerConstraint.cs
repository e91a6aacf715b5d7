namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A constraint on versions as Masterminds/semver reads it (<c>&gt;=1.2 &lt;3 || ~4.5</c>).</summary>
internal sealed class SemVerConstraint
{
    private readonly List<List<Part>> _alternatives;

    private SemVerConstraint(List<List<Part>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a constraint; null if it is none.</summary>
    public static SemVerConstraint? Parse(string text)
    {
        var alternatives = new List<List<Part>>();
        foreach (var alternative in WithoutHyphens(text).Split(["||"], StringSplitOptions.None))
        {
            var parts = new List<Part>();
            for (var i = 0; i < alternative.Length;)
            {
                if (alternative[i] is ' ' or ',' or '\t' or '\n' or '\r')
                {
                    i++;
                    continue;
                }

                if (ReadPart(alternative, ref i) is not { } part)
                    return null;
                parts.Add(part);
            }

            if (parts.Count == 0)
                return null;
            alternatives.Add(parts);
        }

        return new SemVerConstraint(alternatives);
    }

    /// <summary>Whether a version fulfils it.</summary>
    public bool Allows(SemVer version) => _alternatives.Any(parts => parts.All(part => part.Allows(version, parts.Any(p =>
        p.Version.Prerelease.Length > 0))));

    // "1.2 - 3" means from one to the other.
    private static string WithoutHyphens(string text)
    {
        var words = text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i + 1 < words.Length; i++)
        {
            if (words[i] == "-")
            {
                words[i - 1] = ">=" + words[i - 1];
                words[i] = "";
                words[i + 1] = "<=" + words[i + 1];
            }
        }

        return string.Join(" ", words);
    }

    private static Part? ReadPart(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] is '=' or '!' or '<' or '>' or '~' or '^')
            i++;
        var sign = text.Substring(start, i - start);
        if (sign is not ("" or "=" or "!=" or ">" or "<" or ">=" or "=>" or "<=" or "=<" or "~" or "~>" or "^"))
            return null;
        while (i < text.Length && text[i] == ' ')
            i++;
        var from = i;
        while (i < text.Length && text[i] is not (' ' or ',' or '\t' or '<' or '>' or '=' or '!' or '~' or '^' or '\n' or '\r'))
            i++;
        var version = text.Substring(from, i - from);
        if (version.Length == 0)
            return null;
        return Part.Of(sign, version);
    }

    private sealed class Part
    {
        private readonly string _sign;
        private readonly bool _minorDirty;
        private readonly bool _patchDirty;
        private readonly bool _dirty;

        private Part(string sign, SemVer version, bool minorDirty, bool patchDirty, bool dirty)
        {
            (_sign, Version, _minorDirty, _patchDirty, _dirty) = (sign, version, minorDirty, patchDirty, dirty);
        }

        public SemVer Version { get; }

        public static Part? Of(string sign, string text)
        {
            var core = text.StartsWith('v') ? text.Substring(1) : text;
            var tail = core.IndexOfAny(['-', '+']);
            var numbers = (tail < 0 ? core : core.Substring(0, tail)).Split('.');
            if (numbers.Length > 3)
                return null;
            bool IsWild(int index) => index < numbers.Length && numbers[index] is "x" or "X" or "*";
            if (IsWild(0))
                return new Part(">=", SemVer.Of(0, 0, 0), false, false, true);
            var minorDirty = numbers.Length < 2 || IsWild(1);
            var patchDirty = !minorDirty && (numbers.Length < 3 || IsWild(2));
            var made = minorDirty ? $"{numbers[0]}.0.0" : patchDirty ? $"{numbers[0]}.{numbers[1]}.0" : string.Join(".", numbers);
            var version = SemVer.Parse(made + (tail < 0 ? "" : core.Substring(tail)));
            return version is null ? null : new Part(sign, version, minorDirty, patchDirty, minorDirty || patchDirty);
        }

        public bool Allows(SemVer version, bool takesPrereleases)
        {
            // A release that is not out yet is only meant where the constraint names one.
            if (version.Prerelease.Length > 0 && !takesPrereleases)
                return false;
            var order = version.CompareTo(Version);
            switch (_sign)
            {
                case "" or "=":
                    return _dirty ? Tilde(version) : order == 0;
                case "!=":
                    if (!_dirty)
                        return order != 0;
                    return Version.Major != version.Major || (!_minorDirty && Version.Minor != version.Minor);
                case ">":
                    if (!_dirty)
                        return order > 0;
                    return version.Major != Version.Major ? version.Major > Version.Major
                        : !_minorDirty && version.Minor > Version.Minor;
                case ">=" or "=>":
                    return order >= 0;
                case "<":
                    return order < 0;
                case "<=" or "=<":
                    if (!_dirty)
                        return order <= 0;
                    return version.Major != Version.Major ? version.Major < Version.Major
                        : _minorDirty || version.Minor <= Version.Minor;
                case "^":
                    return Caret(version, order);
                default:
                    return Tilde(version);
            }
        }

        private bool Tilde(SemVer version)
        {
            if (version.CompareTo(Version) < 0)
                return false;
            if (_minorDirty)
                return version.Major == Version.Major || (Version is { Major: 0, Minor: 0, Patch: 0 } && _sign is "~" or "~>" && _dirty
                    && Version.Original == "");
            return version.Major == Version.Major && version.Minor == Version.Minor;
        }

        private bool Caret(SemVer version, int order)
        {
            if (order < 0)
                return false;
            if (Version.Major > 0 || _minorDirty)
                return version.Major == Version.Major;
            if (version.Major > 0)
                return false;
            if (Version.Minor > 0 || _patchDirty)
                return version.Minor == Version.Minor;
            return version.Minor == 0 && version.Patch == Version.Patch;
        }
    }
}
