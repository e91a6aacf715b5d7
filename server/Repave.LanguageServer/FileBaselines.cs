using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments;

namespace Repave.LanguageServer;

/// <summary>Baselines that stand in files: snapshots, dumps and folders of manifests.</summary>
internal static class FileBaselines
{
    /// <summary>Reads one; null where it cannot be read.</summary>
    /// <param name="chosen">Its path, from the workspace's folder.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static Baseline? Read(string chosen, Workspace workspace, out string? problem)
    {
        problem = null;
        try
        {
            var place = Path.GetFullPath(chosen, workspace.Folders[0]);
            if (!Path.Exists(place))
            {
                problem = $"there is no {chosen}";
                return null;
            }

            var manifests = new List<Manifest>();
            var unread = new List<UnreadFile>();
            foreach (var file in ManifestFiles.Find(place))
            {
                if (workspace.Settings.LeftOutBy(Path.GetRelativePath(place, file.Place).Replace(Path.DirectorySeparatorChar, '/'))
                    is not null)
                    continue;
                var read = Workspace.TryRead(file, out var why);
                if (read is { Flaw: null, Text: { } text })
                    manifests.Add(Manifest.Parse(file.Path, text));
                else if ((read is null ? why : read.Flaw) is { } trouble)
                    unread.Add(new UnreadFile(file.Path, trouble));
            }

            return new Baseline(chosen, manifests)
            {
                IsEarlierState = true,
                Unread = unread,
                Roots = [place.Replace(Path.DirectorySeparatorChar, '/')],
                HashKey = SnapshotKeys.Beside(place)
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
    }
}
