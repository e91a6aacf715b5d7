using System.Globalization;
using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Compose.Plans.Drift;

/// <summary>What Compose asks the engine for where <c>docker update</c> can ask for something else.</summary>
internal static class ContainerLimits
{
    /// <summary>The limits of a service: the field that says each, what the engine calls it, and its value in the engine's units.</summary>
    public static IEnumerable<(string Path, string Key, string Wanted)> Of(ComposeValue service)
    {
        var limits = service["deploy"]?["resources"]?["limits"];
        var reserved = service["deploy"]?["resources"]?["reservations"];
        yield return ("restart", "RestartPolicy", RestartOf(service));
        var (memory, at) = Either(limits?["memory"], "deploy.resources.limits.memory", service["mem_limit"], "mem_limit");
        yield return (at, "Memory", Bytes(memory));
        // The engine takes twice the memory where nothing is said.
        if (service["memswap_limit"] is { } swap)
            yield return ("memswap_limit", "MemorySwap", Bytes(swap));
        (memory, at) = Either(reserved?["memory"], "deploy.resources.reservations.memory", service["mem_reservation"], "mem_reservation");
        yield return (at, "MemoryReservation", Bytes(memory));
        var (cpus, by) = Either(limits?["cpus"], "deploy.resources.limits.cpus", service["cpus"], "cpus");
        yield return (by, "NanoCpus", cpus is null ? "0" : GoNumbers.ParseFloat(cpus.Print()) is { } number
            ? ((long)(number * 1e9)).ToString(CultureInfo.InvariantCulture) : "");
        yield return ("cpu_shares", "CpuShares", Whole(service["cpu_shares"]));
        yield return ("cpuset", "CpusetCpus", service["cpuset"]?.Print() ?? "");
        var (pids, where) = Either(limits?["pids"], "deploy.resources.limits.pids", service["pids_limit"], "pids_limit");
        yield return (where, "PidsLimit", Whole(pids));
    }

    // What deploy says wins over the service's own field.
    private static (ComposeValue? Value, string Path) Either(
        ComposeValue? first, string firstPath, ComposeValue? second, string secondPath) =>
        first is not null ? (first, firstPath) : (second, secondPath);

    private static string Whole(ComposeValue? value) => value?.Print() ?? "0";

    private static string Bytes(ComposeValue? value) => value is null ? "0" : value.Print() is "-1" ? "-1"
        : ByteSizes.Parse(value.Print())?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string RestartOf(ComposeValue service)
    {
        var (name, attempts) = ("no", "0");
        if (service["restart"]?.Print() is { Length: > 0 } restart)
        {
            var parts = restart.Split(':');
            (name, attempts) = (parts[0], parts.Length > 1 ? parts[1] : "0");
        }

        if (service["deploy"]?["restart_policy"] is { IsMap: true } policy)
            (name, attempts) = (policy.TextAt("condition") ?? "no", policy["max_attempts"]?.Print() ?? "0");
        name = name switch { "none" or "" => "no", "any" => "always", _ => name };
        return attempts == "0" ? name : $"{name}:{attempts}";
    }
}
