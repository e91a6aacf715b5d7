namespace Repave.EndToEnd.Tests;

/// <summary>Programs on the PATH.</summary>
internal static class Programs
{
    public static bool Exist(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
