#pragma warning disable RS0030 // This is the place that the ban sends everybody to.
using System.Text.RegularExpressions;

namespace Repave.Core.Text;

/// <summary>A regular expression whose time is bounded, whatever the pattern and the text: the only place in Core that makes one. Short
/// texts are tried the usual way for a moment; what is longer, or took too long once, goes to an engine that reads every character once,
/// where the platform has it. A pattern that this engine does not take (it looks around, or back at its groups) and that took too long once
/// is not asked again. Whoever asks learns that there is no answer, and never meets an exception.</summary>
public sealed class BoundedRegex
{
    // Made for people's texts; what is longer costs the usual engine too much when a pattern is only quadratic.
    private const int ShortText = 4096;

    // Go's engine, which API servers match with, refuses more repetitions of a part than this; so large an automaton is not made
    // here either.
    private const int MaxSize = 1000;

    // A character costs that engine no more than there are parts of the pattern that it may stand in.
    private const long MaxSteps = 400_000_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LimitOfLookingAround = TimeSpan.FromMilliseconds(100);

    private readonly string _pattern;
    private readonly RegexOptions _options;
    private readonly bool _isLinear;
    private readonly long _size;
    private Regex? _usual;
    private Regex? _linear;
    private volatile bool _isSlow;
    private volatile bool _isGivenUp;

    /// <summary>A pattern of our own. It is read when it is first asked, because most are never.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="ignoresCase">Whether upper and lower case are one.</param>
    public BoundedRegex(string pattern, bool ignoresCase = false)
    {
        _pattern = pattern;
        _options = RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        _size = Math.Max(1, SizeOf(pattern));
        _isLinear = RegexPlatform.Linear != RegexOptions.None && !LooksAround(pattern) && _size <= MaxSize;
    }

    private BoundedRegex(string pattern, Regex usual)
        : this(pattern) => _usual = usual;

    /// <summary>A pattern that somebody else wrote; null if this platform cannot read it, which then checks nothing.</summary>
    public static BoundedRegex? TryCreate(string pattern)
    {
        try
        {
            return new BoundedRegex(pattern, new Regex(pattern, RegexOptions.CultureInvariant, Moment));
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    /// <summary>Whether the pattern is found in a text; null if that was given up.</summary>
    public bool? Decides(string text) => Find(text, 0, out var place) ? place is not null : null;

    /// <summary>Whether the pattern is found in a text; what was given up is not found.</summary>
    public bool Matches(string text) => Decides(text) == true;

    /// <summary>Where the pattern is first found from a place on; null where it is not, or that was given up.</summary>
    public TextSpan? Match(string text, int start = 0) => Find(text, start, out var place) ? place : null;

    /// <summary>Where the pattern is first found. Tells whether there is an answer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="place">Where it was found; null if nowhere.</param>
    public bool Find(string text, int start, out TextSpan? place)
    {
        place = null;
        if (_isGivenUp)
            return false;
        try
        {
            if (!_isSlow && text.Length <= ShortText && RegexTime.IsLeft)
            {
                _usual ??= Make(_options, Moment);
                if (TryFind(_usual, text, start, out place))
                    return true;
                _isSlow = true;
            }

            if (_isLinear)
            {
                if (_size * text.Length > MaxSteps)
                    return false;
                // Without a limit of time: with one, .NET 10 misses words at the end of long texts (\b is judged by the wrong neighbour
                // where the engine pauses to look at the clock), and this engine's time is bounded by the line above.
                _linear ??= Make(_options | RegexPlatform.Linear, Regex.InfiniteMatchTimeout);
                return TryFind(_linear, text, start, out place);
            }

            if (!RegexTime.IsLeft)
                return false;
            _linear ??= Make(_options, LimitOfLookingAround);
            if (TryFind(_linear, text, start, out place))
                return true;
            _isGivenUp = true;
            return false;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or InsufficientExecutionStackException)
        {
            // The engine takes no such pattern after all.
            _isGivenUp = true;
            return false;
        }
    }

    /// <summary>Where the pattern is first found from a place on, with its groups; null where it is not, or that was given up.</summary>
    public BoundedMatch? MatchGroups(string text, int start)
    {
        if (Match(text, start) is null)
            return null;
        try
        {
            // The engine that has just found it finds it again, in the time that it took.
            var regex = _isSlow || text.Length > ShortText ? _linear ?? _usual : _usual ?? _linear;
            var match = regex?.Match(text, start);
            if (match is not { Success: true })
                return null;
            var groups = new Dictionary<string, TextSpan?>(StringComparer.Ordinal);
            foreach (var name in regex!.GetGroupNames())
            {
                var group = match.Groups[name];
                groups[name] = group.Success ? new TextSpan(group.Index, group.Index + group.Length) : null;
            }

            return new BoundedMatch(new TextSpan(match.Index, match.Index + match.Length), groups);
        }
        catch (RegexMatchTimeoutException exception)
        {
            RegexTime.Spend(exception.MatchTimeout);
            return null;
        }
    }

    /// <summary>The pattern.</summary>
    public override string ToString() => _pattern;

    /// <summary>A text as a pattern that finds just it.</summary>
    public static string Escape(string text) => Regex.Escape(text);

    private Regex Make(RegexOptions options, TimeSpan limit) => new(_pattern, options, limit);

    private static bool TryFind(Regex regex, string text, int start, out TextSpan? place)
    {
        place = null;
        try
        {
            // Asking whether is much cheaper than asking where.
            if (start == 0 && !regex.IsMatch(text))
                return true;
            var match = regex.Match(text, start);
            place = match.Success ? new TextSpan(match.Index, match.Index + match.Length) : null;
            return true;
        }
        catch (RegexMatchTimeoutException exception)
        {
            RegexTime.Spend(exception.MatchTimeout);
            return false;
        }
    }

    // (?= (?! (?<= (?<! (?> (?( and references to groups.
    private static bool LooksAround(string pattern)
    {
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
                if (pattern[i] is (>= '1' and <= '9') or 'k' or 'G')
                    return true;
            }
            else if (pattern[i] == '(' && pattern[i + 1] == '?' && i + 2 < pattern.Length
                && (pattern[i + 2] is '=' or '!' or '>' or '('
                    || (pattern[i + 2] == '<' && i + 3 < pattern.Length && pattern[i + 3] is '=' or '!')))
            {
                return true;
            }
        }

        return false;
    }

    // About how many characters the pattern has once its repetitions are written out.
    private static long SizeOf(string pattern)
    {
        var outer = new Stack<long>();
        long size = 0, last = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    (size, last) = (size + last, 1);
                    break;
                case '(':
                    outer.Push(size + last);
                    (size, last) = (0, 0);
                    break;
                case ')' when outer.Count > 0:
                    (last, size) = (size + last, outer.Pop());
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    (size, last) = (size + last, 1);
                    break;
                case '{' when CountAt(pattern, i) is { } count:
                    last = Math.Min(Math.Max(last, 1) * Math.Max(count, 1), int.MaxValue);
                    i = pattern.IndexOf('}', i);
                    break;
                case '*' or '+' or '?' or '|' or '^' or '$':
                    break;
                default:
                    (size, last) = (size + last, 1);
                    break;
            }

            if (size > int.MaxValue)
                return size;
        }

        while (outer.Count > 0)
            size += outer.Pop();
        return size + last;
    }

    private static int EndOfClass(string pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == ']' && i > start + 1)
                return i;
        }

        return pattern.Length;
    }

    // The larger number in {n}, {n,} or {n,m}; null if the brace repeats nothing.
    private static long? CountAt(string pattern, int open)
    {
        long count = 0, number = 0;
        for (var i = open + 1; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case >= '0' and <= '9':
                    number = Math.Min((number * 10) + (pattern[i] - '0'), int.MaxValue);
                    break;
                case ',':
                    (count, number) = (number, 0);
                    break;
                case '}' when i > open + 1:
                    return Math.Max(count, number);
                default:
                    return null;
            }
        }

        return null;
    }
}
