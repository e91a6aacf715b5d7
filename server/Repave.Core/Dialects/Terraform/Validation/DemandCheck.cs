using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Checks which arguments and blocks of a resource exclude each other, and of which one is needed, as its provider said when it
/// was asked. A name may stand for null: only what is written out counts as set, and only what is not written at all as
/// absent.</summary>
internal sealed class DemandCheck(TerraformItem item, ModuleKnowledge knowledge, FindingSink sink, Severity severity)
{
    private readonly HashSet<(string, string)> _said = [];

    public void Check(SchemaBlock schema)
    {
        var missing = schema.Demands.Where(d => d.Kind is FieldDemandKind.One or FieldDemandKind.Some && !d.Fields.Any(MayBeSet)).ToList();
        foreach (var demand in schema.Demands)
        {
            switch (demand.Kind)
            {
                case FieldDemandKind.Excludes:
                    foreach (var other in demand.Fields)
                        CheckBoth(demand.Field!, other, "exclude each other");
                    break;
                case FieldDemandKind.One or FieldDemandKind.Some when missing.Contains(demand):
                    // What another asks of fewer meets this one, too.
                    if (missing.Exists(other => other.Fields.Count < demand.Fields.Count && other.Fields.All(demand.Fields.Contains)))
                        break;
                    sink.Add(MissingField.Instance, item.NameSpan,
                        $"{(demand.Kind == FieldDemandKind.One ? "One" : "At least one")} of {QuotedNames.Of(demand.Fields)} is required.",
                        item, demand.Fields[0], severity: severity);
                    break;
                case FieldDemandKind.One:
                    var set = demand.Fields.Where(name => PlaceOf(name) is not null).ToList();
                    foreach (var other in set.Skip(1))
                        CheckBoth(set[0], other, "cannot both be set");
                    break;
            }
        }
    }

    private void CheckBoth(string one, string other, string what)
    {
        if (PlaceOf(one) is not { } first || PlaceOf(other) is not { } second
            || !_said.Add(string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one)))
            return;
        var (name, place) = first.Start > second.Start ? (one, first) : (other, second);
        sink.Add(RefusedCombination.Instance, place, $"'{one}' and '{other}' {what}.", item, name, severity: severity);
    }

    // Where a value or a block of a name is certainly there; null where it may be absent.
    private TextSpan? PlaceOf(string name)
    {
        if (item.Body.BlocksOf(name).FirstOrDefault() is { } block)
            return block.TypeSpan;
        return item.Body.Attribute(name) is { } attribute && !attribute.Value.All.Any(e => e is HclTraversal or HclBroken or HclCall)
            && knowledge.Instance.Evaluate(attribute.Value) is { HasContent: true } value
            && !(value.Type.Kind is SchemaTypeKind.Tuple && value.Items.Count == 0) ? attribute.NameSpan : null;
    }

    private bool MayBeSet(string name) => knowledge.Module.Blocks(item).Any(b => b.Type == name
            || (b.Type == "dynamic" && b.Labels.Count == 1 && b.Labels[0].Text == name))
        || knowledge.Module.Argument(item, name) is { } value && value is not HclLiteral { Kind: HclLiteralKind.Null };
}
