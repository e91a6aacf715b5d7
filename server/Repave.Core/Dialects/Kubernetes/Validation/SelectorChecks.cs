namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>Label selectors and what they select.</summary>
internal static class SelectorChecks
{
    /// <summary>The demands of matchExpressions and of node selector terms on their values.</summary>
    public static void CheckRequirements(ServerCheck check, Field requirements)
    {
        foreach (var requirement in requirements.Items)
        {
            var values = requirement["values"];
            switch (requirement["operator"].Text)
            {
                case "In" or "NotIn":
                    if (values.IsEmpty)
                        check.Require(values, $"with the operator {requirement["operator"].Text}");
                    break;
                case "Exists" or "DoesNotExist":
                    if (!values.IsEmpty)
                        check.Forbid(values, $"with the operator {requirement["operator"].Text}");
                    break;
                case "Gt" or "Lt":
                    if (values.Items.Count() != 1)
                        check.Refuse(values,
                            $"'{values.Path}' must have exactly one number with the operator {requirement["operator"].Text}.");
                    break;
            }
        }
    }

    public static void CheckLabelSelector(ServerCheck check, Field selector) => CheckRequirements(check, selector["matchExpressions"]);

    /// <summary>Whether a selector selects nothing in particular.</summary>
    public static bool IsEmpty(Field selector) => selector["matchLabels"].IsEmpty && selector["matchExpressions"].IsEmpty;

    /// <summary>Whether labels satisfy a selector, as far as its requirements are well formed.</summary>
    public static bool Matches(Field selector, Dictionary<string, string> labels) => LabelSelector.Of(selector).Matches(labels);
}
