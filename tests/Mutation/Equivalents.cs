namespace Repave.Mutation;

/// <summary>Mutants that change nothing that anybody could notice, each with the reason: <c>File: original => change #
/// reason</c>.</summary>
internal static class Equivalents
{
    /// <summary>Reasons by the key of a mutant.</summary>
    public static Dictionary<string, string> Read(string file)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var at = line.LastIndexOf(" # ", StringComparison.Ordinal);
            if (at < 0)
                throw new InvalidOperationException($"An equivalent mutant has a reason: {line}");
            reasons[line[..at].TrimEnd()] = line[(at + 3)..];
        }

        return reasons;
    }
}
