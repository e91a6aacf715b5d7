using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Talos;

/// <summary>What changing a field of a machine configuration does to the machine, as Talos itself decides it when the configuration is
/// applied (<c>schemas/talos/apply.facts</c>).</summary>
internal static class TalosEffects
{
    /// <summary>What only an installation reads.</summary>
    public const string Install = "machine.install";

    private const string Immediate = "immediate ";

    private static readonly Lazy<IReadOnlyList<string>> Fields = new(static () => [.. EmbeddedPacks
        .Text(TalosDialect.DialectName, "apply.facts").Split('\n')
        .Where(static line => line.StartsWith(Immediate, StringComparison.Ordinal))
        .Select(static line => line.Substring(Immediate.Length))]);

    /// <summary>What changing a field does.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="path">The fields that lead to it.</param>
    public static Explanation Of(string kind, IReadOnlyList<string> path)
    {
        var written = string.Join(".", path);
        if (kind != TalosShapes.Config)
            return new Explanation(kind, ".", Effect.InPlace, Certainty.Certain, null, "applied to the running machine");
        var known = Fields.Value.FirstOrDefault(field => written == field || written.StartsWith(field + ".", StringComparison.Ordinal)
            || written.StartsWith(field + "[", StringComparison.Ordinal));
        if (known == Install)
            return new Explanation(kind, Install, Effect.InPlace, Certainty.Certain, null,
                "stored on the running machine, and used at the next installation or upgrade");
        return known is null
            ? new Explanation(kind, ".", Effect.Interrupts, Certainty.Certain, null, "applied with a reboot")
            : new Explanation(kind, known, Effect.InPlace, Certainty.Certain, null, "applied to the running machine");
    }

    /// <summary>What changing each field of a kind of document does; empty if there is no such kind.</summary>
    public static IReadOnlyList<Explanation> Explain(string type)
    {
        if (TalosShapes.Kinds.FirstOrDefault(known => string.Equals(known, type, StringComparison.OrdinalIgnoreCase)) is not { } kind)
            return [];
        return kind == TalosShapes.Config ? [.. Fields.Value.Select(field => Of(kind, field.Split('.'))), Of(kind, [])] : [Of(kind, [])];
    }
}
