using Repave.Core.Model;

namespace Repave.Core.Parity;

/// <summary>Which resource of one environment is which of another: of the same type and name, else of the same name but for the
/// environment's in it, else the only one that was built from the same place.</summary>
internal static class ResourcePairs
{
    /// <summary>The pairs, in the order of the second environment; what only one has stands alone.</summary>
    public static IReadOnlyList<(TreeResource? First, TreeResource? Second)> Of(
        IReadOnlyList<TreeResource> first, IReadOnlyList<TreeResource> second, string firstName, string secondName)
    {
        var partners = new Dictionary<TreeResource, TreeResource>();
        var taken = new HashSet<TreeResource>();
        Match(one => one.Id.ToString(), one => one.Id.ToString());
        Match(one => $"{one.Id.Type}\n{one.Id.Name}", one => $"{one.Id.Type}\n{one.Id.Name}");
        Match(one => $"{one.Id.Type}\n{Without(one.Id.Name, firstName)}", one => $"{one.Id.Type}\n{Without(one.Id.Name, secondName)}");
        Match(PlaceOf, PlaceOf);
        Match(NamePlaceOf, NamePlaceOf);
        Match(WithoutHash, WithoutHash);
        return [.. second.Select(other => ((TreeResource?)partners.GetValueOrDefault(other), (TreeResource?)other)),
            .. first.Where(one => !taken.Contains(one)).Select(one => ((TreeResource?)one, (TreeResource?)null))];

        void Match(Func<TreeResource, string?> keyOfFirst, Func<TreeResource, string?> keyOfSecond)
        {
            var open = first.Where(one => !taken.Contains(one)).Select(one => (Key: keyOfFirst(one), One: one))
                .Where(pair => pair.Key is not null).GroupBy(pair => pair.Key!, StringComparer.Ordinal)
                .Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().One, StringComparer.Ordinal);
            foreach (var group in second.Where(other => !partners.ContainsKey(other)).Select(other => (Key: keyOfSecond(other),
                Other: other))
                .Where(pair => pair.Key is not null).GroupBy(pair => pair.Key!, StringComparer.Ordinal).ToList())
            {
                if (group.Count() != 1 || !open.TryGetValue(group.Key, out var one))
                    continue;
                partners[group.First().Other] = one;
                taken.Add(one);
            }
        }
    }

    private static string Without(string name, string environment) =>
        string.Join("-", name.Split('-').Where(part => part != environment));

    // What is built for each environment anew may carry a hash of what is in it behind its name.
    private static string? WithoutHash(TreeResource resource)
    {
        const int length = 10;
        var (name, dash) = (resource.Id.Name, resource.Id.Name.LastIndexOf('-'));
        return resource.Manifest.Origin is null || dash <= 0 || name.Length - dash - 1 != length
            || !name.Skip(dash + 1).All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9') ? null
            : $"{resource.Id.Type}\n{name.Substring(0, dash)}";
    }

    // The same type from the same place of a source.
    private static string? PlaceOf(TreeResource resource) => PlaceOf(resource, resource.Root.Span.Start);

    private static string? NamePlaceOf(TreeResource resource) => PlaceOf(resource, resource.NameNode.Span.Start);

    private static string? PlaceOf(TreeResource resource, int start)
    {
        if (resource.Manifest.Origin is null)
            return null;
        var place = new Place(resource.Manifest, resource.Slot, new Text.TextSpan(start, start + 1));
        return ReferenceEquals(place.File, resource.Manifest) ? null
            : $"{resource.Id.Type}\n{place.File.Path}\n{place.FileSpan.Start}";
    }
}
