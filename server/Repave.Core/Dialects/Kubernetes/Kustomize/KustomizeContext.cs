using Repave.Core.Builds;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>What one build shares: the files that it may read, what was wrong, and its bounds.</summary>
internal sealed class KustomizeContext(BuildRequest request, KustomizeCache cache, HelmBuilds charts, CancellationToken cancellation)
{
    // How many kustomizations and files one build may take: each overlay may include each of the others.
    private const int MaxFiles = 20_000;

    // How many resources all entries of all kustomizations may look at; a repository of a thousand overlays comes nowhere near.
    private const long MaxWork = 5_000_000;

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private int _count;
    private long _work;

    public BuildRequest Request => request;

    public List<BuildProblem> Problems { get; } = [];

    /// <summary>The files that were read.</summary>
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>The same with their text, each once.</summary>
    public Dictionary<string, Func<Manifest>> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a part is not here, so that what is missed may be in it.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>How patches merge kinds, and which have no namespace.</summary>
    public KustomizeSchemas Schemas { get; } = new();

    public CancellationToken Cancellation => cancellation;

    /// <summary>Renders charts.</summary>
    public HelmBuilds Charts => charts;

    /// <summary>A file; null if there is none.</summary>
    /// <exception cref="KustomizeException">Too many were read.</exception>
    public KustomizeFile? File(string path)
    {
        Count();
        if (path.StartsWith("../", StringComparison.Ordinal) || path is ".." or "")
            return null;
        if (cache.Read(request.Files, path) is not { } file)
            return null;
        Read.Add(path);
        if (!Sources.ContainsKey(file.Name))
            Sources[file.Name] = () => file.Manifest;
        return file;
    }

    /// <summary>Counts a step.</summary>
    /// <exception cref="KustomizeException">There were too many.</exception>
    public void Count()
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_count > MaxFiles)
            throw new KustomizeException("the kustomizations include more than Repave follows");
    }

    /// <summary>Counts resources that are looked at.</summary>
    /// <exception cref="KustomizeException">There were too many.</exception>
    public void Work(int resources)
    {
        cancellation.ThrowIfCancellationRequested();
        if ((_work += resources + 1) > MaxWork)
            throw new KustomizeException("the kustomizations change more than Repave follows");
    }

    /// <summary>Says once that a part is not here.</summary>
    public void Unknown(string key, string message, Manifest file, TextSpan span)
    {
        HasUnknown = true;
        if (_said.Add(key))
            Problems.Add(new BuildProblem(message, file, span, false));
    }

    /// <summary>Says once what breaks a rule, of which kustomize would not speak.</summary>
    public void Say(string key, Rule rule, string message, Manifest file, TextSpan span)
    {
        if (_said.Add(key))
            Problems.Add(new BuildProblem(message, file, span, false) { Rule = rule });
    }

    /// <summary>Says once that something is not done, without which the build is whole all the same.</summary>
    public void Left(string key, string message, Manifest file, TextSpan span)
    {
        if (_said.Add(key))
            Problems.Add(new BuildProblem(message, file, span, false));
    }

    /// <summary>A path from a folder, without dots; it may lead out of the files.</summary>
    public static string Join(string folder, string path) =>
        Kustomization.Normal(folder.Length == 0 || folder == "." ? path : folder + "/" + path);

    /// <summary>The path from a folder of a file in it.</summary>
    public static string Relative(string path, string folder) => folder.Length > 0 && IsWithin(path, folder) && path != folder
        ? path.Substring(folder.Length + 1) : path;

    /// <summary>Whether a folder is another one or lies in it.</summary>
    public static bool IsWithin(string folder, string other) =>
        other.Length == 0 || folder == other || folder.StartsWith(other + "/", StringComparison.Ordinal);

    /// <summary>Whether kustomize fetches what a path names.</summary>
    public static bool IsRemote(string path) => path.IndexOf("://", StringComparison.Ordinal) >= 0
        || path.StartsWith("git::", StringComparison.Ordinal) || path.StartsWith("git@", StringComparison.Ordinal)
        || path.StartsWith("github.com/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("github.com:",
            StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("gh:", StringComparison.OrdinalIgnoreCase)
        || (path.IndexOf('@') is > 0 and var at && path.IndexOf(':', at) > 0 && path.IndexOf('\n') < 0 && path.IndexOf('/') > at);
}
