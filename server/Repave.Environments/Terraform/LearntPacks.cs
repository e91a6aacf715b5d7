using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Files;

namespace Repave.Environments.Terraform;

/// <summary>Packs that were made of the providers of workspaces, kept in this user's cache by the hash of the lock file that chose
/// them.</summary>
public static class LearntPacks
{
    private const string Lock = ".terraform.lock.hcl";

    private static readonly ConcurrentDictionary<string, DateTime> Taken = new(StringComparer.Ordinal);

    /// <summary>Asks every provider of a workspace that no pack describes in the version at hand, and keeps the answers.</summary>
    /// <param name="folder">The folder in which <c>terraform init</c> ran; a person has asked for its programs to be started.</param>
    /// <param name="all">Whether providers that a pack describes are asked, too.</param>
    /// <param name="progress">Told which provider, how many of how many types, and which was last.</param>
    /// <param name="problems">Told what could not be learnt.</param>
    /// <returns>What was learnt, each with its version and how many types it has.</returns>
    /// <exception cref="ProviderException">A provider could not be started.</exception>
    public static IReadOnlyList<(string Source, string Version, int Types)> Learn(string folder, bool all,
        Action<string, int, int, string> progress, Action<string> problems)
    {
        var learnt = new List<(string, string, int)>();
        foreach (var (source, version, binary) in WorkspaceProviders.In(folder))
        {
            if (!all && ProviderPacks.Embedded.Provider(source)?.Version == version)
                continue;
            var text = ProviderLearner.Learn(binary, source, version, "Made by 'repave learn' from the provider's own answers.", null,
                (done, total, type) => progress(source, done, total, type), problems);
            var file = FileOf(folder, source);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            var pack = new ProviderPack(text);
            ProviderPacks.Embedded.Add(pack);
            learnt.Add((source, version, pack.ResourceTypes.Count()));
        }

        return learnt;
    }

    /// <summary>Takes up what was learnt of the providers that the lock files among some files name. Starts nothing.</summary>
    public static void LoadBeside(IEnumerable<string> files) =>
        Load(files.Where(file => Path.GetFileName(file) == Lock).Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!));

    /// <summary>Takes up what was learnt of the providers that the lock files of some folders name. Starts nothing.</summary>
    public static void Load(IEnumerable<string> folders)
    {
        if (!Directory.Exists(Cache()))
            return;
        foreach (var folder in folders.Select(f => Directory.Exists(f) ? f
            : Path.GetDirectoryName(Path.GetFullPath(f))!).Distinct(StringComparer.Ordinal))
        {
            var place = Path.Combine(Cache(), KeyOf(folder));
            if (!Directory.Exists(place))
                continue;
            foreach (var file in Directory.GetFiles(place, "*.pack"))
            {
                try
                {
                    // What has not changed is there already: a check of everything again reads nothing again.
                    var written = File.GetLastWriteTimeUtc(file);
                    if (Taken.TryGetValue(file, out var taken) && taken == written)
                        continue;
                    Taken[file] = written;
                    ProviderPacks.Embedded.Add(new ProviderPack(Encoding.UTF8.GetString(SafeFiles.ReadBytes(file))));
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
                {
                    // What was learnt can be learnt again.
                }
            }
        }
    }

    private static string Cache() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache) ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "repave", "providers");

    private static string FileOf(string folder, string source) => Path.Combine(Cache(), KeyOf(folder), source.Replace('/', '_') + ".pack");

    private static string KeyOf(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), Lock);
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(SafeFiles.ReadBytes(file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "no-lock-file";
        }
    }
}
