using Repave.Core.Builds;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>The files and folders that fit where a cursor stands in a kustomization. The place is told from the lines and how far
/// they are indented, because what is being typed is rarely whole.</summary>
internal static class KustomizeSuggestions
{
    private const int Most = 300;
    private const int MaxSteps = 6;

    /// <summary>The suggestions.</summary>
    /// <param name="files">The files.</param>
    /// <param name="path">The kustomization.</param>
    /// <param name="text">Its text.</param>
    /// <param name="offset">Where the cursor stands.</param>
    public static IReadOnlyList<SourceSuggestion> Of(IBuildFiles files, string path, string text, int offset)
    {
        var start = offset <= 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        var typed = text.Substring(start, offset - start);
        if (typed.IndexOf('#') >= 0)
            return [];
        var line = new Line(typed);
        var value = typed.Substring(line.Column);
        var colon = value.IndexOf(": ", StringComparison.Ordinal);
        var keys = Parents(text, start, line);
        if (Structure(keys) is not var (structure, member))
            return [];
        if (colon >= 0)
        {
            var key = value.Substring(0, colon).Trim();
            if (member is not null && KustomizeFacts.Named(structure) is var inner && KustomizeFacts.Instance.Members(inner) is null)
                return [];
            var rest = value.Substring(colon + 2);
            return KustomizeNames.IsPath(structure, key) ? Files(files, path, key, rest, offset) : [];
        }

        return line.IsItem && member is not null && KustomizeNames.IsPath(member.Value.Structure, member.Value.Name)
            ? Files(files, path, member.Value.Name, value, offset) : [];
    }

    // The structure that a place belongs to, and the member whose list it stands in, if that is one of texts.
    private static (string Structure, (string Structure, string Name)? Member)? Structure(List<string> keys)
    {
        var structure = "Kustomization";
        for (var i = 0; i < keys.Count; i++)
        {
            if (KustomizeFacts.Instance.Members(structure) is not { } members || !members.TryGetValue(keys[i], out var type))
                return null;
            var inner = KustomizeFacts.Named(type);
            if (KustomizeFacts.Instance.Members(inner) is null)
                return i == keys.Count - 1 ? (inner, (structure, keys[i])) : null;
            structure = inner;
        }

        return (structure, null);
    }

    // The keys above a line under which it stands, the outermost first.
    private static List<string> Parents(string text, int start, Line line)
    {
        var keys = new List<string>();
        var most = line.IsItem ? line.Dash : line.Column - 1;
        for (var end = start - 1; end >= 0 && most >= 0;)
        {
            var from = end == 0 ? 0 : text.LastIndexOf('\n', end - 1) + 1;
            var above = text.Substring(from, end - from).TrimEnd();
            end = from - 1;
            var one = new Line(above);
            var content = above.Substring(Math.Min(one.Column, above.Length));
            if (content.Length == 0 || content[0] == '#')
                continue;
            var isParent = content.EndsWith(':') && one.Column <= most;
            if (isParent)
                keys.Insert(0, content.Substring(0, content.Length - 1).Trim('"', '\''));
            // An item's first line ends what belongs to the item.
            if (one.IsItem && one.Dash < most + 1)
                most = Math.Min(most, one.Dash);
            else if (isParent)
                most = one.Column - 1;
        }

        return keys;
    }

    private static List<SourceSuggestion> Files(IBuildFiles files, string path, string member, string typed, int offset)
    {
        var wanted = KustomizeNames.PathIn(member, typed.TrimStart('"', '\''));
        var span = new TextSpan(offset - wanted.Length, offset);
        var folder = path.LastIndexOf('/') is >= 0 and var slash ? path.Substring(0, slash) : "";
        var found = new List<SourceSuggestion>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var prefix = wanted.LastIndexOf('/') is >= 0 and var at ? wanted.Substring(0, at + 1) : "";
        var here = KustomizeContext.Join(folder, prefix);
        var takesFolders = member is "resources" or "bases" or "components";
        if (!here.StartsWith("..", StringComparison.Ordinal))
        {
            foreach (var name in files.Below(here))
            {
                var rest = here.Length == 0 ? name : name.Substring(here.Length + 1);
                var step = rest.IndexOf('/');
                var one = prefix + (step < 0 ? rest : rest.Substring(0, step + 1));
                if (name == path || !seen.Add(one))
                    continue;
                Add(one, step < 0 ? "a file" : "a folder");
            }
        }

        if (takesFolders)
        {
            // Bases and components lie beside or above: whoever has typed nothing of the way is shown it whole.
            var up = "";
            for (var step = 0; step < MaxSteps && found.Count < Most; step++)
            {
                var root = KustomizeContext.Join(folder, up);
                if (root.StartsWith("..", StringComparison.Ordinal))
                    break;
                foreach (var name in files.Below(root).Where(KustomizeBuilds.IsKustomization))
                {
                    var home = name.Substring(0, Math.Max(0, name.LastIndexOf('/')));
                    if (home == folder || KustomizeContext.IsWithin(folder, home))
                        continue;
                    var one = up + (root.Length == 0 ? home : home.Length > root.Length ? home.Substring(root.Length + 1) : "");
                    if (seen.Add(home + "\0") && one.Length > 0)
                        Add(one, "a kustomization");
                }

                if (root.Length == 0)
                    break;
                up += "../";
            }
        }

        return found;

        void Add(string one, string detail)
        {
            if (found.Count < Most && one.StartsWith(wanted, StringComparison.Ordinal) && one != wanted)
                found.Add(new SourceSuggestion(one, detail, span));
        }
    }

    // How far a line's content is indented, and where the dash before it stands.
    private readonly struct Line
    {
        public Line(string text)
        {
            var at = 0;
            Dash = -1;
            while (at < text.Length && text[at] == ' ')
                at++;
            while (at < text.Length && text[at] == '-' && (at + 1 == text.Length || text[at + 1] == ' '))
            {
                Dash = Dash < 0 ? at : Dash;
                at++;
                while (at < text.Length && text[at] == ' ')
                    at++;
            }

            Column = at;
        }

        public int Column { get; }

        public int Dash { get; }

        public bool IsItem => Dash >= 0;
    }
}
