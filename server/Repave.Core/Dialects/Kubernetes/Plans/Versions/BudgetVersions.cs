namespace Repave.Core.Dialects.Kubernetes.Plans.Versions;

/// <summary>Disruption budgets: an empty selector means no pod in v1beta1 and every pod in v1.</summary>
internal static class BudgetVersions
{
    // What the older apiVersion's empty selector is called in the newer one (pkg/apis/policy/helper.go).
    private const string MatchesNone = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

    public static bool Convert(Dictionary<string, object?> root, string from, string to)
    {
        if (from != "policy/v1beta1" || to != "policy/v1")
            return false;
        if (root.Map("spec")?.Map("selector") is { Count: 0 } selector)
        {
            var none = ObjectParts.New();
            none["key"] = ObjectParts.Text(MatchesNone);
            none["operator"] = ObjectParts.Text("Exists");
            selector["matchExpressions"] = new List<object?> { none };
        }

        return true;
    }
}
