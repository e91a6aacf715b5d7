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
/// <c>NIST SP 800-53 CM-3</c>; one that is not in this list does not exist.</summary>
public static class Controls
{
    // Titles as their publishers give them: NIST SP 800-53 revision 5, the headings of chapter 4 of NIST SP 800-190,
    // and the recommendations of the CIS benchmark.
    private static readonly (string Name, string Version, string Address, (string Id, string Title)[] Controls)[] Known =
    [
        ("NIST SP 800-53", "5", "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
        [
            ("AC-3", "Access Enforcement"), ("AC-6", "Least Privilege"), ("AU-12", "Audit Record Generation"),
            ("CM-2", "Baseline Configuration"), ("CM-3", "Configuration Change Control"), ("CM-4", "Impact Analyses"),
            ("CM-5", "Access Restrictions for Change"), ("CM-6", "Configuration Settings"), ("CM-7", "Least Functionality"),
            ("CM-14", "Signed Components"),
            ("CP-9", "System Backup"), ("CP-10", "System Recovery and Reconstitution"), ("SC-5", "Denial-of-service Protection"),
            ("SI-2", "Flaw Remediation"), ("SI-7", "Software, Firmware, and Information Integrity"), ("SI-14", "Non-persistence"),
        ]),
        ("NIST SP 800-190", "2017", "https://csrc.nist.gov/pubs/sp/800/190/final",
        [
            ("4.1.1", "Image vulnerabilities"), ("4.1.2", "Image configuration defects"), ("4.1.5", "Use of untrusted images"),
            ("4.2.2", "Stale images in registries"),
            ("4.4.1", "Vulnerabilities within the runtime software"), ("4.4.3", "Insecure container runtime configurations"),
            ("4.4.4", "App vulnerabilities"), ("4.5.5", "Host file system tampering"),
        ]),
        ("CIS Kubernetes Benchmark", "1.24 v1.0.0", "https://www.cisecurity.org/benchmark/kubernetes",
        [
            ("5.2.2", "Minimize the admission of privileged containers"),
            ("5.2.3", "Minimize the admission of containers wishing to share the host process ID namespace"),
            ("5.2.12", "Minimize the admission of HostPath volumes"),
            ("5.2.13", "Minimize the admission of containers which use HostPorts"),
            ("5.4.1", "Prefer using secrets as files over secrets as environment variables"),
        ]),
    ];

    /// <summary>Whether a reference names a control that exists.</summary>
    public static bool Exists(string reference) => Known.Any(k => k.Controls.Any(c => $"{k.Name} {c.Id}" == reference));

    /// <summary>The catalogues that rules refer to, with the references that they make.</summary>
    public static IReadOnlyList<ControlCatalogue> Catalogues(IReadOnlyList<Rule> rules)
    {
        var references = new HashSet<string>(rules.SelectMany(rule => rule.Controls), StringComparer.Ordinal);
        return
        [
            .. Known.Select(k => new ControlCatalogue(
                k.Name, k.Version, k.Address, k.Controls.ToDictionary(c => c.Id, c => c.Title),
                k.Controls.Where(c => references.Contains($"{k.Name} {c.Id}")).ToDictionary(c => $"{k.Name} {c.Id}", c => c.Id)))
                .Where(catalogue => catalogue.Ids.Count > 0),
        ];
    }
}
