using System.Reflection;
using System.Runtime.Loader;

namespace Repave.Mutation;

/// <summary>A mutated assembly, loaded, with the cases that are run on it.</summary>
internal sealed class MutationSession
{
    // Some thousand times what a case needs; a loop that goes beyond has no end.
    private const long MostSteps = 5_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly Func<string, string?> _run;
    private readonly string[] _cases;
    private readonly FieldInfo _active;
    private readonly FieldInfo _met;
    private readonly FieldInfo _left;

    /// <summary>Loads it.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="folder">The folder of the cases.</param>
    public MutationSession(byte[] image, string folder)
    {
        var context = new Beside(image);
        var runner = context.LoadFromAssemblyPath(Assembly.GetExecutingAssembly().Location).GetType(typeof(CaseRunner).FullName!)!;
        var mutants = context.Mutated.GetType("Repave.Mutation.Mutants")!;
        _active = mutants.GetField("Active")!;
        _met = mutants.GetField("Met")!;
        _left = mutants.GetField("Left")!;
        _run = runner.GetMethod(nameof(CaseRunner.Run))!.CreateDelegate<Func<string, string?>>();
        _cases = runner.GetMethod(nameof(CaseRunner.Load))!.CreateDelegate<Func<string, string[]>>()(folder);
    }

    /// <summary>The cases that fail with no mutant switched on.</summary>
    public IEnumerable<(string Name, string Failure)> Failures(IReadOnlySet<string> wanted) =>
        from name in _cases
        where wanted.Count == 0 || wanted.Contains(name[..name.IndexOf('/')])
        let failure = _run(name)
        where failure is not null
        select (name, failure);

    /// <summary>Runs each mutant on the cases of its rule that meet it, until one notices it.</summary>
    /// <param name="all">The mutants.</param>
    /// <param name="ruleOf">The rule of a mutant; what is no rule's id belongs to all.</param>
    public List<(Mutant Mutant, bool Killed)> Run(IReadOnlyList<Mutant> all, Func<Mutant, string> ruleOf)
    {
        var meets = _cases.ToDictionary(name => name, name => Meets(name, all.Count));
        var results = new List<(Mutant, bool)>();
        foreach (var mutant in all)
        {
            var rule = ruleOf(mutant);
            var isShared = !rule.StartsWith("RPV", StringComparison.Ordinal);
            var own = _cases.Where(name => meets[name][mutant.Id] && (isShared || name.StartsWith(rule + "/", StringComparison.Ordinal)));
            results.Add((mutant, own.Any(name => Notices(name, mutant))));
        }

        return results;
    }

    private bool[] Meets(string name, int count)
    {
        var met = new bool[count];
        _met.SetValue(null, met);
        _run(name);
        _met.SetValue(null, null);
        return met;
    }

    private bool Notices(string name, Mutant mutant)
    {
        _active.SetValue(null, mutant.Id);
        _left.SetValue(null, MostSteps);
        string? failure = null;
        // Deep recursion ends the process, so give it room; a loop that meets no mutant is left behind.
        var thread = new Thread(() => failure = _run(name), 16 << 20) { IsBackground = true };
        thread.Start();
        var ended = thread.Join(Longest);
        _active.SetValue(null, -1);
        _left.SetValue(null, long.MaxValue);
        return !ended || failure is not null;
    }

    private sealed class Beside(byte[] image) : AssemblyLoadContext("mutated")
    {
        private Assembly? _mutated;

        public Assembly Mutated => _mutated ??= LoadFromStream(new MemoryStream(image));

        protected override Assembly? Load(AssemblyName name) => name.Name == Mutated.GetName().Name ? Mutated : null;
    }
}
