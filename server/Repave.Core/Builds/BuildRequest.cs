namespace Repave.Core.Builds;

/// <summary>What is to be built, and with what.</summary>
/// <param name="Files">The files that may be read.</param>
/// <param name="Path">The folder of the chart or overlay.</param>
public sealed record BuildRequest(IBuildFiles Files, string Path)
{
    /// <summary>Files of values, the later before the earlier.</summary>
    public IReadOnlyList<string> ValuesFiles { get; init; } = [];

    /// <summary>Single values (<c>key=value</c>), before those of files.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The name of the release.</summary>
    public string Release { get; init; } = "release-name";

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The version of the platform; null for the newest that is known.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>Whether a server of that version is to apply it, rather than that the tool prints what it would without one: then what
    /// sources ask of the server is answered as it would.</summary>
    public bool IsForServer { get; init; }

    /// <summary>Says what is wrong with values by a schema; null where schemas are not read.</summary>
    public IValuesSchemas? Schemas { get; init; }
}
