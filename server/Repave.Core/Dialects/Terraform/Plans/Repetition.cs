using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The instances that <c>count</c> and <c>for_each</c> make of a block.</summary>
internal sealed class Repetition
{
    private const int MaxInstances = 20_000;

    private Repetition(RepetitionKind kind, IReadOnlyList<(string? Key, TerraformValue? Each)> instances) => (Kind, Instances) = (kind,
        instances);

    public RepetitionKind Kind { get; }

    /// <summary>Each with its key, as it is written between brackets, and its value.</summary>
    public IReadOnlyList<(string? Key, TerraformValue? Each)> Instances { get; }

    public static Repetition Of(ModuleNode module, TerraformItem item)
    {
        if (module.Module.Argument(item, "count") is { } count)
        {
            var value = Conversion.To(module.Evaluate(count), TerraformType.Number, out _);
            if (value?.Number?.Integer is not { } number || number is < 0 or > MaxInstances)
                return new Repetition(RepetitionKind.Unknown, []);
            return new Repetition(RepetitionKind.Count, [.. Enumerable.Range(0, (int)number).Select(i =>
                ((string?)i.ToString(System.Globalization.CultureInfo.InvariantCulture), (TerraformValue?)null))]);
        }

        if (module.Module.Argument(item, "for_each") is { } each)
        {
            var value = module.Evaluate(each);
            if (value.IsUnknown || value.IsNull || value.IsOpen)
                return new Repetition(RepetitionKind.Unknown, []);
            if (value.Kind == Packs.SchemaTypeKind.Set || value.Items.Count > 0)
            {
                if (value.Items.Any(i => i.Text is null))
                    return new Repetition(RepetitionKind.Unknown, []);
                return new Repetition(RepetitionKind.Each,
                    [.. value.Items.Select(i => ((string?)InstanceAddress.KeyOf(i.Text!), (TerraformValue?)Pair(i, i)))]);
            }

            return new Repetition(RepetitionKind.Each, [.. value.Entries.Select(e =>
                ((string?)InstanceAddress.KeyOf(e.Key), (TerraformValue?)Pair(TerraformValue.Of(e.Key), e.Value)))]);
        }

        return new Repetition(RepetitionKind.Single, [(null, null)]);
    }

    /// <summary>The names that expressions of an instance may use.</summary>
    public static IReadOnlyDictionary<string, TerraformValue> Names(RepetitionKind kind, string? key, TerraformValue? each)
    {
        if (kind == RepetitionKind.Each && each is not null)
            return new Dictionary<string, TerraformValue>(StringComparer.Ordinal) { ["each"] = each };
        if (kind == RepetitionKind.Count && key is not null && TerraformNumber.Parse(key) is { } index)
        {
            return new Dictionary<string, TerraformValue>(StringComparer.Ordinal)
            {
                ["count"] = TerraformValue.Object([new KeyValuePair<string, TerraformValue>("index", TerraformValue.Of(index))]),
            };
        }

        return ModuleNode.NoNames;
    }

    /// <summary>The value of all instances together, as expressions see it.</summary>
    public TerraformValue Combine(Func<int, TerraformValue> valueOf) => Kind switch
    {
        RepetitionKind.Single => valueOf(0),
        RepetitionKind.Count => TerraformValue.Tuple([.. Enumerable.Range(0, Instances.Count).Select(valueOf)]),
        RepetitionKind.Each => TerraformValue.Object(Instances.Select((instance, i) =>
            new KeyValuePair<string, TerraformValue>(instance.Each!.Entries["key"].Text!, valueOf(i)))),
        _ => TerraformValue.Unknown,
    };

    private static TerraformValue Pair(TerraformValue key, TerraformValue value) => TerraformValue.Object(
        [new KeyValuePair<string, TerraformValue>("key", key), new KeyValuePair<string, TerraformValue>("value", value)]);
}
