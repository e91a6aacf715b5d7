using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Editing;

/// <summary>Arguments and blocks of providers in words.</summary>
internal static class MemberWords
{
    private const int MaxValues = 12;

    /// <summary>What is said beside a name in a list: type, and what matters most.</summary>
    public static string Short(SchemaMember member) => TypeOf(member)
        + (member.IsRequired ? ", required" : member.IsReadOnly ? ", given by the provider" : "")
        + (member.Update == UpdateEffect.Replaces ? ", replaces" : member.Update == UpdateEffect.MayReplace ? ", may replace" : "");

    /// <summary>Everything that is known of one, in Markdown.</summary>
    public static string Long(SchemaMember member)
    {
        var lines = new List<string>
        {
            $"**{member.Name}**: {TypeOf(member)}{(member.IsRequired ? ", required" : member.IsReadOnly ? ", given by the provider"
                : member.IsComputed ? ", given by the provider where nobody writes it" : "")}"
                + $"{(member.IsSensitive ? ", a secret" : "")}{(member.IsWriteOnly ? ", kept in no state" : "")}"
                + $"{(member.IsDeprecated ? ", deprecated" : "")}",
        };
        if (member.Enum is { Count: > 0 } values)
        {
            var shown = string.Join(", ", values.Take(MaxValues).Select(v => $"`{v}`"));
            lines.Add($"One of {shown}{(values.Count > MaxValues ? ", …" : "")}.");
        }

        if (member.Default is { Length: > 0 } standard)
            lines.Add($"Default: `{standard}`.");
        if (member.Minimum is { } least)
            lines.Add(FormattableString.Invariant($"At least {least}."));
        if (member.Maximum is { } most)
            lines.Add(FormattableString.Invariant($"At most {most}."));
        if (!member.IsReadOnly)
            lines.Add(EffectOf(member));
        return string.Join("  \n", lines);
    }

    private static string EffectOf(SchemaMember member)
    {
        var except = member.IsAddedInPlace ? ", but not where it had no value" : member.IsRemovedInPlace
            ? ", but not where it is taken away" : "";
        if (member.ReplacesIf is { } flag)
            return $"**Changing this** replaces the resource while `{flag}` is {(member.ReplacesIfFalse ? "false" : "true")}.";
        return member.Update switch
        {
            UpdateEffect.Replaces => $"**Changing this** replaces the resource{except}.",
            UpdateEffect.MayReplace => $"**Changing this** may replace the resource: the provider's code decides by the values{except}.",
            _ => "**Changing this** mutates in place.",
        };
    }

    private static string TypeOf(SchemaMember member) => member.Nesting switch
    {
        SchemaNesting.None => member.Type.ToString(),
        SchemaNesting.List or SchemaNesting.Set when member.MaxItems == 1 => member.IsBlock ? "block" : "structure",
        SchemaNesting.List or SchemaNesting.Set => member.IsBlock ? "blocks" : "list of structures",
        SchemaNesting.Map => "map of structures",
        _ => member.IsBlock ? "block" : "structure",
    };
}
