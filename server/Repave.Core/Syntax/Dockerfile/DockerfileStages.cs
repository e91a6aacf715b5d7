using System.Globalization;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>How the instructions of a file make stages, and what BuildKit refuses of them together.</summary>
public static class DockerfileStages
{
    /// <summary>The name that a FROM gives its stage, as it is written; null if it gives none.</summary>
    public static DockerfileWord? NameOf(DockerfileInstruction from) =>
        from.Keyword == "FROM" && from.Words.Count == 3 && string.Equals(from.Words[1].Raw, "AS", StringComparison.OrdinalIgnoreCase)
            ? from.Words[2] : null;

    /// <summary>Finds the stage that a name or number means: of several of one name the last.</summary>
    /// <param name="froms">The FROMs of the file.</param>
    /// <param name="name">The name, or the stage's number.</param>
    /// <param name="before">Only stages before this one are looked at.</param>
    /// <param name="byNumber">Whether a number means a stage.</param>
    /// <returns>Its index among the FROMs; less than 0 if there is none.</returns>
    public static int Find(IReadOnlyList<DockerfileInstruction> froms, string name, int before, bool byNumber)
    {
        if (byNumber && int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number >= 0 && number < before ? number : -1;
        for (var i = Math.Min(before, froms.Count) - 1; i >= 0; i--)
        {
            if (NameOf(froms[i]) is { } found && string.Equals(found.Text, name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    /// <summary>Says what a build refuses of a file's instructions together.</summary>
    internal static void Check(IReadOnlyList<DockerfileInstruction> instructions, Action<TextSpan, string> report)
    {
        DockerfileInstruction[] froms = [.. instructions.Where(i => i.Keyword == "FROM")];
        // A piece that is put into other files has no stage, and is no build.
        if (froms.Length == 0)
            return;
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < froms.Length; i++)
        {
            if (NameOf(froms[i]) is { } name)
                names[name.Text] = i;
        }

        var stage = -1;
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword == "FROM")
                stage++;
            else if (stage < 0 && instruction.Keyword != "ARG" && DockerfileKeywords.Of(instruction.Keyword) is not null)
                report(instruction.KeywordSpan, $"{instruction.Keyword} stands before the first FROM, where only ARG may stand.");
            else if (instruction.Keyword is "COPY" && instruction.Flags.FirstOrDefault(f => f.Name == "from") is { Word: { } from })
                CheckFrom(from.Text, from.Span, isCopy: true);
            else if (instruction.Keyword == "RUN")
                CheckMounts(instruction);
        }

        void CheckMounts(DockerfileInstruction run)
        {
            foreach (var flag in run.Flags.Where(f => f.Name == "mount" && f.Word is not null))
            {
                if (DockerfileMount.Read(flag.Value).From is { Length: > 0 } from)
                    CheckFrom(from, flag.Word!.Span, isCopy: false);
            }
        }

        void CheckFrom(string name, TextSpan place, bool isCopy)
        {
            if (stage < 0 || name.Length == 0 || name.IndexOf('$') >= 0)
                return;
            if (isCopy && int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                if (number < 0 || number >= froms.Length)
                    report(place, $"There is no stage {number}: the first one is 0.");
                else if (number >= stage)
                    report(place, $"The stage {number} does not come before this one.");
            }
            else if (names.TryGetValue(name, out var found))
            {
                if (found >= stage)
                    report(place, $"The stage '{DockerfileParser.Short(name)}' does not come before this one.");
            }
            else if (!DockerfileImageName.IsValid(name))
            {
                report(place, $"'{DockerfileParser.Short(name)}' is neither a stage nor an image's name.");
            }
        }
    }
}
