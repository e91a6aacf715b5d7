using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Analysis;

/// <summary>Who builds the machine images of a workspace (a Packer source, a distribution of EC2 Image Builder), and who names or looks for
/// them (a data source, a parameter, another build): by their names, as far as those are known.</summary>
public sealed class MachineImageLinks
{
    private readonly List<MachineImageBuild> _builds = [];
    private readonly List<MachineImageUse> _uses = [];

    private MachineImageLinks()
    {
    }

    /// <summary>Finds them among the resources of an analysis.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="setOf">The dialect's resources as they were prepared; null if it has none.</param>
    internal static MachineImageLinks Of(IEnumerable<Resource> resources, Func<string, DialectSet?> setOf)
    {
        var links = new MachineImageLinks();
        var all = resources.Select(resource => (Resource: resource, Set: setOf(resource.Id.Dialect) as IMachineImages))
            .Where(static one => one.Set is not null).ToList();
        links._builds.AddRange(all.SelectMany(static one => one.Set!.MachineImagesBuiltBy(one.Resource)));
        if (links._builds.Count > 0)
            links._uses.AddRange(all.SelectMany(static one => one.Set!.MachineImagesOf(one.Resource)));
        return links;
    }

    /// <summary>The builds that are likely to make the image which is named at an offset of a file's text.</summary>
    public IReadOnlyList<MachineImageBuild> BuildsAt(string path, int offset) =>
        [.. _uses.Where(use => IsAt(use.From, use.Span, path, offset)).SelectMany(BuildsOf).Distinct()];

    /// <summary>The places that are likely to name the image whose build is said at an offset of a file's text.</summary>
    public IReadOnlyList<MachineImageUse> UsesAt(string path, int offset) =>
        [.. _builds.Where(build => IsAt(build.From, build.Span, path, offset)).SelectMany(UsesOf).Distinct()];

    /// <summary>Where a build's name stands.</summary>
    public static Place PlaceOf(MachineImageBuild build) => new(build.From.Manifest, build.From.Slot, build.Span);

    /// <summary>Where an image is named.</summary>
    public static Place PlaceOf(MachineImageUse use) => new(use.From.Manifest, use.From.Slot, use.Span);

    /// <summary>What is known of the image that is named or built at an offset of a file's text, in Markdown; null if nothing.</summary>
    public (TextSpan Span, string Text)? DescribeAt(string path, int offset)
    {
        var lines = BuildsAt(path, offset).Select(static build =>
                $"{(build.Name.Kind == MachineImageKind.Parameter ? "Set" : "Built")} by {WhoOf(build.From)}.")
            .Concat(UsesAt(path, offset).Select(static use => $"Used by {WhoOf(use.From)}.")).Distinct().Take(MaxSaid + 1).ToList();
        if (lines.Count == 0)
            return null;
        if (lines.Count > MaxSaid)
            lines[MaxSaid] = "And others.";
        var span = _uses.Where(use => IsAt(use.From, use.Span, path, offset)).Select(static use => PlaceOf(use).FileSpan)
            .Concat(_builds.Where(build => IsAt(build.From, build.Span, path, offset))
                .Select(static build => PlaceOf(build).FileSpan)).First();
        return (span, string.Join("  \n", lines));
    }

    private const int MaxSaid = 8;

    /// <summary>Reports images that are looked for and that nothing makes, and those that are made and nothing looks for.</summary>
    /// <param name="sinkOf">The sink of a resource's document.</param>
    internal void Check(Func<Resource, FindingSink> sinkOf)
    {
        foreach (var use in _uses.Where(static use => use.IsOwn))
            ImageNobodyBuilds.Check(use, _builds, sinkOf(use.From));
        foreach (var build in _builds)
            ImageNobodyUses.Check(build, _uses, sinkOf(build.From));
    }

    private IEnumerable<MachineImageBuild> BuildsOf(MachineImageUse use) =>
        _builds.Where(build => build.Name.IsLikely(use.Name));

    private IEnumerable<MachineImageUse> UsesOf(MachineImageBuild build) =>
        _uses.Where(use => build.Name.IsLikely(use.Name));

    private static bool IsAt(Resource resource, TextSpan span, string path, int offset) =>
        resource.Manifest.Path == path && span.Shift(resource.Slot.Start).Touches(offset);

    private static string WhoOf(Resource from) => $"{DialectCatalogue.KindOf(from.Id)} `{from.Id.Name}` in {from.Manifest.Path}";
}
