namespace Repave.Core.Tests.Support;

/// <summary>A pair of a Compose project and what going back does (<c>tests/Fixtures/compose-ways-back.txt</c>).</summary>
/// <param name="Name">The service.</param>
/// <param name="Before">Its fields before.</param>
/// <param name="After">Its fields after.</param>
/// <param name="SectionsBefore">What else the file has before.</param>
/// <param name="SectionsAfter">What else the file has after.</param>
/// <param name="What">What of it goes back so: <c>service</c>, or a network or volume by its name.</param>
/// <param name="How">What going back does.</param>
/// <param name="Because">Why.</param>
internal sealed record ComposeWayBack(
    string Name, string Before, string After, string SectionsBefore, string SectionsAfter, string What, string How, string Because)
{
    /// <summary>Reads a line of the table.</summary>
    public static ComposeWayBack Of(string line)
    {
        var parts = Array.ConvertAll(line.Split('|'), part => part.Trim());
        return new(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7]);
    }

    /// <summary>The project's file.</summary>
    /// <param name="isAfter">Whether after the change.</param>
    /// <param name="project">The project's name.</param>
    public string Text(bool isAfter, string project = "back")
    {
        var fields = isAfter ? After : Before;
        fields = fields[0] == '{' ? fields[1..^1] : fields;
        if (!fields.StartsWith("image:", StringComparison.Ordinal))
            fields += ", image: \"app:1\"";
        // Nobody waits for a program that does not listen to SIGTERM.
        if (!fields.Contains("networks:", StringComparison.Ordinal) && !fields.Contains("network_mode:", StringComparison.Ordinal))
            fields += ", network_mode: none";
        var sections = (isAfter ? SectionsAfter : SectionsBefore).Replace("} networks:", "}\nnetworks:", StringComparison.Ordinal);
        return $"name: {project}\nservices:\n  {Name}: {{{fields}, stop_signal: SIGKILL}}\n{sections}\n";
    }
}
