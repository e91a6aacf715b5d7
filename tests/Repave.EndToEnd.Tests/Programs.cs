namespace Repave.EndToEnd.Tests;

/// <summary>Programs on the PATH.</summary>
internal static class Programs
{
    public static bool Exist(string name) => Find(name) is not null;

    /// <summary>The path of a program; null if there is none of that name.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
