namespace Repave.Core.Commands;

/// <summary>What a command is about that changes something that runs.</summary>
public enum CommandKind
{
    /// <summary>Live objects of a cluster.</summary>
    Live,

    /// <summary>Running containers, and images whose tag moves.</summary>
    Container,

    /// <summary>Running machines.</summary>
    Machine,

    /// <summary>Infrastructure behind its plan's back.</summary>
    Plan,

    /// <summary>Packages of the machine that it runs on.</summary>
    Packages,

    /// <summary>Releases of charts.</summary>
    Release,

    /// <summary>What runs in a cloud.</summary>
    Cloud,

    /// <summary>Services of the machine that it runs on.</summary>
    Services,

    /// <summary>Packages of a language, where it runs.</summary>
    Software,

    /// <summary>What runs beside it, and its files.</summary>
    Processes,
}

/// <summary>What a command line does to what runs.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Program">The program that does it, however it is started.</param>
/// <param name="What">What it does, as the end of "this …".</param>
public sealed record CommandEffect(CommandKind Kind, string Program, string What);
