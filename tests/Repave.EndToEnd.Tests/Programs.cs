namespace Repave.EndToEnd.Tests;

/// <summary>Programs on the PATH.</summary>
internal static class Programs
{
    public static bool Exist(string name) => Places(name).Any();

    public static string Find(string name) => Places(name).First();

    private static IEnumerable<string> Places(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))
            .Where(File.Exists);
}
