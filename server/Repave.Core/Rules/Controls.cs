using Repave.Core.Shapes;

namespace Repave.Core.Rules;

/// <summary>A catalogue of controls that rules support.</summary>
/// <param name="Name">Its name, which begins every reference to it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Titles">The controls that rules may name, with their titles.</param>
/// <param name="Ids">The references that rules make to it, with the control that each means.</param>
public sealed record ControlCatalogue(
    string Name, string Version, string Address, IReadOnlyDictionary<string, string> Titles, IReadOnlyDictionary<string, string> Ids);

/// <summary>The controls of public catalogues that rules may name. A reference is the catalogue's name and the control's id, as in
/// <c>NIST SP 800-53 CM-3</c>; one that is not in <c>schemas/controls/catalogues.facts</c>, which is made of the catalogues' own data,
/// does not exist.</summary>
public static class Controls
{
    private const string Head = "@catalogue ";

    private static readonly Lazy<IReadOnlyList<ControlCatalogue>> Known =
        new(() => Read(EmbeddedPacks.Text("controls", "catalogues.facts")));

    /// <summary>All catalogues, with all their controls and no references.</summary>
    public static IReadOnlyList<ControlCatalogue> All => Known.Value;

    /// <summary>Whether a reference names a control that exists.</summary>
    public static bool Exists(string reference) => TitleOf(reference) is not null;

    /// <summary>The title of the control that a reference names; null if there is none.</summary>
    public static string? TitleOf(string reference) => All
        .Where(catalogue => reference.StartsWith(catalogue.Name + " ", StringComparison.Ordinal))
        .Select(catalogue => catalogue.Titles.TryGetValue(reference.Substring(catalogue.Name.Length + 1), out var title) ? title : null)
        .FirstOrDefault(title => title is not null);

    /// <summary>The catalogues that rules refer to, with the controls that are referred to and the references to them.</summary>
    public static IReadOnlyList<ControlCatalogue> Catalogues(IReadOnlyList<Rule> rules)
    {
        var references = new HashSet<string>(rules.SelectMany(rule => rule.Controls), StringComparer.Ordinal);
        return
        [
            .. All.Select(catalogue =>
            {
                var named = catalogue.Titles.Where(c => references.Contains($"{catalogue.Name} {c.Key}")).ToList();
                return catalogue with
                {
                    Titles = named.ToDictionary(c => c.Key, c => c.Value),
                    Ids = named.ToDictionary(c => $"{catalogue.Name} {c.Key}", c => c.Key),
                };
            }).Where(catalogue => catalogue.Ids.Count > 0),
        ];
    }

    private static List<ControlCatalogue> Read(string text)
    {
        var catalogues = new List<ControlCatalogue>();
        var titles = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Head, StringComparison.Ordinal))
            {
                var parts = line.Substring(Head.Length).Split('|');
                titles = new Dictionary<string, string>(StringComparer.Ordinal);
                catalogues.Add(new ControlCatalogue(parts[0].Trim(), parts[1].Trim(), parts[2].Trim(), titles,
                    new Dictionary<string, string>()));
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                var space = line.IndexOf(' ');
                titles[space < 0 ? line : line.Substring(0, space)] = space < 0 ? "" : line.Substring(space + 1);
            }
        }

        return catalogues;
    }
}
