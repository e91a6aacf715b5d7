using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>ARG and ENV that hold a secret, which stays in the image.</summary>
public sealed class SecretInImage : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1280";

    /// <inheritdoc/>
    public override string Title => "Secret in an argument or a variable";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Values of arguments and variables stand in the image and its history for whoever has it, and cannot be "
        + "changed without another image. Mount secrets while they are needed, and give them to containers.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6", "NIST SP 800-190 4.1.2", "CIS Docker Benchmark 4.10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        ENV DATABASE_PASSWORD=k9w2-Vq7x-83mB
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        RUN --mount=type=secret,id=database cat /run/secrets/database
        """;

    // BuildKit's words, which stand alone between underscores (frontend/dockerfile/dockerfile2llb/validations.go).
    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
    };

    private static readonly string[] Harmless = ["public", "file", "version", "path", "url", "dir", "name", "id"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var (_, instruction) in stage.Owned.Where(o => o.Instruction.Keyword is "ARG" or "ENV"))
        {
            if (instruction.IsLegacyPair)
                Judge(instruction.Words[0].Text, instruction.Words[1].Raw, instruction.Words[0].Span);
            foreach (var word in instruction.IsLegacyPair ? [] : instruction.Words)
            {
                var (name, raw) = DockerfileBuild.Pair(word);
                Judge(name, raw, word.PartOf(0, Math.Min(name.Length, word.Raw.Length)));
            }
        }

        void Judge(string name, string? raw, TextSpan place)
        {
            var parts = name.Split('_');
            if (!parts.Any(Secrets.Contains) || parts.Any(p => Array.IndexOf(Harmless, p.ToLowerInvariant()) >= 0))
                return;
            // Nothing is no secret, nor is a public key's fingerprint, nor what stands for one until somebody sets it.
            if (raw is null || DockerfileExpansion.Expand(raw, stage.Build.Document.Escape, static _ => null) is not
                { Uses.Count: 0, Text: { Length: > 0 } value }
                || IsFingerprint(value) || !SecretNames.IsMade(value))
                return;
            sink.Add(this, place,
                $"The value of {name} stays in the image for whoever has it: mount it as a secret where it is needed.", stage);
        }
    }

    private static bool IsFingerprint(string value) =>
        value.Length >= 16 && value.Replace(" ", "") is { Length: 16 or 32 or 40 or 64 } plain
            && plain.All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'F'));
}
