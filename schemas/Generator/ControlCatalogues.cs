using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Repave.Core.Rules;
using Repave.Core.Syntax.Yaml;

namespace Repave.Schemas.Generator;

/// <summary>Writes the list of controls that rules may name (<c>controls/catalogues.facts</c>) from catalogues that are published as data:
/// NIST's own OSCAL catalogue of SP 800-53, and what scanners that others hold themselves against say of SP 800-190 and of the CIS
/// benchmarks. Of the benchmarks only ids are taken, and the titles of the recommendations that rules name.</summary>
internal static partial class ControlCatalogues
{
    public const string Nist53 = "NIST SP 800-53";
    public const string Nist190 = "NIST SP 800-190";
    public const string CisKubernetes = "CIS Kubernetes Benchmark";
    public const string CisDocker = "CIS Docker Benchmark";

    /// <summary>Writes the list.</summary>
    /// <param name="folder">The folder of the list.</param>
    /// <param name="oscal">NIST's catalogue of SP 800-53 revision 5 (usnistgov/oscal-content, nist.gov/SP800-53/rev5/json).</param>
    /// <param name="guide">SP 800-190 as data (stackrox/stackrox, central/compliance/standards/metadata/nist_800_190.go).</param>
    /// <param name="kubernetes">The benchmark for Kubernetes (the folder cfg/cis-1.24 of aquasecurity/kube-bench).</param>
    /// <param name="docker">The benchmark for Docker (the folder cfg/cis-1.6.0 of aquasecurity/docker-bench).</param>
    public static void Write(string folder, string oscal, string guide, string kubernetes, string docker)
    {
        var named = RuleCatalogue.All.SelectMany(rule => rule.Controls).ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder("""
            # Controls of published catalogues. Made by schemas/Generator (Generator controls); do not edit.
            # @catalogue <name> | <version> | <address>; below it a control a line: its id and its title. Withdrawn controls are left out,
            # and of benchmarks the titles of what no rule names.

            """);
        using var catalogue = JsonDocument.Parse(File.ReadAllText(oscal));
        var version = catalogue.RootElement.GetProperty("catalog").GetProperty("metadata").GetProperty("version").GetString()!;
        Append(text, Nist53, $"5 ({version})", "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final", Oscal(catalogue.RootElement));
        Append(text, Nist190, "2017", "https://csrc.nist.gov/pubs/sp/800/190/final", Guide(File.ReadAllText(guide)));
        Append(text, CisKubernetes, "1.24 v1.0.0", "https://www.cisecurity.org/benchmark/kubernetes",
            Benchmark(kubernetes, "text", named, CisKubernetes));
        Append(text, CisDocker, "1.6.0", "https://www.cisecurity.org/benchmark/docker",
            Benchmark(docker, "description", named, CisDocker));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "catalogues.facts"), text.ToString());
    }

    private static void Append(StringBuilder text, string name, string version, string address,
        IEnumerable<(string Id, string Title)> controls)
    {
        text.Append($"\n@catalogue {name} | {version} | {address}\n");
        foreach (var (id, title) in controls)
            text.Append(title.Length == 0 ? id : $"{id} {title}").Append('\n');
    }

    private static IEnumerable<(string Id, string Title)> Oscal(JsonElement root)
    {
        foreach (var group in root.GetProperty("catalog").GetProperty("groups").EnumerateArray())
        {
            foreach (var control in group.GetProperty("controls").EnumerateArray())
            {
                var facts = control.GetProperty("props").EnumerateArray()
                    .ToLookup(p => p.GetProperty("name").GetString()!, p => p.GetProperty("value").GetString()!);
                if (!facts["status"].Contains("withdrawn", StringComparer.OrdinalIgnoreCase))
                    yield return (facts["label"].First(), control.GetProperty("title").GetString()!.Trim());
            }
        }
    }

    // A section's heading begins its description; what follows is the section itself.
    private static IEnumerable<(string Id, string Title)> Guide(string code)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Section().Matches(code))
        {
            var id = match.Groups["id"].Value.TrimEnd('.');
            if (id.Count(c => c == '.') == 2 && seen.Add(id))
                yield return (id, Heading().Match(match.Groups["text"].Value).Value.Trim());
        }
    }

    private static List<(string Id, string Title)> Benchmark(string folder, string title, HashSet<string> named, string name)
    {
        var found = new List<(string Id, string Title)>();
        foreach (var file in Directory.GetFiles(folder, "*.yaml"))
        {
            foreach (var slot in YamlLanguage.Instance.Parse(File.ReadAllText(file)).Documents)
            {
                foreach (var group in slot.Document.Root?.ItemsAt("groups") ?? [])
                {
                    foreach (var check in group.ItemsAt("checks"))
                    {
                        if (check.TextAt("id") is { } id && check.TextAt(title) is { } text)
                            found.Add((id, named.Contains($"{name} {id}") ? Title().Replace(text, "").Trim() : ""));
                    }
                }
            }
        }

        // Two recommendations under one id would leave open which of them is meant.
        return [.. found.GroupBy(c => c.Id, StringComparer.Ordinal).Where(same => same.Count() == 1).Select(same => same.First())
            .OrderBy(c => Version.Parse(c.Id))];
    }

    [GeneratedRegex("""Name:\s+"(?<id>[0-9.]+)",\s+Description:\s+"(?<text>[^"]*)""")]
    private static partial Regex Section();

    [GeneratedRegex(@"^.*?(?=\\n|\. |\.$|$| Organizations | Orchestrators )")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\s*\((Manual|Automated)\)\s*$")]
    private static partial Regex Title();
}
