namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What differs between versions of Compose: found by reading its sources at each tag, and held by what was measured on real
/// engines.</summary>
internal sealed record ComposeRules(Version Version)
{
    /// <summary>The version of compose-go that it is built with, which reads the projects.</summary>
    public Version Library => ComposePack.Of(Version).Library;

    /// <summary>Whether an image is built again, and its containers recreated, once a service says to always build it.</summary>
    public bool RebuildsByPolicy => Version < new Version(2, 29);

    /// <summary>Whether a service's dependencies are no part of its hash.</summary>
    public bool LeavesOutDependencies => Version >= new Version(2, 29, 3);

    /// <summary>Whether a service's profiles are no part of its hash.</summary>
    public bool LeavesOutProfiles => Version >= new Version(2, 30, 2);

    /// <summary>Whether files of variables may be read without filling in variables.</summary>
    public bool ReadsRawVariables => Version >= new Version(2, 30);

    /// <summary>Whether all that depend on a service are recreated with it; later only those that say so are started again.</summary>
    public bool RecreatesDependents => Version < new Version(2, 29, 4);

    /// <summary>Whether a network whose definition changed is created again.</summary>
    public bool RecreatesNetworks => Version >= new Version(2, 31);

    /// <summary>Whether a volume whose definition changed is asked about, and containers that have other networks or volumes than they
    /// should are recreated.</summary>
    public bool ComparesVolumes => Version >= new Version(2, 32);

    /// <summary>Whether the default network is made only where a service uses it.</summary>
    public bool AddsDefaultNetworkWhereUsed => Library >= new Version(2, 1);

    /// <summary>Whether a variable without a value stays in a service's environment.</summary>
    public bool KeepsVariablesWithoutValue => Library >= new Version(2, 1, 6);

    /// <summary>Whether the targets of volumes are written in their shortest form.</summary>
    public bool CleansTargets => Library >= new Version(2, 4, 4);

    /// <summary>Whether devices are written out into source, target and permissions.</summary>
    public bool WritesDevicesOut => Library >= new Version(2, 2);

    /// <summary>Whether two services may not give their containers one name.</summary>
    public bool RefusesSharedNames => Library < new Version(2, 1);

    /// <summary>Whether two things may not be mounted on one place.</summary>
    public bool ChecksMounts => Library >= new Version(2, 6);

    /// <summary>Whether watching can start a container again.</summary>
    public bool WatchesRestarts => Library >= new Version(2, 4, 8);

    /// <summary>Whether builds can take contexts from those of other services.</summary>
    public bool ChecksContexts => Library >= new Version(2, 4, 8);

    /// <summary>The rules of a version as people write it (<c>2.40</c>, <c>v2.40.3</c>); null where it is none.</summary>
    public static ComposeRules? Of(string version)
    {
        var plain = version.TrimStart('v');
        var end = plain.IndexOfAny(['-', '+', '~', ' ']);
        if (!Version.TryParse(end < 0 ? plain : plain.Substring(0, end), out var number) || number.Major < 2)
            return null;
        // Who names no patch means the last one.
        return new ComposeRules(number.Build < 0 ? new Version(number.Major, number.Minor, 99) : number);
    }
}
