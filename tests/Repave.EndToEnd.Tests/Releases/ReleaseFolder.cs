using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>What scripts/release.sh made of this commit.</summary>
internal static class ReleaseFolder
{
    private const string Making = "scripts/release.sh --version 0.1.0 (gcc or clang, node 20; 4 minutes)";

    private static readonly Lazy<string?> Missing = new(WhatIsMissing);

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "artifacts", "release");

    /// <summary>Skips the test where there is no release of this commit, or fails it where nothing may be skipped.</summary>
    public static void Require() => Components.Require(Missing.Value);

    /// <summary>The one file in it whose name begins and ends so.</summary>
    public static string File(string ending, string beginning = "") =>
        Assert.Single(Directory.GetFiles(Path), f => f.EndsWith(ending, StringComparison.Ordinal)
            && System.IO.Path.GetFileName(f).StartsWith(beginning, StringComparison.Ordinal));

    public static JsonNode Provenance() => JsonNode.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(Path, "provenance.json")))!;

    public static string Sum(string file) => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(file)));

    /// <summary>Unpacks an archive of the release into a new folder.</summary>
    public static void Unpack(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        var answer = Tool.Run(folder, "tar", ["-xzf", archive]);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }

    private static string? WhatIsMissing()
    {
        if (!System.IO.File.Exists(System.IO.Path.Combine(Path, "provenance.json")))
            return $"there is no release in artifacts/release: {Making}";
        var head = Tool.Run(Repository.Root, "git", ["rev-parse", "HEAD"]).Output.Trim();
        var made = (string)Provenance()["predicate"]!["buildDefinition"]!["externalParameters"]!["commit"]!;
        return head == made ? null : $"the release in artifacts/release is of the commit {made}: {Making}";
    }
}
