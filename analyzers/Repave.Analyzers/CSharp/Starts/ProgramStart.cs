using Microsoft.CodeAnalysis;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Starts;

/// <summary>A program that code starts, as far as the code says it; parameters of the method are marks in its texts.</summary>
/// <param name="Node">What to underline.</param>
/// <param name="Program">The program; for a script the shell that reads it.</param>
/// <param name="Arguments">Its arguments as one text; null where they are words.</param>
/// <param name="Words">Its arguments, one by one; null where they are one text.</param>
internal sealed record ProgramStart(SyntaxNode Node, string Program, string? Arguments, IReadOnlyList<string>? Words)
{
    /// <summary>What it is given as its input; null if that is not known.</summary>
    public string? Input { get; init; }

    /// <summary>Whether anything of it depends on a parameter.</summary>
    public bool HasParameter => TextValues.HasParameter(Program) || (Arguments is not null && TextValues.HasParameter(Arguments))
        || Words?.Any(TextValues.HasParameter) == true || (Input is not null && TextValues.HasParameter(Input));

    /// <summary>What it does to what runs, something else in the place of its parameters; null if nothing that is known.</summary>
    public CommandEffect? EffectWith(string instead)
    {
        var program = TextValues.Without(Program, instead).Trim().TrimEnd(CommandLine.Unknown);
        if (program.Length == 0)
            return null;
        List<string> words = Words is null ? ArgumentText.Split(TextValues.Without(Arguments ?? "", instead))
            : [.. Words.Select(w => TextValues.Without(w, instead))];
        // Whoever gives everything as the program's name means a command line.
        if (words.Count == 0 && program.Any(char.IsWhiteSpace) && !program.Contains('\\')
            && ArgumentText.Split(program) is [var first, ..] all)
            (program, words) = (first, [.. all.Skip(1)]);
        return CommandReader.EffectOf(new CommandLine(program, words)
        {
            Input = Input is null ? null
            : TextValues.Without(Input, instead)
        });
    }

    /// <summary>What it does, nothing being known of its parameters.</summary>
    public CommandEffect? Effect => EffectWith(CommandLine.Unknown.ToString());

    /// <summary>Whether only a caller knows what it does: nothing is known to happen, or nothing happens with a harmless word in the place
    /// of
    /// its parameters and callers can be seen.</summary>
    /// <param name="hasCallers">Whether callers can be seen.</param>
    public bool DependsOnCaller(bool hasCallers) => HasParameter && (Effect is null || (hasCallers && EffectWith("true") is null));

    /// <summary>The same start with a caller's values in the place of the parameters.</summary>
    /// <param name="node">The call.</param>
    /// <param name="text">The text of a parameter.</param>
    /// <param name="list">The words of a parameter; null if it is no list.</param>
    public ProgramStart With(SyntaxNode node, Func<int, string> text, Func<int, IReadOnlyList<string>?> list)
    {
        string Put(string into) => string.Concat(into.Select(c => !TextValues.IsParameter(c) ? c.ToString()
            : list(TextValues.ParameterOf(c)) is { } words ? CommandLine.Joined(words) : text(TextValues.ParameterOf(c))));
        IEnumerable<string> PutWord(string word) => word.Length == 1 && TextValues.IsParameter(word[0])
            && list(TextValues.ParameterOf(word[0])) is { } words
            ? words : [Put(word)];
        return new ProgramStart(node, Put(Program), Arguments is null ? null : Put(Arguments), Words?.SelectMany(PutWord).ToList())
        {
            Input = Input is null ? null : Put(Input),
        };
    }
}
