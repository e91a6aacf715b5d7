namespace Repave.Core.Syntax.Dockerfile;

/// <summary>What an instruction's flag takes.</summary>
public enum DockerfileFlagKind
{
    /// <summary>One value.</summary>
    Text,

    /// <summary>Nothing, or true or false.</summary>
    Switch,

    /// <summary>A value each time that it is given.</summary>
    Texts,
}

/// <summary>An instruction that there is, from BuildKit's own lists (frontend/dockerfile/command and instructions).</summary>
/// <param name="Name">Its keyword.</param>
/// <param name="What">What it does, for people.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Flags">Its flags; null if what looks like one is left unread.</param>
public sealed record DockerfileKeyword(
    string Name, string What, string Form, IReadOnlyList<(string Name, DockerfileFlagKind Kind, string What)>? Flags);

/// <summary>The instructions that there are.</summary>
public static class DockerfileKeywords
{
    private const DockerfileFlagKind Text = DockerfileFlagKind.Text;
    private const DockerfileFlagKind Switch = DockerfileFlagKind.Switch;
    private const DockerfileFlagKind Texts = DockerfileFlagKind.Texts;

    private static readonly DockerfileKeyword[] Known =
    [
        new("ADD", "Puts files, archives, downloads or a repository into the image.", "ADD <source>… <destination>",
        [
            ("checksum", Text, "the digest that a download must have"), ("chown", Text, "the owner of what is added"),
            ("chmod", Text, "its mode"), ("link", Switch, "as a layer of its own"),
            ("keep-git-dir", Switch, "keep a repository's .git folder"), ("unpack", Switch, "whether archives are unpacked"),
            ("exclude", Texts, "what is left out"),
        ]),
        new("ARG", "Declares a build argument.", "ARG <name>[=<default>]", null),
        new("CMD", "What a container runs, or what its entrypoint is given.", "CMD [\"program\", \"argument\"]", []),
        new("COPY", "Puts files of the build context, of a stage or of an image into the image.", "COPY <source>… <destination>",
        [
            ("from", Text, "the stage or image that they come from"), ("chown", Text, "the owner of what is copied"),
            ("chmod", Text, "its mode"), ("link", Switch, "as a layer of its own"), ("parents", Switch, "keep parent folders"),
            ("exclude", Texts, "what is left out"),
        ]),
        new("ENTRYPOINT", "The program that a container is.", "ENTRYPOINT [\"program\", \"argument\"]", []),
        new("ENV", "Sets a variable for the build from here on, and in containers.", "ENV <name>=<value>…", []),
        new("EXPOSE", "Says which ports containers listen on; publishes none.", "EXPOSE <port>[/<protocol>]…", []),
        new("FROM", "Begins a stage upon an image or another stage.", "FROM <image> [AS <name>]",
            [("platform", Text, "the platform of the image")]),
        new("HEALTHCHECK", "How the engine tells whether a container still works.", "HEALTHCHECK CMD <command>",
        [
            ("interval", Text, "how often (30s)"), ("timeout", Text, "how long it may take (30s)"),
            ("start-period", Text, "how long failures do not count (0s)"), ("start-interval", Text, "how often in that time (5s)"),
            ("retries", Text, "how many failures make it unhealthy (3)"),
        ]),
        new("LABEL", "Writes a label into the image.", "LABEL <name>=<value>…", []),
        new("MAINTAINER", "Who made the image; a label says it today.", "MAINTAINER <name>", []),
        new("ONBUILD", "An instruction that builds upon this image begin with.", "ONBUILD <instruction>", []),
        new("RUN", "Runs a command, and keeps what it changes.", "RUN <command>",
        [
            ("mount", Texts, "something mounted while it runs"), ("network", Text, "default, none or host"),
            ("security", Text, "sandbox or insecure"), ("device", Texts, "a device of the builder"),
        ]),
        new("SHELL", "The shell of commands in the shell form.", "SHELL [\"program\", \"argument\"]", []),
        new("STOPSIGNAL", "The signal that stops a container.", "STOPSIGNAL <signal>", null),
        new("USER", "Who runs commands from here on, and containers.", "USER <user>[:<group>]", []),
        new("VOLUME", "A folder that each container keeps outside itself.", "VOLUME [\"/path\"]", []),
        new("WORKDIR", "The folder for what follows, and of containers.", "WORKDIR <path>", []),
    ];

    private static readonly Dictionary<string, DockerfileKeyword> ByName = Known.ToDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>An instruction by its keyword in capitals; null if there is none.</summary>
    public static DockerfileKeyword? Of(string keyword) => ByName.TryGetValue(keyword, out var found) ? found : null;
}
