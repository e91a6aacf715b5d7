namespace Repave.Core.Plans;

/// <summary>What a changed field does to the live resource, mildest first; one scale for all dialects.</summary>
public enum Effect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The live object is mutated and keeps its identity.</summary>
    InPlace,

    /// <summary>It is mutated in place, which restarts it.</summary>
    Interrupts,

    /// <summary>The object keeps its identity, the instances that it manages are replaced.</summary>
    Rolls,

    /// <summary>A new identity: made anew, the old one deleted.</summary>
    Replaces,
}

/// <summary>How sure an effect is.</summary>
public enum Certainty
{
    /// <summary>It happens.</summary>
    Certain,

    /// <summary>It depends on something that is not known here.</summary>
    Conditional,
}

/// <summary>What becomes of a resource.</summary>
public enum PlanAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is mutated and keeps its identity.</summary>
    InPlace,

    /// <summary>It is mutated, and the instances that it manages are replaced.</summary>
    Roll,

    /// <summary>It is made anew and the old one deleted.</summary>
    Replace,

    /// <summary>It is deleted.</summary>
    Delete,

    /// <summary>Its baseline could not be read.</summary>
    Unknown,
}

/// <summary>The names of effects and actions, as plans, settings and tables write them.</summary>
public static class PlanNames
{
    /// <summary>An effect's name (<c>in-place</c>).</summary>
    public static string Of(Effect effect) => effect switch
    {
        Effect.None => "none",
        Effect.InPlace => "in-place",
        Effect.Interrupts => "interrupts",
        Effect.Rolls => "rolls",
        _ => "replaces",
    };

    /// <summary>An action's name (<c>in-place</c>).</summary>
    public static string Of(PlanAction action) => action switch
    {
        PlanAction.None => "none",
        PlanAction.Create => "create",
        PlanAction.InPlace => "in-place",
        PlanAction.Roll => "roll",
        PlanAction.Replace => "replace",
        PlanAction.Delete => "delete",
        _ => "unknown",
    };

    /// <summary>A certainty's name.</summary>
    public static string Of(Certainty certainty) => certainty == Certainty.Certain ? "certain" : "conditional";

    /// <summary>The effect of a name, or null.</summary>
    public static Effect? EffectOf(string name) => name switch
    {
        "none" => Effect.None,
        "in-place" => Effect.InPlace,
        "interrupts" => Effect.Interrupts,
        "rolls" => Effect.Rolls,
        "replaces" => Effect.Replaces,
        _ => null,
    };

    /// <summary>The action of a name, or null.</summary>
    public static PlanAction? ActionOf(string name) => name switch
    {
        "none" => PlanAction.None,
        "create" => PlanAction.Create,
        "in-place" => PlanAction.InPlace,
        "roll" => PlanAction.Roll,
        "replace" => PlanAction.Replace,
        "delete" => PlanAction.Delete,
        "unknown" => PlanAction.Unknown,
        _ => null,
    };

    /// <summary>The action that an effect leads to.</summary>
    public static PlanAction ActionOf(Effect effect) => effect switch
    {
        Effect.None => PlanAction.None,
        Effect.InPlace or Effect.Interrupts => PlanAction.InPlace,
        Effect.Rolls => PlanAction.Roll,
        _ => PlanAction.Replace,
    };
}
