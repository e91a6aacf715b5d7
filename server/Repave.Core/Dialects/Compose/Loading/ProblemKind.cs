namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What kind of thing is wrong with a project.</summary>
internal enum ProblemKind
{
    /// <summary>A field that Compose does not know.</summary>
    UnknownField,

    /// <summary>A value of the wrong type.</summary>
    WrongType,

    /// <summary>A field that must be there.</summary>
    MissingField,

    /// <summary>A value that is none of those allowed.</summary>
    NotAllowed,

    /// <summary>A text that cannot be read as what it must be.</summary>
    Malformed,

    /// <summary>A number out of its bounds.</summary>
    OutOfRange,

    /// <summary>Something that stands twice.</summary>
    Duplicate,

    /// <summary>Fields that contradict each other.</summary>
    Contradiction,

    /// <summary>A name that nothing in the project has.</summary>
    Dangling,

    /// <summary>A file that is not among those that were read; whether it exists is not known.</summary>
    FileNotRead,

    /// <summary>A variable that has to be given and is not known here.</summary>
    Demand,
}
