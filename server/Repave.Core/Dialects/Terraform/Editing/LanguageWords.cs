namespace Repave.Core.Dialects.Terraform.Editing;

/// <summary>The blocks and arguments that are Terraform's own, with what they are for. A name that ends in <c>{}</c> is a block.</summary>
internal static class LanguageWords
{
    /// <summary>The blocks of a file's top level.</summary>
    public static readonly IReadOnlyList<(string Name, string Detail)> Top =
    [
        ("resource{}", "something that is made and kept"), ("data{}", "something that is read"), ("module{}", "a call of a module"),
        ("variable{}", "an input of the module"), ("output{}", "a result of the module"), ("locals{}", "values of the module's own"),
        ("provider{}", "a provider's settings"), ("terraform{}", "versions, providers and the backend"),
        ("moved{}", "another address of what is there"), ("import{}", "takes over what is there already"),
        ("removed{}", "no longer managed"), ("check{}", "a condition that is checked"),
        ("ephemeral{}", "something that is opened for one run"),
    ];

    /// <summary>What stands in a dynamic block.</summary>
    public static readonly IReadOnlyList<(string Name, string Detail)> OfDynamic =
    [
        ("for_each", "one block for each entry"), ("iterator", "the name of the entry; the block's own if absent"),
        ("labels", "the labels of the blocks"), ("content{}", "what each block holds"),
    ];

    /// <summary>What a module says of a provider that it needs.</summary>
    public static readonly IReadOnlyList<(string Name, string Detail)> OfProviderDemand =
    [
        ("source", "the provider's address"), ("version", "which versions of it"),
        ("configuration_aliases", "configurations that the caller gives"),
    ];

    /// <summary>How many labels a block of Terraform's own has.</summary>
    public static int LabelsOf(string block) => block switch
    {
        "resource" or "data" or "ephemeral" => 2,
        "module" or "variable" or "output" or "provider" or "check" or "backend" or "provisioner" => 1,
        _ => 0,
    };

    private static readonly (string, string)[] Repeated =
    [
        ("count", "how many there are"), ("for_each", "one for each entry"), ("depends_on", "what comes first"),
        ("provider", "which configuration of the provider"),
    ];

    private static readonly Dictionary<string, (string Name, string Detail)[]> ByPath = new(StringComparer.Ordinal)
    {
        ["resource"] = [.. Repeated, ("lifecycle{}", "how it is replaced and destroyed"), ("provisioner{}", "what runs once it is made"),
            ("connection{}", "how provisioners reach it")],
        ["data"] = [.. Repeated, ("lifecycle{}", "its conditions")],
        ["ephemeral"] = [.. Repeated, ("lifecycle{}", "its conditions")],
        ["resource.lifecycle"] =
        [
            ("create_before_destroy", "the new one is made before the old one goes"),
                ("prevent_destroy", "plans that destroy it are refused"),
            ("ignore_changes", "arguments that are left as they are"), ("replace_triggered_by", "what replaces it along"),
            ("precondition{}", "a condition before"), ("postcondition{}", "a condition after"),
        ],
        ["data.lifecycle"] = [("precondition{}", "a condition before"), ("postcondition{}", "a condition after")],
        ["variable"] =
        [
            ("type", "what values it takes"), ("default", "its value where nobody gives one"), ("description", "what it is for"),
            ("sensitive", "whether plans hide it"), ("nullable", "whether it may be null"), ("ephemeral", "whether no state keeps it"),
            ("validation{}", "a condition that values meet"),
        ],
        ["variable.validation"] = [("condition", "what has to be true"), ("error_message", "what is said otherwise")],
        ["output"] =
        [
            ("value", "what it gives"), ("description", "what it is"), ("sensitive", "whether plans hide it"),
            ("depends_on", "what comes first"), ("ephemeral", "whether no state keeps it"), ("precondition{}", "a condition before"),
        ],
        ["module"] =
        [
            ("source", "where the module is"), ("version", "which versions of it"), ("count", "how many there are"),
            ("for_each", "one for each entry"), ("depends_on", "what comes first"), ("providers", "the providers that it is given"),
        ],
        ["moved"] = [("from", "the address that it had"), ("to", "the address that it has")],
        ["import"] = [("to", "the address that it gets"), ("id", "what its platform calls it"), ("provider", "which configuration"),
            ("for_each", "one for each entry")],
        ["removed"] = [("from", "the address that it had"), ("lifecycle{}", "whether it is destroyed")],
        ["removed.lifecycle"] = [("destroy", "whether it is destroyed")],
        ["provider"] = [("alias", "the name of this configuration"), ("version", "which versions")],
        ["terraform"] =
        [
            ("required_version", "which versions of Terraform"), ("required_providers{}", "which providers, of which versions"),
            ("backend{}", "where the state is kept"), ("cloud{}", "HCP Terraform"),
        ],
        ["check"] = [("assert{}", "what has to be true"), ("data{}", "something that is read for it")],
        ["check.assert"] = [("condition", "what has to be true"), ("error_message", "what is said otherwise")],
    };

    /// <summary>What stands in a block of Terraform's own words.</summary>
    /// <param name="path">The words of the blocks around, the outermost first.</param>
    public static IReadOnlyList<(string Name, string Detail)> In(IEnumerable<string> path) =>
        ByPath.TryGetValue(string.Join(".", path), out var words) ? words : [];
}
