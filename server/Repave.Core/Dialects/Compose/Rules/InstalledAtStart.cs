using Repave.Core.Commands;
using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Compose.Rules;

/// <summary>Commands, entrypoints and health checks that install software.</summary>
public sealed class InstalledAtStart : ComposeRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1165";

    /// <inheritdoc/>
    public override string Title => "Software installed when a container starts";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A container that installs software at its start runs what a registry holds that day, changes itself after it "
            + "was tested, and does not start where the registry cannot be reached. Build it into the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/reference/compose-file/services/"];

    /// <inheritdoc/>
    public override string Bad => """
        services:
          web:
            image: docker.io/library/node:22.11.0
            command: sh -c "npm install && node server.js"
        """;

    /// <inheritdoc/>
    public override string Good => """
        services:
          web:
            image: example.com/web:1.4.2
            command: node server.js
        """;

    /// <inheritdoc/>
    public override void Check(ComposeResource resource, FindingSink sink)
    {
        if (!resource.IsService)
            return;
        foreach (var (field, node) in ((string, Node?)[])[("command", resource.Root["command"]),
            ("entrypoint", resource.Root["entrypoint"]),
            ("health check", resource.Root.At("healthcheck", "test"))])
        {
            string[] words = node is ListNode list ? [.. list.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)
                .SkipWhile((w, i) => i == 0 && w is "CMD" or "CMD-SHELL")]
                : node is ScalarNode { IsNull: false } text
                ? field == "health check" ? [text.Value] : [.. ShellWords.Split(text.Value) ?? [text.Value]]
                : [];
            if (words.Length == 0)
                continue;
            // A script alone is a shell's; of words, a shell among them has its script as one.
            var command = words.Length == 1 ? ShellText.CommandsOf(words[0]) : ShellText.CommandsOf(words, []);
            var effects = (words.Length == 1 ? CommandReader.EffectsOf(words[0]) : CommandReader.EffectsOf(words)).ToList();
            if (InstallCommands.InstallsOrUpgrades(effects, command) is { } what)
                sink.Add(this, resource, node!, $"The {field} {what} each time it runs: build it into the image.");
        }
    }
}
