using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Analyzers;

/// <summary>The severities that an <c>.editorconfig</c> gives rules in files that the compiler does not compile.
/// See https://spec.editorconfig.org.</summary>
internal sealed class EditorConfigFile
{
    public const string FileName = ".editorconfig";

    private const string Before = "dotnet_diagnostic.";
    private const string ForAll = "dotnet_analyzer_diagnostic.";
    private const string Category = "category-";
    private const string After = ".severity";

    private readonly List<(Regex Files, Dictionary<string, string> Severities)> _sections = [];

    /// <summary>Reads a file's text; lines that are none of a rule's severity are passed over.</summary>
    public EditorConfigFile(string path, string text)
    {
        Folder = path.Replace('\\', '/');
        Folder = Folder.Substring(0, Math.Max(0, Folder.LastIndexOf('/')));
        Dictionary<string, string>? section = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length > 2 && line[0] == '[' && line[line.Length - 1] == ']')
            {
                section = new(StringComparer.OrdinalIgnoreCase);
                _sections.Add((PatternOf(line.Substring(1, line.Length - 2)), section));
                continue;
            }

            var equals = line.IndexOf('=');
            if (section is null || equals < 0 || NameOf(line.Substring(0, equals).Trim()) is not { } name)
                continue;
            // Behind the severity a comment may stand.
            section[name] = line.Substring(equals + 1).Split('#', ';')[0].Trim().ToLowerInvariant();
        }
    }

    /// <summary>The name that a key gives a severity to: a rule's id, <c>category-</c> and a category, or nothing for all; null if it is
    /// none
    /// of these.</summary>
    public static string? NameOf(string key)
    {
        if (!key.EndsWith(After, StringComparison.OrdinalIgnoreCase))
            return null;
        if (key.StartsWith(Before, StringComparison.OrdinalIgnoreCase) && key.Length > Before.Length + After.Length)
            return key.Substring(Before.Length, key.Length - Before.Length - After.Length);
        if (!key.StartsWith(ForAll, StringComparison.OrdinalIgnoreCase))
            return null;
        if (key.Length == ForAll.Length + After.Length - 1)
            return "";
        var name = key.Substring(ForAll.Length, Math.Max(0, key.Length - ForAll.Length - After.Length));
        return name.StartsWith(Category, StringComparison.OrdinalIgnoreCase) ? name : null;
    }

    /// <summary>The keys that weigh a rule, the more particular ones first: its id, its category (and Repave, which is every rule's), and
    /// everything.</summary>
    public static IReadOnlyList<string> NamesOf(string id, string category) => [id, Category + category, Category + "Repave", ""];

    /// <summary>The same as <c>.editorconfig</c> says it.</summary>
    public static IReadOnlyList<string> KeysOf(string category) =>
        [$"{ForAll}{Category}{category}{After}", $"{ForAll}{Category}Repave{After}", ForAll + After.Substring(1)];

    /// <summary>The folder that it speaks of.</summary>
    public string Folder { get; }

    /// <summary>Whether it says anything of a rule.</summary>
    public bool Mentions(string id) => _sections.Any(s => s.Severities.ContainsKey(id));

    /// <summary>What it says of a name in a file, the last section that does counting; null if nothing.</summary>
    /// <param name="id">The rule's id, or another of the names that weigh it.</param>
    /// <param name="path">The file's path with forward slashes.</param>
    public string? SeverityOf(string id, string path)
    {
        if (_sections.Count == 0 || !path.StartsWith(Folder + "/", StringComparison.Ordinal))
            return null;
        var below = path.Substring(Folder.Length + 1);
        string? said = null;
        foreach (var (files, severities) in _sections)
        {
            if (severities.TryGetValue(id, out var severity) && files.IsMatch(below))
                said = severity;
        }

        return said;
    }

    private static Regex PatternOf(string glob)
    {
        var regex = new StringBuilder(glob.Contains('/') ? "^" : "^(.*/)?");
        var depth = 0;
        var body = glob.TrimStart('/');
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case '*' when i + 1 < body.Length && body[i + 1] == '*':
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '{' when body.IndexOf('}', i) > 0:
                    regex.Append("(?:");
                    depth++;
                    break;
                case '}' when depth > 0:
                    regex.Append(')');
                    depth--;
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                default:
                    regex.Append(Regex.Escape(body[i].ToString()));
                    break;
            }
        }

        return new Regex(regex.Append(new string(')', depth)).Append('$').ToString(), RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
    }
}
