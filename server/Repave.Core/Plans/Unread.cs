using Repave.Core.Model;

namespace Repave.Core.Plans;

/// <summary>Takes back what a plan concludes from the absence of what could not be read: a resource that may stand in such a file is
/// neither deleted nor
/// created, it is unknown.</summary>
internal static class Unread
{
    private const int MaxNamed = 3;

    /// <summary>What to say of files that were not read: a line for each reason.</summary>
    public static IEnumerable<string> Notes(IEnumerable<UnreadFile> files, string whose) =>
        from file in files
        group file.Path by file.Reason into alike
        let count = alike.Count()
        select $"{whose}{string.Join(", ", alike.Take(MaxNamed))}{(count > MaxNamed ? $" and {count - MaxNamed} more" : "")} could not "
            + $"be read: {alike.Key}.";

    /// <summary>Makes unknown what may be.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="desired">Files of the manifests that were not read to their end.</param>
    /// <param name="before">Files of the baseline that were not.</param>
    /// <param name="manifests">The manifests, and what their paths begin with.</param>
    /// <param name="baseline">The baseline's.</param>
    public static void Settle(
        IReadOnlyList<ResourceChange> changes,
        IReadOnlyList<UnreadFile> desired,
        IReadOnlyList<UnreadFile> before,
        (IReadOnlyList<Manifest> Files, IReadOnlyList<string> Roots) manifests,
        (IReadOnlyList<Manifest> Files, IReadOnlyList<string> Roots) baseline)
    {
        if (desired.Count == 0 && before.Count == 0)
            return;
        var turned = new HashSet<ResourceId>();
        var wanted = new Places(desired, manifests.Roots, baseline);
        var had = new Places(before, baseline.Roots, manifests);
        foreach (var change in changes)
        {
            // What was replaced by another of a new name counts as gone, too.
            var isGone = change.Action == PlanAction.Delete || (change.Action == PlanAction.Replace && change.Previous is not null);
            var file = isGone && change.Baseline is { } old ? wanted.FileThatMayHold(old.Manifest.Path) : null;
            if (change.Action == PlanAction.Create && change.Desired is { } made)
                file ??= had.FileThatMayHold(made.Manifest.Path);
            if (file is null)
                continue;
            turned.Add(change.Id);
            if (change.Previous is { } previous)
                turned.Add(previous);
            change.Action = PlanAction.Unknown;
            change.Mechanism = null;
            change.Certainty = Certainty.Conditional;
            change.Note = $"it may stand in {file.Path}: {file.Reason}";
            change.Reasons.Clear();
            change.Warnings.Clear();
            change.CausedBy.Clear();
        }

        foreach (var change in changes)
        {
            change.Warnings.RemoveAll(warning => warning.About is { } about && turned.Contains(about));
            if (change.CausedBy.RemoveAll(turned.Contains) > 0)
                change.Certainty = Certainty.Conditional;
        }
    }

    /// <summary>Files that were not read on one side, and where their like stands on the other.</summary>
    private sealed class Places
    {
        private readonly Dictionary<string, UnreadFile> _byName = new(StringComparer.Ordinal);
        private readonly UnreadFile? _anywhere;
        private readonly IReadOnlyList<string> _otherRoots;

        public Places(IReadOnlyList<UnreadFile> files, IReadOnlyList<string> roots,
            (IReadOnlyList<Manifest> Files, IReadOnlyList<string> Roots) other)
        {
            _otherRoots = other.Roots;
            var there = new HashSet<string>(other.Files.Select(f => NameOf(f.Path, other.Roots)), StringComparer.Ordinal);
            foreach (var file in files)
            {
                var name = NameOf(file.Path, roots);
                // A folder stands for all that is in it; and a file that the other side does not have may hold anything of it.
                if (name.EndsWith("/", StringComparison.Ordinal) ? there.Any(n => n.StartsWith(name, StringComparison.Ordinal))
                    : there.Contains(name))
                    _byName[name] = file;
                else if (file.MayHoldAnything)
                    _anywhere ??= file;
            }
        }

        public UnreadFile? FileThatMayHold(string path)
        {
            var name = NameOf(path, _otherRoots);
            if (_byName.TryGetValue(name, out var file))
                return file;
            for (var at = name.LastIndexOf('/'); at > 0; at = name.LastIndexOf('/', at - 1))
            {
                if (_byName.TryGetValue(name.Substring(0, at + 1), out file))
                    return file;
            }

            return _anywhere;
        }

        // The path below the root that holds it; empty for a root itself.
        private static string NameOf(string path, IReadOnlyList<string> roots)
        {
            var root = roots.Select(Trim).Where(r => r.Length > 0 && (path == r || path.StartsWith(r + "/", StringComparison.Ordinal)))
                .OrderByDescending(r => r.Length).FirstOrDefault();
            return root is null ? path : path.Substring(root.Length).TrimStart('/');
        }

        private static string Trim(string root) => root is "." or "./" ? ""
            : (root.StartsWith("./", StringComparison.Ordinal) ? root.Substring(2) : root).TrimEnd('/');
    }
}
