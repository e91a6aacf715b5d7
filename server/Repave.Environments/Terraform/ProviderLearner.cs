using System.Collections.Concurrent;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>Makes the pack of a provider by asking its binary.</summary>
public static class ProviderLearner
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    // For those that did not answer in time, because the machine was busy or they wait for a platform: then they never do.
    private static readonly TimeSpan SecondLimit = TimeSpan.FromSeconds(60);
    private const int SecondPatience = 2;
    private static readonly TimeSpan SecondWhole = TimeSpan.FromMinutes(30);

    /// <summary>Asks a provider about everything that it has.</summary>
    /// <param name="binary">The absolute path of its binary; callers have made sure that it may be started.</param>
    /// <param name="source">Its whole address.</param>
    /// <param name="version">Its version.</param>
    /// <param name="madeFrom">A sentence for the pack's head.</param>
    /// <param name="only">The types to ask about; null for all.</param>
    /// <param name="progress">Told how many types are done, of how many, and which was last.</param>
    /// <param name="problems">Told what could not be learnt, and why.</param>
    /// <returns>The text of the pack.</returns>
    /// <exception cref="ProviderException">It could not be started, or does not say what it has.</exception>
    public static string Learn(string binary, string source, string version, string madeFrom, IReadOnlyCollection<string>? only = null,
        Action<int, int, string>? progress = null, Action<string>? problems = null)
    {
        var schema = SchemaOf(binary);
        var pack = new PackWriter(source, version, madeFrom);
        var types = schema.Resources.Where(r => only is null || only.Contains(r.Key)).ToList();
        var done = 0;
        var again = new ConcurrentBag<string>();
        // Each asks a provider of its own: one that breaks takes no other question with it.
        // The largest first, such that none of them is asked alone at the end.
        var largestFirst = Partitioner.Create(types.OrderByDescending(r => ResourceProbe.CountOf(r.Value.Body)),
            EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(largestFirst, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () =>
            {
                var own = new ProviderClient(binary) { Limit = Limit };
                own.StandIn(schema.Configuration);
                return own;
            },
            (resource, _, own) =>
            {
                try
                {
                    new ResourceProbe(own, resource.Key, resource.Value.Body, 0).Run();
                }
                catch (ProviderException)
                {
                    again.Add(resource.Key);
                }

                progress?.Invoke(Interlocked.Increment(ref done), types.Count, resource.Key);
                return own;
            },
            own => own.Dispose());
        var unanswered = new List<string>();
        foreach (var type in again.Order(StringComparer.Ordinal))
        {
            progress?.Invoke(done, types.Count, type + " once more");
            using var alone = new ProviderClient(binary) { Limit = SecondLimit, Until = DateTime.UtcNow + SecondWhole };
            try
            {
                alone.StandIn(schema.Configuration);
                new ResourceProbe(alone, type, schema.Resources[type].Body, SecondPatience).Run();
            }
            catch (ProviderException exception)
            {
                problems?.Invoke($"{type}: {exception.Message}");
                unanswered.Add(type);
            }
        }

        // Of those nothing is said but their schema: what was marked so far depends on when they were given up.
        var plain = unanswered.Count == 0 ? null : SchemaOf(binary);
        foreach (var (type, (resourceVersion, body)) in types)
            pack.Add(type, resourceVersion, unanswered.Contains(type) ? plain!.Resources[type].Body : body);
        if (only is null)
        {
            foreach (var (type, (_, body)) in schema.Data)
            {
                Simplify(body);
                pack.Add("data." + type, 0, body);
            }
            pack.Add("provider", 0, schema.Configuration);
        }

        return pack.Write();
    }

    private static ProviderSchema SchemaOf(string binary)
    {
        using var client = new ProviderClient(binary);
        return client.Schema();
    }

    // What a data source gives is taken as it comes: what its objects hold in turn is only looked at once it is there.
    private static void Simplify(PackBody body)
    {
        for (var i = 0; i < body.Members.Count; i++)
        {
            var member = body.Members[i];
            if (!member.Has("computed") || !member.Type.Contains("object(", StringComparison.Ordinal))
                continue;
            var plain = new PackMember(member.Name, member.Type.StartsWith("list(", StringComparison.Ordinal) ? "list(any)"
                : member.Type.StartsWith("set(", StringComparison.Ordinal) ? "set(any)"
                : member.Type.StartsWith("map(", StringComparison.Ordinal) ? "map(any)" : "any");
            foreach (var word in member.Words)
                plain.Mark(word);
            body.Members[i] = plain;
        }
    }
}
