namespace Repave.EndToEnd.Tests;

/// <summary>The tools of images and hosts whose verdicts tests ask for: those of Debian 12, which tests/Components/host-tools.sh gets.</summary>
internal static class HostTools
{
    private const string Cloud = "cloud-init";

    /// <summary>The path of one; skips the test where it is missing, or fails it where nothing may be skipped.</summary>
    /// <param name="name">Its program: <c>packer</c>, <c>ignition-validate</c>, <c>ansible-playbook</c> or <c>cloud-init</c>.</param>
    public static string Require(string name)
    {
        var found = Find(name);
        Components.Require(found is null ? $"there is no {name}: run tests/Components/host-tools.sh (Debian 12 as root, half a minute)" : null);
        return found!;
    }

    // Whoever has cloud-init on the PATH has another release of it, which knows other keys.
    private static string? Find(string name)
    {
        if (name != Cloud)
            return Programs.Find(name);
        var unpacked = Path.Combine(Components.Folder("host-tools"), "bin", name);
        return File.Exists(unpacked) ? unpacked : null;
    }
}
