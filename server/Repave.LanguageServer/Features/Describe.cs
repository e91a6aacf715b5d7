using System.Text;
using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.LanguageServer.Features;

/// <summary>Shapes and effects in words.</summary>
internal static class Describe
{
    private const int MaxValues = 12;

    /// <summary>A shape's type: <c>list of Container</c>.</summary>
    public static string Type(Shape shape)
    {
        if (shape.Types == ShapeTypes.Array)
            return shape.Items is null ? "list" : $"list of {Type(shape.Items)}";
        if (shape.Fields is not null)
            return shape.Name.Length > 0 ? Plain(shape.Name) : "structure";
        if (shape.Additional is { } additional)
            return $"map of {Type(additional)}";
        if (shape.Format == "quantity")
            return "quantity";
        return shape.Types switch
        {
            ShapeTypes.String => shape.Format is "bytes" ? "base64" : "text",
            ShapeTypes.Boolean => "true or false",
            ShapeTypes.Integer => "whole number",
            ShapeTypes.Number => "number",
            ShapeTypes.Integer | ShapeTypes.String => "number or text",
            _ => "anything",
        };
    }

    /// <summary>What a schema says of a field, in Markdown lines.</summary>
    public static string Facts(ShapeField? field, Shape shape)
    {
        var text = new StringBuilder();
        if (shape.Enum is { Count: > 0 } values)
            text.Append($"One of {string.Join(", ", values.Where(v => v != "\"\"").Take(MaxValues).Select(v => $"`{v.Trim('"')}`"))}"
                + $"{(values.Count > MaxValues ? ", …" : "")}.  \n");
        if ((field?.Default ?? shape.Default) is { } standard)
            text.Append($"Default: `{standard}`.  \n");
        if (shape.Minimum is { } least || shape.Maximum is not null)
            text.Append($"{(shape.Minimum is { } min ? $"At least {CanonicalJson.Number(min)}. " : "")}"
                + $"{(shape.Maximum is { } max ? $"At most {CanonicalJson.Number(max)}." : "")}  \n");
        if (shape.ListKind == ListKind.Map)
            text.Append($"Items are known by `{string.Join("`, `", shape.ListKeys)}`.  \n");
        return text.ToString();
    }

    /// <summary>Whether a field is to be written: demanded, or called required by the published schema.</summary>
    public static bool IsRequired(ShapeField field) => field.Presence != Presence.Optional;

    /// <summary>What changing a field does.</summary>
    public static string Effect(Explanation effect, Core.Dialects.IPlans dialect)
    {
        var what = effect.Effect switch
        {
            Core.Plans.Effect.Replaces when effect.IsIdentity => "replaces",
            Core.Plans.Effect.Replaces => dialect.Replacement,
            Core.Plans.Effect.Rolls => $"rolls: its {dialect.Instances} are replaced",
            Core.Plans.Effect.Interrupts => "mutates in place, and restarts",
            _ => "mutates in place",
        };
        return $"**Changing this** {what}"
            + $"{(effect.DependsOnValue ? ", depending on the values" : effect.Certainty == Certainty.Conditional ? ", perhaps" : "")}."
            + $"{(effect.Why.Length == 0 ? "" : $" *{char.ToUpperInvariant(effect.Why[0])}{effect.Why[1..]}.*")}";
    }

    // V1PodSpec is PodSpec to its users.
    private static string Plain(string name)
    {
        var at = name.IndexOf('V', StringComparison.Ordinal);
        while (at >= 0 && at + 1 < name.Length && !char.IsAsciiDigit(name[at + 1]))
            at = name.IndexOf('V', at + 1);
        if (at < 0)
            return name;
        var end = at + 1;
        while (end < name.Length && !char.IsAsciiLetterUpper(name[end]))
            end++;
        return end < name.Length ? name[end..] : name;
    }
}
