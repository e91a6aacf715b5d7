namespace Repave.Core.Rules;

/// <summary>A pattern for paths as .gitignore writes them: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders; a pattern without
/// a slash matches at any depth, and a folder matches everything below it. A path is read once, whatever the pattern: settings come with
/// repositories, and a pattern that tries everything again would stop whoever opens one.</summary>
public sealed class PathPattern
{
    private enum Step
    {
        // This character.
        Character,

        // One character of a name.
        One,

        // Any characters of a name.
        Name,

        // Any characters.
        Path,

        // Any folders, each with its slash, or none.
        Folders,
    }

    private readonly List<(Step Step, char Character)> _steps;
    private readonly bool _fromRoot;

    // What stands before the paths that are asked about.
    private readonly string _before = "";

    /// <summary>Reads a pattern.</summary>
    public PathPattern(string pattern)
    {
        Text = pattern;
        _steps = [];
        _fromRoot = pattern.StartsWith('/');
        var body = pattern.Trim('/');
        for (var i = 0; i < body.Length; i++)
        {
            if (string.CompareOrdinal(body, i, "**/", 0, 3) == 0)
            {
                Add(Step.Folders);
                i += 2;
            }
            else if (string.CompareOrdinal(body, i, "**", 0, 2) == 0)
            {
                Add(Step.Path);
                i++;
            }
            else
            {
                Add(body[i] switch { '*' => Step.Name, '?' => Step.One, _ => Step.Character }, body[i]);
            }
        }
    }

    private PathPattern(PathPattern other, string folder) =>
        (Text, _steps, _fromRoot, _before) = (other.Text, other._steps, other._fromRoot, folder + "/");

    /// <summary>The pattern for paths that start in a folder below the one that its own start in.</summary>
    /// <param name="folder">That folder, from where the pattern's paths start.</param>
    public PathPattern Below(string folder) => folder.Length == 0 ? this : new PathPattern(this, folder);

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether a path (forward slashes) matches.</summary>
    public bool Matches(string path)
    {
        if (_before.Length > 0 && !path.StartsWith("/", StringComparison.Ordinal))
            path = _before + (path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path);
        var start = path.StartsWith("./", StringComparison.Ordinal) ? 2 : 0;
        // Where in the pattern the reader may stand; beside it, whether inside the folders of a "**/".
        var (here, next) = (new bool[_steps.Count + 1], new bool[_steps.Count + 1]);
        var (inside, nextInside) = (new bool[_steps.Count + 1], new bool[_steps.Count + 1]);
        for (var at = start; at <= path.Length; at++)
        {
            if (at == start || (!_fromRoot && path[at - 1] == '/'))
                Reach(here, 0);
            if (here[_steps.Count] && (at == path.Length || path[at] == '/'))
                return true;
            if (at == path.Length)
                break;
            Array.Clear(next, 0, next.Length);
            Array.Clear(nextInside, 0, nextInside.Length);
            for (var i = 0; i < _steps.Count; i++)
            {
                if (here[i] || inside[i])
                    Read(i, path[at], here[i], next, nextInside);
            }

            (here, next) = (next, here);
            (inside, nextInside) = (nextInside, inside);
        }

        return false;
    }

    private void Add(Step step, char character = '\0')
    {
        // Two in a row say what one does.
        if (step is Step.Folders or Step.Path or Step.Name && _steps.Count > 0 && _steps[_steps.Count - 1].Step == step)
            return;
        _steps.Add((step, character));
    }

    private void Read(int i, char c, bool isHere, bool[] next, bool[] nextInside)
    {
        switch (_steps[i].Step)
        {
            case Step.Character when isHere && c == _steps[i].Character:
            case Step.One when isHere && c != '/':
                Reach(next, i + 1);
                break;
            case Step.Name when isHere && c != '/':
            case Step.Path when isHere:
                Reach(next, i);
                break;
            case Step.Folders:
                nextInside[i] = true;
                if (c == '/')
                    Reach(next, i + 1);
                break;
        }
    }

    // What may be nothing is passed as well.
    private void Reach(bool[] states, int i)
    {
        for (; !states[i]; i++)
        {
            states[i] = true;
            if (i == _steps.Count || _steps[i].Step is Step.Character or Step.One)
                return;
        }
    }
}
