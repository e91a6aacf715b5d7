using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Environments.Terraform;

/// <summary>Makes the pack of a provider by asking its binary.</summary>
public static class ProviderLearner
{
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
        using var client = new ProviderClient(binary) { Limit = TimeSpan.FromSeconds(4) };
        var schema = client.Schema();
        client.StandIn(schema.Configuration);
        var pack = new PackWriter(source, version, madeFrom);
        var types = schema.Resources.Where(r => only is null || only.Contains(r.Key)).ToList();
        var done = 0;
        Parallel.ForEach(types, new ParallelOptions { MaxDegreeOfParallelism = 2 }, resource =>
        {
            if (Ask(client, resource.Key, resource.Value.Body) is { } problem)
                problems?.Invoke($"{resource.Key}: {problem}");
            progress?.Invoke(Interlocked.Increment(ref done), types.Count, resource.Key);
        });
        foreach (var (type, (resourceVersion, body)) in types)
            pack.Add(type, resourceVersion, body);
        if (only is null)
        {
            foreach (var (type, (_, body)) in schema.Data)
                pack.Add("data." + type, 0, body);
            pack.Add("provider", 0, schema.Configuration);
        }

        return pack.Write();
    }

    // Two are asked at once; when the provider breaks under one, both are asked again.
    private static string? Ask(ProviderClient client, string type, PackBody body)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                new ResourceProbe(client, type, body).Run();
                return null;
            }
            catch (ProviderException exception)
            {
                if (attempt == 2)
                    return exception.Message;
            }
        }
    }
}
