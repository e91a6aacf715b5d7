using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What a provider makes of the state of a resource of another type that was moved to one of its own.</summary>
internal static class MovedTypes
{
    /// <summary>The values, as far as they are known; null where only the provider knows them.</summary>
    public static TerraformValue? Read(StateInstance state, ResourceSchema schema)
    {
        // Terraform's own: the triggers of the one are the triggers of the other, as texts.
        if (schema.Type == "terraform_data" && state.MovedFrom?.Type == "null_resource"
            && (state.Attributes is not null || state.Value is not null))
        {
            TerraformValue Old(string name) => state.Value is { } value ? ValueChanges.Entry(value, name)
                : StateValues.Read(state.Attributes![name]?.Resolved);
            var triggers = Old("triggers");
            return TerraformValue.Object(schema.Body.Members.Select(m => new KeyValuePair<string, TerraformValue>(m.Name, m.Name switch
            {
                "id" => Old("id"),
                "triggers_replace" => triggers.IsNull ? triggers : TerraformValue.Map(TerraformType.String, triggers.Entries.Select(e =>
                    new KeyValuePair<string, TerraformValue>(e.Key,
                        Conversion.To(e.Value, TerraformType.String, out _) ?? e.Value))),
                _ => TerraformValue.Null,
            })));
        }

        return null;
    }
}
