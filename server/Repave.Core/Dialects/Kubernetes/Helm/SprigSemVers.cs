using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on versions.</summary>
internal static class SprigSemVers
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["semver"] = new("s", (_, a) => VersionOf(Parse(StringOf(a[0]))));
        functions["semverCompare"] = new("ss", (_, a) =>
        {
            var constraint = SemVerConstraint.Parse(StringOf(a[0])) ?? throw Error($"improper constraint: {StringOf(a[0])}");
            return new GoBool(constraint.Allows(Parse(StringOf(a[1]))));
        });
    }

    private static SemVer Parse(string text) => SemVer.Parse(text) ?? throw Error("invalid semantic version");

    private static GoObject VersionOf(SemVer version)
    {
        var made = new GoObject("*semver.Version") { Payload = version, Text = version.ToString() };
        made.Methods["Major"] = new("", (_, _) => new GoInteger((long)version.Major, "uint64"));
        made.Methods["Minor"] = new("", (_, _) => new GoInteger((long)version.Minor, "uint64"));
        made.Methods["Patch"] = new("", (_, _) => new GoInteger((long)version.Patch, "uint64"));
        made.Methods["Prerelease"] = new("", (_, _) => new GoText(version.Prerelease));
        made.Methods["Metadata"] = new("", (_, _) => new GoText(version.Metadata));
        made.Methods["Original"] = new("", (_, _) => new GoText(version.Original));
        made.Methods["String"] = new("", (_, _) => new GoText(version.ToString()));
        made.Methods["Compare"] = new("a", (_, a) => new GoInteger(Math.Sign(version.CompareTo(Other(a[0])))));
        made.Methods["Equal"] = new("a", (_, a) => new GoBool(version.CompareTo(Other(a[0])) == 0));
        made.Methods["LessThan"] = new("a", (_, a) => new GoBool(version.CompareTo(Other(a[0])) < 0));
        made.Methods["GreaterThan"] = new("a", (_, a) => new GoBool(version.CompareTo(Other(a[0])) > 0));
        made.Methods["IncMajor"] = new("", (_, _) => VersionOf(SemVer.Of(version.Major + 1, 0, 0)));
        made.Methods["IncMinor"] = new("", (_, _) => VersionOf(SemVer.Of(version.Major, version.Minor + 1, 0)));
        made.Methods["IncPatch"] = new("", (_, _) => VersionOf(SemVer.Of(
            version.Major, version.Minor, version.Prerelease.Length > 0 ? version.Patch : version.Patch + 1)));
        return made;
    }

    private static SemVer Other(GoValue? value) => value is GoObject { Payload: SemVer version } ? version
        : throw Error($"wrong type for value; expected *semver.Version; got {value?.TypeName ?? "nil"}");
}
