using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Variables that nothing before them sets, where a name that is set is meant or the image is of nothing but this file.</summary>
public sealed class UndefinedVariable : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0090";

    /// <inheritdoc/>
    public override string Title => "Variable that nothing sets";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What nothing sets is empty, and the build goes on with a path or value that nobody meant. Set it with "
        + "ENV or ARG before, or correct its name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/undefined-var/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        ENV APP_HOME=/app
        COPY . $APP_HOEM
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        ENV APP_HOME=/app
        COPY . $APP_HOME
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var (at, instruction) in stage.Numbered)
        {
            foreach (var (word, use) in Uses(stage, at, instruction))
            {
                // An image may set what nobody here knows, so only a name that is nearly one of this file's is surely wrong.
                var nearest = Nearest(use.Name, stage.Build.NamesAt(stage.Index, at));
                if (nearest is null && !stage.Build.IsFromScratch(stage.Index))
                    continue;
                var hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
                sink.Add(this, word.PartOf(use.NameStart, use.NameStart + use.Name.Length),
                    $"Nothing sets '{use.Name}' before this, so it is empty.{hint}", stage);
            }
        }
    }

    private static IEnumerable<(DockerfileWord Word, DockerfileUse Use)> Uses(
        DockerfileStage stage, int at, DockerfileInstruction instruction)
    {
        foreach (var word in instruction.Expanded())
        {
            foreach (var use in stage.Build.Expand(stage.Index, at, word.Raw).Uses)
            {
                if (!use.IsSet && use.Name.Length > 2 && !HasModifier(word.Raw, use))
                    yield return (word, use);
            }
        }
    }

    // Whoever writes what is to be taken instead knows that it may be missing.
    private static bool HasModifier(string raw, DockerfileUse use) =>
        use.NameStart > use.Start + 1 && use.NameStart + use.Name.Length is var end && end < raw.Length && raw[end] != '}';

    // Names that differ in their digits are different names, and a prefix is no slip.
    private static string? Nearest(string name, IEnumerable<string> names) =>
        name.Length >= 4 && NearestName.Of(name, names.Where(n => n.Length >= 4)) is { } nearest
            && !nearest.StartsWith(name, StringComparison.Ordinal) && !name.StartsWith(nearest, StringComparison.Ordinal)
            && Digits(name) == Digits(nearest) ? nearest : null;

    private static string Digits(string name) => new([.. name.Where(char.IsDigit)]);
}
