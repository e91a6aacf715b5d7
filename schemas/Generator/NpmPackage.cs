using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Repave.Schemas.Generator;

/// <summary>A package of the npm registry, brought by the npm client that its user has configured.</summary>
internal static class NpmPackage
{
    /// <summary>Downloads and unpacks a package; returns the folder that holds its package.json.</summary>
    /// <exception cref="IOException">npm is missing or could not bring the package.</exception>
    public static string Fetch(string name, string version)
    {
        var folder = Path.Combine(Path.GetTempPath(), "repave-generator", name.Replace('/', '_') + "@" + version);
        var package = Path.Combine(folder, "package");
        if (File.Exists(Path.Combine(folder, "complete")))
            return package;
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("npm") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["pack", "--silent", $"{name}@{version}"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new IOException("npm could not be started.");
        var error = process.StandardError.ReadToEndAsync();
        var archive = process.StandardOutput.ReadToEnd().Trim().Split('\n')[^1];
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new IOException($"npm could not bring {name}@{version}: {error.Result.Trim()}");
        using (var stream = new GZipStream(File.OpenRead(Path.Combine(folder, archive)), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(stream, folder, overwriteFiles: true);
        File.WriteAllText(Path.Combine(folder, "complete"), "");
        return package;
    }
}
