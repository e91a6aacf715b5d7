using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>
/// Asks a provider about one resource type by changing its arguments, one by one, and marks what it answers in the type's schema. Nothing
/// exists of what is asked about: the provider only says what it would plan.
/// </summary>
internal sealed class ResourceProbe
{
    // A resource of more arguments is asked block by block.
    private const int MaxSingles = 260;

    // Schemas that name themselves again, and those of every kind of chart, hold tens of thousands, and a provider takes seconds over each
    // question that carries them.
    private const int MaxWhole = 1500;
    private const int MaxLeaves = 3000;
    private const int MaxDepth = 8;

    // Of one block of those.
    private const int MaxLeavesOfBlock = 120;
    private const int MaxBlocks = 40;
    private const int MaxVariants = 4;
    private const int MaxRounds = 8;

    private readonly ProviderClient _client;
    private readonly string _type;
    private readonly PackBody _body;
    private readonly int _patience;
    private readonly bool _isLarge;
    private readonly bool _isHuge;
    private int _late;
    private readonly List<ProbeLeaf> _leaves = [];
    private readonly List<(IReadOnlyList<PackMember> Path, string Name)> _blocks = [];
    private readonly HashSet<PackMember> _never = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PackMember> _absent = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PackMember> _asked = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PackMember> _changed = new(ReferenceEqualityComparer.Instance);
    private readonly ProbeSubjects _subjects;
    private readonly Dictionary<PackMember, ProbeLeaf> _byMember = new(ReferenceEqualityComparer.Instance);

    /// <param name="client">The provider.</param>
    /// <param name="type">The resource type.</param>
    /// <param name="body">Its schema, which is marked.</param>
    /// <param name="patience">How many questions may stay without an answer in time before the type is given up.</param>
    public ResourceProbe(ProviderClient client, string type, PackBody body, int patience)
    {
        (_client, _type, _body, _patience) = (client, type, body, patience);
        var count = CountOf(body);
        (_isLarge, _isHuge) = (count > MaxSingles, count > MaxWhole);
        foreach (var member in body.Members)
            Collect(member, [], _isHuge ? DepthOf(member) : MaxDepth);
        _subjects = new ProbeSubjects(_leaves);
    }

    // What lies too deep is asked for its values only.
    private static int DepthOf(PackMember top)
    {
        var depth = MaxDepth;
        while (depth > 1 && CountOf(top, depth) > MaxLeavesOfBlock)
            depth--;
        return depth;
    }

    /// <summary>How many arguments a schema has, however deep they stand.</summary>
    public static int CountOf(PackBody body) => body.Members.Sum(m => CountOf(m, MaxDepth));

    private static int CountOf(PackMember member, int depth) => member.Body is not { } body ? 1
        : depth == 0 ? 0 : body.Members.Sum(m => CountOf(m, depth - 1));

    /// <summary>Marks everything that the provider says.</summary>
    /// <exception cref="ProviderException">It does not answer.</exception>
    public void Run()
    {
        LearnValues();
        LearnDemands();
        LearnChanges();
    }

    private void Collect(PackMember member, List<PackMember> path, int depth)
    {
        List<PackMember> here = [.. path, member];
        // How long it may take changes nothing; ids and the sum of all tags are never written.
        if (member.Has("computed") || (path.Count == 0 && member.Name is "timeouts" or "id" or "tags_all"))
            return;
        if (member.Body is { } below)
        {
            if (here.Count > MaxDepth)
                return;
            _blocks.Add((here, string.Join('.', here.Select(m => m.Name))));
            _asked.Add(member);
            if (here.Count <= depth)
                _changed.Add(member);
            foreach (var inner in below.Members)
                Collect(inner, here, depth);
            return;
        }

        if (_leaves.Count >= MaxLeaves)
            return;
        var leaf = new ProbeLeaf(here, member.Type);
        _leaves.Add(leaf);
        _byMember[member] = leaf;
    }

    // Nonsense brings out the lists of values and the bounds; then every argument gets the first pair of values that it takes.
    private void LearnValues()
    {
        foreach (var big in (bool[])[false, true])
        {
            foreach (var diagnostic in _client.Validate(_type, Config(_body, leaf => _subjects.NonsenseOf(leaf, big), null)))
                Learn(diagnostic, big);
        }

        LearnCases();
        List<ProbeLeaf> open = [.. _leaves.Where(l => !l.IsBool)];
        for (var round = 0; round < (_isHuge ? MaxRounds : ProbeValues.Texts.Length) && open.Count > 0; round++)
        {
            var refused = new HashSet<ProbeLeaf>(ReferenceEqualityComparer.Instance);
            for (var variant = 0; variant < 2; variant++)
            {
                foreach (var diagnostic in _client.Validate(_type, Config(_body, leaf => leaf.Value(variant), null)))
                {
                    if (diagnostic.IsError && !ProbeMessages.IsOfSeveral(diagnostic) && _subjects.Of(diagnostic) is { } leaf)
                        refused.Add(leaf);
                }
            }

            open = [.. open.Where(leaf => refused.Contains(leaf) && leaf.Enum is null
                && leaf.Candidate + 1 < ProbeValues.Count(leaf.Type))];
            foreach (var leaf in open)
                leaf.Candidate++;
        }
    }

    // A list says nothing of upper and lower case: each value is tried in another.
    private void LearnCases()
    {
        var open = _leaves.Where(leaf => leaf.Type is "string" or "list(string)" or "set(string)" && leaf.Enum is not null).ToList();
        // Those whose values have too few letters for each to have its own spelling are asked one after the other.
        for (var spellings = CaseSpellings.Of(open); spellings.Count > 0; spellings = CaseSpellings.Of(open))
        {
            var refused = new HashSet<ProbeLeaf>(ReferenceEqualityComparer.Instance);
            foreach (var diagnostic in _client.Validate(_type, Config(_body, leaf => Spelled(spellings, leaf), null)))
            {
                if (diagnostic.IsError && ProbeMessages.EnumOf(diagnostic.Text) is not null
                    && (spellings.RepeatedIn(diagnostic.Text) ?? _subjects.Of(diagnostic)) is { } leaf)
                    refused.Add(leaf);
            }

            // Where an error does not say whose it is, a value is rather taken than refused.
            foreach (var leaf in spellings.Leaves.Where(leaf => !refused.Contains(leaf)))
                leaf.Member.Mark("any-case");
            open = [.. open.Except(spellings.Leaves, ReferenceEqualityComparer.Instance).Cast<ProbeLeaf>()];
        }
    }

    private static object? Spelled(CaseSpellings spellings, ProbeLeaf leaf) => spellings[leaf] is not { } other ? leaf.Value(0)
        : leaf.Type == "string" ? other : new List<object?> { other };

    private void Learn(ProviderDiagnostic diagnostic, bool big)
    {
        if (_subjects.Of(diagnostic) is not { } leaf)
            return;
        var text = diagnostic.Text;
        if (!big && leaf.Enum is null && leaf.Type.Contains("string", StringComparison.Ordinal) && ProbeMessages.EnumOf(text) is { } values)
        {
            leaf.Enum = values;
            leaf.Member.Mark("enum=" + string.Join(',', values.Select(PackWriter.Escape)));
        }

        if (leaf.Type != "number")
            return;
        var (minimum, maximum) = ProbeMessages.BoundsOf(text);
        if (minimum is { } least && leaf.Minimum is null)
        {
            leaf.Minimum = least;
            leaf.Member.Mark("min=" + least.ToString(CultureInfo.InvariantCulture));
        }

        if (maximum is { } most && leaf.Maximum is null)
        {
            leaf.Maximum = most;
            leaf.Member.Mark("max=" + most.ToString(CultureInfo.InvariantCulture));
        }
    }

    // With everything written, what excludes each other says so; with nothing, what is needed.
    private void LearnDemands()
    {
        foreach (var diagnostic in _client.Validate(_type, Config(_body, leaf => leaf.Value(0), null)))
        {
            if (ProbeMessages.ConflictOf(diagnostic) is { } other && KnownTop(diagnostic.Path) is { } field && _body[other] is not null
                && field != other)
                _body.Demands.Add($"~excludes {field} {other}");
            else
                AddGroup(diagnostic);
        }

        foreach (var diagnostic in _client.Validate(_type, Config(_body, leaf => leaf.Member.IsRequired ? leaf.Value(0) : null,
            member => member.Has("min-items=1"))))
            AddGroup(diagnostic);
    }

    private void AddGroup(ProviderDiagnostic diagnostic)
    {
        if (ProbeMessages.GroupOf(diagnostic) is { } group && group.Names.All(name => _body[name] is not null))
            _body.Demands.Add($"{(group.IsExactlyOne ? "~one" : "~some")} {string.Join(',', group.Names.Order(StringComparer.Ordinal))}");
    }

    private string? KnownTop(IReadOnlyList<object> path) => path.Count == 1 && path[0] is string name && _body[name] is not null ? name
        : null;

    private void LearnChanges()
    {
        LearnDefaults();
        var first = Base(false);
        if (first is null)
            return;
        var second = Base(true);
        // What the second cannot have the first goes without, too.
        first = Base(false);
        if (first is null)
            return;
        // All at once, so that what only replaces together shows.
        var together = Ask(first, ConfigOf(first.Flags, 1, null), first.State).Replaces;
        if (!_isLarge)
        {
            foreach (var leaf in _leaves)
                LearnLeaf(leaf, first, second);
        }
        else
        {
            foreach (var member in _body.Members.Where(m => !m.Has("computed")))
                LearnTop(member, first);
        }

        foreach (var (path, _) in _blocks.Where(b => b.Path.Count == 1 || !_isLarge))
            LearnBlock(path, first);
        foreach (var name in together)
        {
            if (_subjects.Named(name) is { } leaf && !leaf.Member.Words.Any(w => w.Contains("replace",
                StringComparison.Ordinal)))
                leaf.Member.Mark("may-replace");
        }

        LearnForms(first);
        LearnTakenAway(first);
        WriteRenewals();
    }

    private void LearnDefaults()
    {
        var needed = new HashSet<string>(_body.Demands.Select(d => d.Split(' ')).Where(d => d[0] is "~one" or "~some").Select(d =>
            d[1].Split(',')[0]),
            StringComparer.Ordinal);
        ProviderPlan plan;
        for (var attempt = 0; ; attempt++)
        {
            if (Least(needed, []) is not { } asked)
                return;
            plan = asked;
            // What it misses it names.
            var missing = _leaves.Where(l => l.Path.Count == 1 && !needed.Contains(l.Name)
                && plan.Errors.Any(e => Names(e.NamedText, l.Member))).Select(l => l.Name).ToList();
            if (plan.Errors.Count == 0 || missing.Count == 0 || attempt == 4)
                break;
            needed.UnionWith(missing);
        }

        _body.TakesZeroForNothing |= plan.IsLegacy;
        MarkDefaults(_leaves.Where(l => l.Path.Count == 1), plan.Planned, needed);
        LearnDefaultsWithin(needed);
    }

    // What is made of the least that is written: what is demanded, and these blocks.
    private ProviderPlan? Least(HashSet<string> needed, HashSet<PackMember> blocks)
    {
        var config = Config(_body, leaf => leaf.Member.IsRequired || needed.Contains(leaf.Name) ? leaf.Value(0) : null,
            member => member.Has("min-items=1") || blocks.Contains(member));
        try
        {
            return _client.Plan(_type, null, Proposed(_body, null, config), config);
        }
        catch (ProviderException exception)
        {
            GrowTired(exception);
            return null;
        }
    }

    // Blocks have defaults of their own, which show once they are written: all at once, or, where these do not go together, one by one.
    private void LearnDefaultsWithin(HashSet<string> needed)
    {
        var leaves = _leaves.Where(l => l.Path.Count > 1).ToList();
        if (leaves.Count == 0)
            return;
        var all = _blocks.Select(b => b.Path[^1]).ToHashSet<PackMember>(ReferenceEqualityComparer.Instance);
        if (Least(needed, all) is { Errors.Count: 0 } together)
        {
            MarkDefaults(leaves, together.Planned, needed);
            return;
        }

        foreach (var top in _blocks.Where(b => b.Path.Count == 1).Take(MaxBlocks))
        {
            var below = _blocks.Where(b => ReferenceEquals(b.Path[0], top.Path[0])).ToList();
            if (Least(needed, below.Select(b => b.Path[^1]).ToHashSet<PackMember>(ReferenceEqualityComparer.Instance)) is
                { Errors.Count: 0 } whole)
            {
                MarkDefaults(leaves.Where(l => ReferenceEquals(l.Path[0], top.Path[0])), whole.Planned, needed);
                continue;
            }

            foreach (var (path, _) in below.Take(_isHuge ? 1 : MaxBlocks))
            {
                if (Least(needed, path.ToHashSet<PackMember>(ReferenceEqualityComparer.Instance)) is { Errors.Count: 0 } one)
                    MarkDefaults(leaves.Where(l => l.Path.Count == path.Count + 1 && path.All(l.Path.Contains)), one.Planned, needed);
            }
        }
    }

    private static void MarkDefaults(IEnumerable<ProbeLeaf> leaves, object? planned, HashSet<string> needed)
    {
        foreach (var leaf in leaves.Where(l => !l.Member.IsRequired && !needed.Contains(l.Name)
            && !l.Member.Words.Any(w => w.StartsWith("default=", StringComparison.Ordinal))))
        {
            var at = planned as Dictionary<string, object?>;
            foreach (var block in leaf.Path.SkipLast(1))
                at = Only(at?.GetValueOrDefault(block.Name));
            if (DefaultOf(at?.GetValueOrDefault(leaf.Member.Name)) is { } text)
                leaf.Member.Mark("default=" + PackWriter.Escape(text));
        }
    }

    private static string? DefaultOf(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string given when given.Length is > 0 and < 60 => given,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private sealed record Start(bool Flags, Dictionary<string, object?> State, HashSet<string> Replaces, HashSet<string> Renews);

    private sealed record Answer(HashSet<string> Replaces, HashSet<string> Renews, Dictionary<string, object?>? Planned, string? Error)
    {
        public bool IsError => Error is not null;
    }

    // A state in which everything has a value, true or false alike, and what the provider says when nothing is changed. What it complains
    // about is left out of it; where that does not help, all that may be left out.
    private Start? Base(bool flags)
    {
        for (var attempt = 0; ; attempt++)
        {
            var start = new Start(flags, StateOf(flags, null), [], []);
            var answer = Ask(start, ConfigOf(flags, 0, null), start.State);
            if (!answer.IsError)
                return start with { Replaces = answer.Replaces, Renews = answer.Renews };
            var optional = _body.Members.Where(m => !m.IsRequired && !m.Has("min-items=1") && !m.Has("computed")
                && !_absent.Contains(m)).ToList();
            // What is still blamed may not be in the state either.
            var never = _absent.Where(m => !_never.Contains(m) && Names(answer.Error!, m)).ToList();
            _never.UnionWith(never);
            if (optional.Count == 0 && never.Count == 0)
                return null;
            if (never.Count > 0)
                continue;
            var blamed = optional.Where(m => Names(answer.Error!, m)).ToList();
            _absent.UnionWith(blamed.Count > 0 && attempt < 10 ? blamed : optional);
        }
    }

    // Messages name arguments as they are written, or in words.
    private static bool Names(string message, PackMember member) => string.Concat(message.Select(c =>
        char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c).ToString() : "_")).Contains(member.Name, StringComparison.Ordinal)
        && (member.Name.Contains('_', StringComparison.Ordinal) || message.Contains($"\"{member.Name}\"", StringComparison.Ordinal)
            || message.Contains($"`{member.Name}`", StringComparison.Ordinal) || message.Contains(member.Name + " ",
                StringComparison.Ordinal)
            || message.StartsWith(member.Name, StringComparison.Ordinal));

    private Dictionary<string, object?> StateOf(bool flags, PackMember? included)
    {
        var state = (Dictionary<string, object?>)Everything(_body, flags);
        RemoveAbsent(state, included, true);
        return state;
    }

    private void RemoveAbsent(Dictionary<string, object?> values, PackMember? included, bool isState)
    {
        foreach (var member in _absent.Where(m => !ReferenceEquals(m, included)))
        {
            // What the provider gives itself is in every state.
            if (!isState || member.Body is not null || !member.Has("optional-computed") || _never.Contains(member))
                values[member.Name] = member.Body is null ? null : Wrap(member.Type, null);
        }
    }

    private object Everything(PackBody body, bool flags)
    {
        var state = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in body.Members)
        {
            if (member.Body is { } below)
                state[member.Name] = Wrap(member.Type, _changed.Contains(member) ? Everything(below, flags)
                    : null);
            else if (member.Has("write-only"))
                state[member.Name] = null;
            else if (_byMember.TryGetValue(member, out var leaf))
                state[member.Name] = leaf.IsBool ? flags : leaf.Value(0);
            else
                state[member.Name] = ProbeValues.Of(member.Type, new ProbeLeaf([member], member.Type), 0);
        }

        return state;
    }

    private void LearnLeaf(ProbeLeaf leaf, Start first, Start? second)
    {
        var answers = new Answer[2];
        answers[0] = Change(leaf, first);
        answers[1] = second is null ? answers[0] : Change(leaf, second);
        if (answers[0].IsError && answers[1].IsError)
            return;
        if (answers[0].IsError)
            answers[0] = answers[1];
        if (answers[1].IsError)
            answers[1] = answers[0];
        var replaces = answers[0].Replaces.Count > 0;
        if (replaces != answers[1].Replaces.Count > 0 && second is not null)
        {
            leaf.Member.Mark(FlagBehind(leaf, first, second, a => a.Replaces.Count > 0) is { } flag
                ? $"replaces-if={flag}"
                : "may-replace");
        }
        else if (replaces)
        {
            leaf.Member.Mark("replaces");
            if (!leaf.Member.IsRequired)
                LearnComingAndGoing(leaf, first);
        }

        if (!replaces)
        {
            foreach (var name in answers[0].Renews.Union(answers[1].Renews))
            {
                if (name == leaf.Name || Find(name) is not { } member)
                    continue;
                var always = answers[0].Renews.Contains(name) && answers[1].Renews.Contains(name);
                var flag = always || second is null ? null : FlagBehind(leaf, first, second, a => a.Renews.Contains(name));
                Renewals(member).Add((leaf.Name, flag));
            }
        }
    }

    private readonly Dictionary<PackMember, List<(string By, string? If)>> _renewals = new(ReferenceEqualityComparer.Instance);

    private List<(string By, string? If)> Renewals(PackMember member)
    {
        if (!_renewals.TryGetValue(member, out var list))
            _renewals[member] = list = [];
        return list;
    }

    private PackMember? Find(string name) => name.Contains('.', StringComparison.Ordinal) ? null : _body[name];

    // Which argument that is true or false decides: turned round alone, it turns the answer round.
    private string? FlagBehind(ProbeLeaf leaf, Start first, Start second, Func<Answer, bool> says)
    {
        var before = says(Change(leaf, first));
        foreach (var flag in _leaves.Where(l => l.IsBool && l.Path.Count == 1 && !ReferenceEquals(l, leaf)))
        {
            var state = new Dictionary<string, object?>(StateFor(leaf.Path[0], first), StringComparer.Ordinal) { [flag.Name] = true };
            var config = ConfigOf(first.Flags, 0, leaf);
            config[flag.Name] = true;
            var answer = Ask(first, config, state);
            if (!answer.IsError && says(answer) != before)
                return (before ? "!" : "") + flag.Name;
        }

        return null;
    }

    private void LearnComingAndGoing(ProbeLeaf leaf, Start start)
    {
        if (leaf.Path.Count > 1)
            return;
        var without = new Dictionary<string, object?>(start.State, StringComparer.Ordinal) { [leaf.Name] = null };
        var added = Ask(start, ConfigOf(start.Flags, 0, leaf), without);
        if (!added.IsError && added.Replaces.Count == 0)
            leaf.Member.Mark("unless-added");
        var config = ConfigOf(start.Flags, 0, null, leaf.Member);
        config[leaf.Name] = null;
        var removed = Ask(start, config, StateFor(leaf.Member, start));
        if (!removed.IsError && removed.Replaces.Count == 0 && !leaf.Member.Has("optional-computed")
            && !leaf.Member.Words.Any(w => w.StartsWith("default=", StringComparison.Ordinal)))
            leaf.Member.Mark("unless-removed");
    }

    private void LearnTop(PackMember member, Start start)
    {
        var config = ConfigOf(start.Flags, 0, null, member);
        config[member.Name] = ConfigOf(start.Flags, 1, null, member)[member.Name];
        var answer = Ask(start, config, StateFor(member, start));
        foreach (var name in answer.Replaces)
        {
            if (_subjects.Named(name) is { } leaf)
                leaf.Member.Mark("replaces");
            else if (_blocks.Find(b => b.Name == name) is { Path: { } path })
                path[^1].Mark("replaces");
        }

        foreach (var name in answer.Replaces.Count > 0 ? [] : answer.Renews)
        {
            if (name != member.Name && Find(name) is { } renewed)
                Renewals(renewed).Add((member.Name, null));
        }
    }

    private void LearnBlock(IReadOnlyList<PackMember> path, Start start)
    {
        var config = ConfigOf(start.Flags, 0, null, path[0]);
        Cut(config, path, 0);
        var answer = Ask(start, config, StateFor(path[0], start));
        if (!answer.IsError && answer.Planned is { } planned && path.Count == 1 && path[0].Type.StartsWith("block-",
            StringComparison.Ordinal)
            && planned.GetValueOrDefault(path[0].Name) is List<object?> { Count: > 0 })
            path[0].Mark("optional-computed");
        var without = Copy(StateFor(path[0], start));
        Cut(without, path, 0);
        var added = Ask(start, ConfigOf(start.Flags, 0, null, path[0]), without);
        var (leaves, comes) = (answer.Replaces.Count > 0, added.Replaces.Count > 0);
        if (!leaves && !comes)
            return;
        path[^1].Mark("replaces");
        if (!comes)
            path[^1].Mark("unless-added");
        if (!leaves && !path[^1].Has("optional-computed"))
            path[^1].Mark("unless-removed");
    }

    private static void Cut(Dictionary<string, object?> values, IReadOnlyList<PackMember> path, int at)
    {
        var member = path[at];
        if (at == path.Count - 1)
        {
            values[member.Name] = member.Type is "block-list" or "block-set" ? new List<object?>()
                : member.Type == "block-map" ? new Dictionary<string, object?>(StringComparer.Ordinal) : null;
            return;
        }

        if (Only(values.GetValueOrDefault(member.Name)) is { } below)
            Cut(below, path, at + 1);
    }

    private static Dictionary<string, object?>? Only(object? value) => value switch
    {
        List<object?> { Count: > 0 } list => list[0] as Dictionary<string, object?>,
        Dictionary<string, object?> map when map.Count == 1 && map.TryGetValue("k", out var item) && item is Dictionary<string,
            object?> inner => inner,
        Dictionary<string, object?> map => map,
        _ => null,
    };

    private static Dictionary<string, object?> Copy(Dictionary<string, object?> values) =>
        values.ToDictionary(v => v.Key, v => CopyValue(v.Value), StringComparer.Ordinal);

    private static object? CopyValue(object? value) => value switch
    {
        List<object?> list => list.ConvertAll(CopyValue),
        Dictionary<string, object?> map => Copy(map),
        _ => value,
    };

    // Case turned round and JSON with other spaces, for all texts at once: whoever plans no change reads them by their meaning.
    private void LearnForms(Start start)
    {
        var config = ConfigOf(start.Flags, 0, null);
        var answer = Ask(start, config, start.State);
        if (answer.Planned is { } planned)
        {
            foreach (var leaf in _leaves.Where(l => l.Type == "string"))
            {
                if (leaf.Value(0) is not string written || At(planned, leaf) is not string kept || kept == written)
                    continue;
                if (leaf.Path.Count == 1 && kept.Length is 40 or 64 && kept.All(char.IsAsciiHexDigit))
                    leaf.Member.Mark("stored=hash");
                // Whatever is written, the provider writes it in one case.
                else if (string.Equals(kept, written, StringComparison.OrdinalIgnoreCase))
                    leaf.Member.Mark("stored=ignoring-case");
            }
        }

        // Those of blocks apart: what one of them refuses says nothing of the others.
        LearnForms(start, l => l.Path.Count == 1);
        LearnForms(start, l => l.Path.Count > 1);
    }

    private void LearnForms(Start start, Func<ProbeLeaf, bool> isMeant)
    {
        var isJson = new List<ProbeLeaf>();
        var isText = new List<ProbeLeaf>();
        object? Turned(ProbeLeaf leaf, object? value)
        {
            if (leaf.Type != "string" || !isMeant(leaf) || value is not string text)
                return value;
            if (text.StartsWith('{') || text.StartsWith('['))
            {
                isJson.Add(leaf);
                return text.Replace(":", " : ", StringComparison.Ordinal);
            }

            if (!text.Any(char.IsAsciiLetter))
                return value;
            isText.Add(leaf);
            return string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
        }

        var turned = (Dictionary<string, object?>)Config(_body, l => Turned(l, l.IsBool ? start.Flags : l.Value(0)), _changed.Contains)!;
        if (isJson.Count + isText.Count == 0)
            return;
        RemoveAbsent(turned, null, false);
        var answer = Ask(start, turned, start.State);
        if (answer.Planned is not { } same || answer.IsError)
            return;
        // Where any other value would stay as well, this says nothing.
        var different = Ask(start, ConfigOf(start.Flags, 1, null), start.State).Planned;
        foreach (var leaf in isJson.Concat(isText))
        {
            var (was, kept) = (At(start.State, leaf), At(same, leaf));
            if (was is null || different is null || ProviderValue.Same(At(different, leaf), was))
                continue;
            if (isJson.Contains(leaf) ? IsJsonOf(kept, was) : ProviderValue.Same(kept, was))
                leaf.Member.Mark(isJson.Contains(leaf) ? "stored=json" : "stored=ignoring-case");
        }
    }

    // What the provider keeps of a JSON text with other spaces: the text that was, or that in an order of its own.
    private static bool IsJsonOf(object? kept, object was)
    {
        if (kept is not string text || was is not string before || text.Contains(" : ", StringComparison.Ordinal))
            return false;
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(before));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static object? At(Dictionary<string, object?> values, ProbeLeaf leaf)
    {
        var at = values;
        foreach (var block in leaf.Path.SkipLast(1))
            at = Only(at?.GetValueOrDefault(block.Name));
        return at?.GetValueOrDefault(leaf.Member.Name);
    }

    // What stays although nobody writes it any more: any value, or one, which is what the platform takes where none is written.
    private void LearnTakenAway(Start start)
    {
        var leaves = _leaves.Where(l => l.Path.Count == 1 && !l.Member.IsRequired && !_absent.Contains(l.Member) && !l.Member.Words.Any(w =>
            w is "optional-computed" or "write-only" || w.StartsWith("default=", StringComparison.Ordinal))).ToList();
        if (leaves.Count == 0)
            return;
        var tried = leaves.ToDictionary(l => l, _ => (Values: new List<object?>(), Stay: new List<object?>()));
        for (var variant = 0; variant < MaxVariants; variant++)
        {
            var state = new Dictionary<string, object?>(start.State, StringComparer.Ordinal);
            var config = ConfigOf(start.Flags, 0, null);
            foreach (var leaf in leaves)
            {
                state[leaf.Name] = leaf.Value(variant);
                config[leaf.Name] = null;
            }

            var answer = Ask(start, config, state);
            if (answer.IsError || answer.Planned is not { } planned)
                return;
            foreach (var (leaf, (values, stay)) in tried)
            {
                if (state[leaf.Name] is not { } value || values.Exists(v => ProviderValue.Same(v, value)))
                    continue;
                values.Add(value);
                if (ProviderValue.Same(planned.GetValueOrDefault(leaf.Name), value))
                    stay.Add(value);
            }
        }

        foreach (var (leaf, (values, stay)) in tried)
        {
            if (values.Count > 1 && stay.Count == values.Count)
                leaf.Member.Mark("kept");
            // False and 0 are nothing written in any case; and what stays is not removed, which would then replace.
            else if (stay.Count == 1 && stay[0] is not (false or 0L or 0d) && !leaf.Member.Has("unless-removed")
                && DefaultOf(stay[0]) is { } text)
                leaf.Member.Mark("kept=" + PackWriter.Escape(text));
        }
    }

    private void WriteRenewals()
    {
        var inPlace = _leaves.Count(l => l.Path.Count == 1 && !l.Member.Has("replaces"));
        foreach (var (member, by) in _renewals)
        {
            foreach (var group in by.GroupBy(b => b.If).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var names = group.Select(b => TopOf(b.By)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                // Whatever most changes renew, any change does.
                var list = names.Count(n => _body[n]?.Body is null) * 2 > inPlace ? "" : string.Join(',', names);
                member.Mark(group.Key is { } flag ? $"renewed-if={flag}{(list.Length > 0 ? "," + list : "")}"
                    : list.Length > 0 ? "renewed-by=" + list : "renewed");
            }
        }
    }

    private static string TopOf(string name) => name.Split('.')[0];

    private Answer Change(ProbeLeaf leaf, Start start) => Ask(start, ConfigOf(start.Flags, 0, leaf), StateFor(leaf.Path[0], start));

    private Dictionary<string, object?> StateFor(PackMember top, Start start) => _absent.Contains(top) ? StateOf(start.Flags, top)
        : start.State;

    private Answer Ask(Start start, Dictionary<string, object?> config, Dictionary<string, object?> prior)
    {
        ProviderPlan plan;
        try
        {
            plan = _client.Plan(_type, prior, Proposed(_body, prior, config), config);
        }
        catch (ProviderException exception)
        {
            // It wants its platform, which is not there, or breaks over what it was asked; the next question starts it again.
            GrowTired(exception);
            return new Answer([], [], null, exception.Message);
        }

        if (plan.Planned is not Dictionary<string, object?> planned || plan.Errors.Count > 0)
            return new Answer([], [], null, string.Join('\n', plan.Errors.Select(e => e.NamedText)));
        _body.TakesZeroForNothing |= plan.IsLegacy;
        var replaces = plan.Replaces.Select(ProbeSubjects.NameOf).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        replaces.ExceptWith(start.Replaces);
        var renews = planned.Where(v => ReferenceEquals(v.Value, ProviderValue.Unknown)).Select(v =>
            v.Key).ToHashSet(StringComparer.Ordinal);
        renews.ExceptWith(start.Renews);
        return new Answer(replaces, renews, planned, null);
    }

    // That one took too long says nothing of what was asked: the machine may have been busy.
    private void GrowTired(ProviderException exception)
    {
        if (exception.IsTimeout && ++_late > _patience)
            throw exception;
    }

    private Dictionary<string, object?> ConfigOf(bool flags, int variant, ProbeLeaf? changed, PackMember? included = null)
    {
        var config = (Dictionary<string, object?>)Config(_body, leaf =>
        {
            var which = changed is null ? variant : ReferenceEquals(leaf, changed) ? 1 : 0;
            return leaf.IsBool ? flags != (which == 1) : leaf.Value(which);
        }, _changed.Contains)!;
        RemoveAbsent(config, included ?? changed?.Path[0], false);
        return config;
    }

    private object? Config(PackBody body, Func<ProbeLeaf, object?> value, Func<PackMember, bool>? blocks)
    {
        var config = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in body.Members)
        {
            if (member.Body is { } below)
            {
                var isThere = _asked.Contains(member) && (blocks is null || blocks(member));
                config[member.Name] = Wrap(member.Type, isThere ? Config(below, value, blocks) : null);
            }
            else
            {
                config[member.Name] = !member.Has("computed") && _byMember.TryGetValue(member, out var leaf) ? value(leaf) : null;
            }
        }

        return config;
    }

    private static object? Wrap(string type, object? body) => type switch
    {
        "block-list" or "block-set" => body is null ? new List<object?>() : new List<object?> { body },
        "nested-list" or "nested-set" => body is null ? null : new List<object?> { body },
        "block-map" or "nested-map" => body is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["k"] = body },
        _ => body,
    };

    // What Terraform proposes: the configuration, and from before what only the provider gives.
    internal static object? Proposed(PackBody body, object? prior, object? config)
    {
        if (config is not Dictionary<string, object?> written)
            return config;
        var before = prior as Dictionary<string, object?>;
        var proposed = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in body.Members)
        {
            var value = written.GetValueOrDefault(member.Name);
            var old = before?.GetValueOrDefault(member.Name);
            if (member.Body is { } below)
            {
                if (value is null && member.Words.Any(w => w is "computed" or "optional-computed") && !member.Type.StartsWith("block-",
                    StringComparison.Ordinal))
                    proposed[member.Name] = before is null ? ProviderValue.Unknown : old;
                else if (value is List<object?> items)
                    proposed[member.Name] = items.Select((item, i) => Proposed(below, old is List<object?> olds && i < olds.Count
                        ? olds[i] : null, item)).ToList();
                else if (value is Dictionary<string, object?> map && member.Type.EndsWith("-map", StringComparison.Ordinal))
                    proposed[member.Name] = map.ToDictionary(m => m.Key, m => Proposed(below, (old as Dictionary<string,
                        object?>)?.GetValueOrDefault(m.Key), m.Value), StringComparer.Ordinal);
                else
                    proposed[member.Name] = value is null ? null : Proposed(below, old, value);
                continue;
            }

            proposed[member.Name] = value is null && member.Words.Any(w => w is "computed" or "optional-computed")
                ? before is null ? ProviderValue.Unknown : old
                : member.Has("write-only") ? null : value;
        }

        return proposed;
    }
}
