namespace Repave.Core.Rules;

/// <summary>How much a finding weighs; in the order of weight.</summary>
public enum Severity
{
    /// <summary>Not reported.</summary>
    Off,

    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Should be mended.</summary>
    Warning,

    /// <summary>Will be refused or is broken.</summary>
    Error,
}
