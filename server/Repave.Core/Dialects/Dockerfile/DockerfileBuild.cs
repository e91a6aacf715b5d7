using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>A whole Dockerfile: its stages, what they are built upon, and what variables stand for at each place. Made once for a document;
/// it never changes.</summary>
public sealed class DockerfileBuild
{
    // Nobody builds so many stages upon one another; behind them, everything is unknown.
    private const int MaxChain = 64;

    // BuildKit's predefined arguments (frontend/dockerfile/dockerfile2llb/platform.go); their values are those of the build.
    private static readonly string[] Predefined =
    [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION",
        "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
    ];

    // Arguments that every build may be given without their being declared (docs.docker.com/reference/dockerfile, "Predefined ARGs").
    private static readonly string[] Proxies =
    [
        "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY",
        "all_proxy",
    ];

    private readonly Dictionary<string, DockerfileValue> _global = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withoutDefault = new(StringComparer.Ordinal);
    private readonly Stage[] _stages;

    internal DockerfileBuild(DockerfileDocument document)
    {
        Document = document;
        Froms = [.. document.Instructions.Where(i => i.Keyword == "FROM")];
        foreach (var name in Predefined)
            _global[name] = new DockerfileValue(null);
        ReadGlobals();
        _stages = ReadStages();
    }

    /// <summary>The document.</summary>
    public DockerfileDocument Document { get; }

    /// <summary>The FROM of each stage.</summary>
    public IReadOnlyList<DockerfileInstruction> Froms { get; }

    /// <summary>The arguments that are declared before the first FROM, each with its declaration.</summary>
    public IReadOnlyDictionary<string, DockerfileWord> Arguments => _declared;

    private readonly Dictionary<string, DockerfileWord> _declared = new(StringComparer.Ordinal);

    /// <summary>Names of arguments that every build has.</summary>
    public static IReadOnlyList<string> PredefinedArguments => Predefined;

    /// <summary>The stage that a stage is built upon; less than 0 if it is an image.</summary>
    public int BaseOf(int stage) => _stages[stage].Base;

    /// <summary>The name that a FROM builds upon with arguments' defaults filled in; null if only the build knows it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="withoutArguments">Whether arguments that have no default are empty, as they are where none is given.</param>
    public string? ImageOf(int stage, bool withoutArguments = false) =>
        Froms[stage].Words.Count == 0 ? null : ExpandGlobal(Froms[stage].Words[0].Raw, withoutArguments).Text;

    /// <summary>A text of a FROM, or of an argument before the first one, with its variables filled in.</summary>
    public DockerfileExpanded ExpandGlobal(string raw, bool withoutArguments = false) => DockerfileExpansion.Expand(raw, Document.Escape,
        name => withoutArguments && _withoutDefault.Contains(name) ? null
            : _global.TryGetValue(name, out var value) ? value : null);

    /// <summary>A text in a stage with its variables filled in.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="instruction">The instruction's place among the document's; what it sets itself does not count.</param>
    /// <param name="raw">The text as it is written.</param>
    /// <param name="keepsQuotes">Whether quotes mean nothing, as in here-documents.</param>
    public DockerfileExpanded Expand(int stage, int instruction, string raw, bool keepsQuotes = false) =>
        DockerfileExpansion.Expand(raw, keepsQuotes ? '\\' : Document.Escape, name => ValueAt(stage, instruction, name), keepsQuotes);

    /// <summary>What a variable stands for in a stage; null if nothing in this file sets or declares it.</summary>
    public DockerfileValue? ValueAt(int stage, int instruction, string name)
    {
        for (var depth = 0; stage >= 0; depth++)
        {
            if (depth == MaxChain)
                return new DockerfileValue(null);
            if (_stages[stage].Sets.TryGetValue(name, out var sets))
            {
                for (var i = sets.Count - 1; i >= 0; i--)
                {
                    if (sets[i].Instruction < instruction)
                        return sets[i].Value;
                }
            }

            stage = _stages[stage].Base;
            instruction = int.MaxValue;
        }

        // A build sets the path where no image does.
        return name == "PATH" || Array.IndexOf(Proxies, name) >= 0 ? new DockerfileValue(null) : null;
    }

    /// <summary>The names that are set or declared at a place of a stage.</summary>
    public IEnumerable<string> NamesAt(int stage, int instruction)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var depth = 0; stage >= 0 && depth < MaxChain; depth++)
        {
            foreach (var (name, sets) in _stages[stage].Sets)
            {
                if (sets[0].Instruction < instruction && seen.Add(name))
                    yield return name;
            }

            stage = _stages[stage].Base;
            instruction = int.MaxValue;
        }
    }

    /// <summary>The instruction's place of the nearest setting or declaration of a name before another; less than 0 if there is
    /// none.</summary>
    public int SettingOf(int stage, int instruction, string name)
    {
        for (var depth = 0; stage >= 0 && depth < MaxChain; depth++)
        {
            if (_stages[stage].Sets.TryGetValue(name, out var sets))
            {
                for (var i = sets.Count - 1; i >= 0; i--)
                {
                    if (sets[i].Instruction < instruction)
                        return sets[i].Instruction;
                }
            }

            stage = _stages[stage].Base;
            instruction = int.MaxValue;
        }

        return -1;
    }

    /// <summary>Whether everything that a stage has comes from this file: it is built upon nothing in the end.</summary>
    public bool IsFromScratch(int stage)
    {
        for (var depth = 0; depth < MaxChain; depth++)
        {
            if (_stages[stage].Base < 0)
                return ImageOf(stage) == "scratch";
            stage = _stages[stage].Base;
        }

        return false;
    }

    private void ReadGlobals()
    {
        var before = Document.Instructions.TakeWhile(i => i.Keyword != "FROM");
        foreach (var word in before.Where(i => i.Keyword == "ARG").SelectMany(i => i.Words))
        {
            var (name, raw) = Pair(word);
            _declared[name] = word;
            if (raw is not null)
            {
                _global[name] = new DockerfileValue(ExpandGlobal(raw).Text);
            }
            else if (!_global.ContainsKey(name))
            {
                _global[name] = new DockerfileValue(null);
                _withoutDefault.Add(name);
            }
        }
    }

    private Stage[] ReadStages()
    {
        var stages = new Stage[Froms.Count];
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var at = -1;
        for (var i = 0; i < Document.Instructions.Count; i++)
        {
            var instruction = Document.Instructions[i];
            if (instruction.Keyword == "FROM")
            {
                at++;
                var image = instruction.Words.Count > 0 ? ExpandGlobal(instruction.Words[0].Raw).Text : null;
                stages[at] = new Stage(image is not null && names.TryGetValue(image, out var upon) ? upon : -1);
                if (DockerfileStages.NameOf(instruction) is { } name)
                    names[name.Text] = at;
            }
            else if (at >= 0 && instruction.Keyword is "ARG" or "ENV")
            {
                Take(stages, at, i, instruction);
            }
        }

        return stages;
    }

    private void Take(Stage[] stages, int at, int index, DockerfileInstruction instruction)
    {
        DockerfileValue? Lookup(string name)
        {
            for (int stage = at, before = index, depth = 0; stage >= 0; stage = stages[stage].Base, before = int.MaxValue, depth++)
            {
                if (depth == MaxChain)
                    return new DockerfileValue(null);
                if (stages[stage].Sets.TryGetValue(name, out var sets)
                    && sets.FindLast(s => s.Instruction < before) is { Value: var value })
                    return value;
            }

            // An image that is not this file's may set anything.
            return new DockerfileValue(null);
        }

        void Set(string name, DockerfileValue value)
        {
            if (!stages[at].Sets.TryGetValue(name, out var sets))
                stages[at].Sets[name] = sets = [];
            sets.Add(new Setting(index, value));
        }

        if (instruction.IsLegacyPair)
        {
            Set(instruction.Words[0].Text,
                new DockerfileValue(DockerfileExpansion.Expand(instruction.Words[1].Raw, Document.Escape, Lookup).Text));
            return;
        }

        foreach (var word in instruction.Words)
        {
            var (name, raw) = Pair(word);
            if (raw is not null)
                Set(name, new DockerfileValue(DockerfileExpansion.Expand(raw, Document.Escape, Lookup).Text));
            else if (instruction.Keyword == "ARG")
                Set(name, _global.TryGetValue(name, out var global) ? global : new DockerfileValue(null));
        }
    }

    /// <summary>A word as a name and the value behind its sign of equality; null if it has none.</summary>
    internal static (string Name, string? Raw) Pair(DockerfileWord word)
    {
        var sign = word.Raw.IndexOf('=');
        return sign < 0 ? (word.Text, null) : (word.Raw.Substring(0, sign), word.Raw.Substring(sign + 1));
    }

    private sealed record Setting(int Instruction, DockerfileValue Value);

    private sealed class Stage(int upon)
    {
        public int Base { get; } = upon;

        public Dictionary<string, List<Setting>> Sets { get; } = new(StringComparer.Ordinal);
    }
}
