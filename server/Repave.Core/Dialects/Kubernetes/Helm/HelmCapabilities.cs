using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>What templates see under <c>.Capabilities</c>.</summary>
internal static class HelmCapabilities
{
    public static GoObject Make(string version, IReadOnlyList<string> apiVersions)
    {
        var plain = version.StartsWith('v') ? version.Substring(1) : version;
        var numbers = plain.Split('.', '-', '+');
        var full = "v" + (numbers.Length == 2 ? plain + ".0" : plain);
        // Suffixes of a platform's own are no part of what constraints are held against.
        var normal = "v" + string.Join(".", numbers.Take(3).Concat(Enumerable.Repeat("0", Math.Max(0, 3 - numbers.Length))));
        var kube = new GoObject("common.KubeVersion") { Text = normal };
        kube.Fields["Version"] = new GoText(full);
        kube.Fields["Major"] = new GoText(numbers[0]);
        kube.Fields["Minor"] = new GoText(numbers.Length > 1 ? numbers[1] : "0");
        kube.Methods["String"] = new("", (_, _) => new GoText(normal));
        kube.Methods["GitVersion"] = new("", (_, _) => new GoText(full));

        var names = new HashSet<string>(apiVersions, StringComparer.Ordinal);
        var versions = new GoObject("common.VersionSet") { MakeInner = () => ListOf(apiVersions.Select(name => new GoText(name))) };
        versions.Methods["Has"] = new("s", (_, a) => new GoBool(names.Contains(StringOf(a[0]))));

        var helm = new GoObject("version.BuildInfo");
        helm.Fields["Version"] = new GoText("v4.2");
        helm.Fields["GitCommit"] = GoText.Empty;
        helm.Fields["GitTreeState"] = GoText.Empty;
        helm.Fields["GoVersion"] = new GoText("go1.26");
        helm.Fields["KubeClientVersion"] = new GoText(full);

        var all = new GoObject("*common.Capabilities");
        all.Fields["KubeVersion"] = kube;
        all.Fields["APIVersions"] = versions;
        all.Fields["HelmVersion"] = helm;
        return all;
    }
}
