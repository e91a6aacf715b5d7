using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What CodePipeline refuses of a pipeline's stages together, from its reference of pipeline structure: the first stage and no
/// other
/// has sources, and artifacts are made once, before they are used.</summary>
internal sealed class PipelineChecks(CloudFormationResource resource, FindingSink sink)
{
    public void Check(MapNode properties)
    {
        if (properties["Stages"] is not ListNode stages || !IsPlain(stages))
            return;
        var made = new HashSet<string>(StringComparer.Ordinal);
        var isWhole = true;
        var isFirst = true;
        foreach (var stage in stages.ResolvedItems)
        {
            if (stage is not MapNode || !IsPlain(stage) || stage["Actions"] is not ListNode actions || !IsPlain(actions))
            {
                (isWhole, isFirst) = (false, false);
                continue;
            }

            var makes = new List<string>();
            foreach (var action in actions.ResolvedItems)
            {
                if (action is not MapNode || !IsPlain(action))
                {
                    isWhole = false;
                    continue;
                }

                CheckCategory(action, isFirst);
                isWhole &= CheckOutputs(action, made, makes);
            }

            foreach (var action in actions.ResolvedItems.Where(a => a is MapNode && IsPlain(a)))
                CheckInputs(action, made, makes, isWhole);
            made.UnionWith(makes);
            isFirst = false;
        }
    }

    private void CheckCategory(Node action, bool isFirst)
    {
        if (action["ActionTypeId"]?["Category"] is not ScalarNode category || Intrinsic.Of(category) is not null
            || category.Value.Contains("${")
            || isFirst == (category.Value == "Source"))
            return;
        sink.Add(RefusedCombination.Instance, ShapeValidator.Underline(category), isFirst
            ? "The first stage of a pipeline has actions of the category Source only."
                : "Only the first stage of a pipeline may have sources.", resource,
            "Properties.Stages");
    }

    // Tells whether all that the action makes is known.
    private bool CheckOutputs(Node action, HashSet<string> made, List<string> makes)
    {
        var isWhole = action["OutputArtifacts"] is null or ListNode;
        foreach (var artifact in action.ItemsAt("OutputArtifacts"))
        {
            if (artifact["Name"] is not ScalarNode name || Intrinsic.Of(name) is not null || !IsPlain(artifact))
            {
                isWhole = false;
                continue;
            }

            if (made.Contains(name.Value) || makes.Contains(name.Value))
                sink.Add(DuplicateItem.Instance, ShapeValidator.Underline(name),
                    $"Another action makes the artifact '{name.Value}' already.", resource,
                    "Properties.Stages");
            makes.Add(name.Value);
        }

        return isWhole && IsPlain(action["OutputArtifacts"]);
    }

    private void CheckInputs(Node action, HashSet<string> made, List<string> makes, bool isWhole)
    {
        if (!isWhole || !IsPlain(action["InputArtifacts"]))
            return;
        foreach (var artifact in action.ItemsAt("InputArtifacts"))
        {
            if (artifact["Name"] is ScalarNode name && Intrinsic.Of(name) is null && !name.Value.Contains("${")
                && !made.Contains(name.Value)
                && !makes.Contains(name.Value))
                sink.Add(RefusedCombination.Instance, ShapeValidator.Underline(name),
                    $"No action before this one makes the artifact '{name.Value}'.", resource,
                    "Properties.Stages");
        }
    }

    private static bool IsPlain(Node? node) => node is null || Intrinsic.Of(node) is null && !FilledInLater.Is(node)
        && (node is not ListNode list || list.ResolvedItems.All(i => Intrinsic.Of(i) is null && !FilledInLater.Is(i)));
}
