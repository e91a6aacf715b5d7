using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>FROMs with variables that no ARG before the first one declares.</summary>
public sealed class UndefinedArgumentInFrom : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0088";

    /// <inheritdoc/>
    public override string Title => "FROM with an argument that is not declared";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "In a FROM only arguments count that are declared before the first one, and anything else is empty there. "
        + "Declare the argument above the first FROM.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/undefined-arg-in-from/"];

    /// <inheritdoc/>
    public override string Bad => """
        ARG VERSION=3.20
        FROM alpine:${VERSOIN}
        RUN make
        """;

    /// <inheritdoc/>
    public override string Good => """
        ARG VERSION=3.20
        FROM alpine:${VERSION}
        RUN make
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        var words = stage.From.Words.Take(1).Concat(stage.From.Flags.Where(f => f.Name == "platform").Select(f => f.Word)
            .OfType<DockerfileWord>());
        foreach (var word in words)
        {
            foreach (var use in stage.Build.ExpandGlobal(word.Raw).Uses.Where(u => !u.IsSet && !HasFallback(word.Raw, u)))
            {
                var names = stage.Build.Arguments.Keys.Concat(DockerfileBuild.PredefinedArguments);
                var hint = NearestName.Of(use.Name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                sink.Add(this, word.PartOf(use.NameStart, use.NameStart + use.Name.Length),
                    $"No ARG before the first FROM declares '{use.Name}', so it is empty here.{hint}", stage);
            }
        }
    }

    private static bool HasFallback(string raw, DockerfileUse use) =>
        use.NameStart + use.Name.Length is var end && end < raw.Length && use.NameStart > use.Start + 1
            && (raw[end] is '-' or '+' || (raw[end] == ':' && end + 1 < raw.Length && raw[end + 1] is '-' or '+'));
}
