namespace Repave.Mutation;

/// <summary>One change of the code.</summary>
/// <param name="Id">The number that switches it on.</param>
/// <param name="File">The file's path from the root of the repository.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Original">The code that is changed.</param>
/// <param name="Change">What becomes of it.</param>
internal sealed record Mutant(int Id, string File, int Line, string Original, string Change)
{
    /// <summary>What names it in the list of equivalent mutants: no line, because lines move.</summary>
    public string Key => $"{Path.GetFileNameWithoutExtension(File)}: {Original} => {Change}";
}
