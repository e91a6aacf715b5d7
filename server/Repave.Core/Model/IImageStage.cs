namespace Repave.Core.Model;

/// <summary>A resource that images are built of: a stage of a file.</summary>
public interface IImageStage
{
    /// <summary>The name of the stage; null if it has none.</summary>
    string? StageName { get; }

    /// <summary>Whether it is what a build gives that asks for none.</summary>
    bool IsLast { get; }
}
