using System.Text;

namespace Repave.Environments;

/// <summary>Reads many files out of git with one process.</summary>
internal static class GitObjects
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The top folder of the repository that a folder belongs to, and the folder's path in it (with a slash behind it, empty for the
    /// top); null with the reason if there is none.</summary>
    public static (string Root, string Prefix)? Open(string folder, out string reason)
    {
        var answer = ClientProcess.Run("git", ["rev-parse", "--show-toplevel", "--show-prefix"], folder, Limit);
        if (!Succeeded(answer, "git cannot find a repository here", out reason))
            return null;
        var lines = answer.Output.Split('\n');
        return (lines[0].TrimEnd('\r'), lines.Length > 1 ? lines[1].TrimEnd('\r') : "");
    }

    /// <summary>What the repository calls a file or folder that is named from a folder of it; null if it is outside. Links on the way to the
    /// repository do not matter.</summary>
    public static string? NameInRepository(string folder, string prefix, string path)
    {
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(path, folder)).Replace('\\', '/');
        var parts = new List<string>();
        foreach (var part in (prefix + relative).Split('/'))
        {
            if (part is "." or "")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    /// <summary>The texts of objects (<c>HEAD:path</c>, <c>:path</c>), in their order; null for one that is no text or not there. Null with
    /// the reason if git cannot give them.</summary>
    public static IReadOnlyList<string?>? Read(string root, IReadOnlyList<string> names, out string reason)
    {
        reason = "";
        var texts = new string?[names.Count];
        // A line a name; the few names that hold a line break cannot be asked for.
        var asked = Enumerable.Range(0, names.Count).Where(i => !names[i].Contains('\n')).ToList();
        if (asked.Count == 0)
            return texts;
        var answer = ClientProcess.Run("git", ["cat-file", "--batch"], root, Limit, string.Concat(asked.Select(i => names[i] + "\n")), Encoding.Latin1);
        if (!Succeeded(answer, "git cannot read the files", out reason))
            return null;
        // "<hash> blob <length>\n<text>\n" for each. Lengths count bytes, which only an encoding of one byte a character keeps.
        var bytes = Encoding.Latin1.GetBytes(answer.Output);
        var at = 0;
        foreach (var i in asked)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            if (end < 0)
            {
                reason = $"git gave no answer for {names[i]}.";
                return null;
            }

            var head = Encoding.Latin1.GetString(bytes, at, end - at).Split(' ');
            at = end + 1;
            if (head.Length != 3 || !int.TryParse(head[2], out var length) || at + length > bytes.Length)
                continue;
            if (head[1] == "blob" && Array.IndexOf(bytes, (byte)0, at, length) < 0)
                texts[i] = Encoding.UTF8.GetString(bytes, at, length);
            at += length + 1;
        }

        return texts;
    }

    /// <summary>What a folder of the repository calls a file of it.</summary>
    public static string NameFrom(string prefix, string name) => Path.GetRelativePath("/" + prefix, "/" + name).Replace('\\', '/');

    /// <summary>Whether git did what it was asked to; if not, why.</summary>
    public static bool Succeeded(ClientAnswer answer, string what, out string reason)
    {
        reason = answer.ExitCode == 0 ? "" : $"{what}: {answer.Error.Trim()}";
        return answer.ExitCode == 0;
    }
}
