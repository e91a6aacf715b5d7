using System.Globalization;
using System.Text;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A mount of RUN (<c>--mount=type=cache,target=/root/.cache</c>).</summary>
public sealed class DockerfileMount
{
    /// <summary>The kinds of mounts.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["bind", "cache", "tmpfs", "secret", "ssh"];

    /// <summary>The fields of mounts, each by the first of its names.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode", "uid", "gid", "env"];

    /// <summary>How the builds that run at once share a cache.</summary>
    public static IReadOnlyList<string> Sharings { get; } = ["shared", "private", "locked"];

    private static readonly string[] Keys =
    [
        "type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode", "uid", "gid", "src", "dst",
        "destination", "ro", "rw", "readwrite", "env",
    ];

    private readonly Dictionary<string, string?> _fields = new(StringComparer.Ordinal);

    private DockerfileMount()
    {
    }

    /// <summary>Its kind; <c>bind</c> unless it says so.</summary>
    public string Kind => this["type"]?.ToLowerInvariant() ?? "bind";

    /// <summary>The stage or image that it comes from; null if from the build context.</summary>
    public string? From => this["from"];

    /// <summary>The value of a field; null if it has none.</summary>
    public string? this[string key] => _fields.TryGetValue(key, out var value) ? value : null;

    /// <summary>Reads a mount.</summary>
    public static DockerfileMount Read(string text)
    {
        var mount = new DockerfileMount();
        foreach (var field in FieldsOf(text))
        {
            var sign = field.IndexOf('=');
            mount._fields[(sign < 0 ? field : field.Substring(0, sign)).ToLowerInvariant()] = sign < 0 ? null : field.Substring(sign + 1);
        }

        return mount;
    }

    /// <summary>Says what a build refuses of a mount.</summary>
    internal static void Check(DockerfileWord word, Action<TextSpan, string> report)
    {
        var mount = Read(word.Text);
        static DockerfileExpanded Expand(string text) => DockerfileExpansion.Expand(text, '\\', static _ => null);
        string? Known(string key) => mount[key] is { } value && Expand(value) is { Uses.Count: 0, Text: { } text } ? text : null;
        void Refuse(string message) => report(word.Span, message);

        foreach (var (key, value) in mount._fields)
        {
            if (Array.IndexOf(Keys, key) < 0)
            {
                var hint = NearestName.Of(key, Keys) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                Refuse($"A mount has no field '{DockerfileParser.Short(key)}'.{hint}");
                return;
            }

            if (value is null && key is not ("readonly" or "ro" or "readwrite" or "rw" or "required"))
            {
                Refuse($"The mount's field '{key}' needs a value.");
                return;
            }
        }

        var isKnown = mount["type"] is null || Known("type") is not null;
        if (isKnown && !Kinds.Contains(Known("type")?.ToLowerInvariant() ?? "bind"))
        {
            Refuse($"There is no mount of type '{DockerfileParser.Short(mount.Kind)}': write {string.Join(", ", Kinds)}.");
            return;
        }

        if (mount._fields.Values.Select(value => Expand(value ?? "").Error).FirstOrDefault(e => e is not null) is { } error)
        {
            Refuse(error);
            return;
        }

        if (mount.From is { } from && from.IndexOf('$') is >= 0 and var dollar && dollar != from.Length - 1)
            Refuse("A mount's 'from' takes no variables: begin a stage with FROM and the variable, and name that stage here.");
        foreach (var (key, value) in mount._fields)
        {
            if (key is "ro" or "readonly" or "rw" or "readwrite" or "required" && Known(key) is { } truth
                && truth is not ("1" or "t" or "T" or "TRUE" or "true" or "True" or "0" or "f" or "F" or "FALSE" or "false" or "False"))
                Refuse($"The mount's field '{key}' takes true or false.");
            if (key is "uid" or "gid" && Known(key) is { } id && !uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                Refuse($"The mount's field '{key}' takes a number.");
        }

        if (Known("mode") is { } mode && (mode.Length == 0 || !mode.All(c => c is >= '0' and <= '7')))
            Refuse("The mount's field 'mode' takes a number of digits from 0 to 7.");
        if (!isKnown)
            return;
        if (Known("sharing") is { } sharing && !Sharings.Contains(sharing.ToLowerInvariant()))
            Refuse("The mount's field 'sharing' takes shared, private or locked.");
        else if (mount["sharing"] is not null && mount.Kind != "cache")
            Refuse("Only a cache has 'sharing'.");
        if (mount["size"] is not null && mount.Kind != "tmpfs")
            Refuse("Only a mount of type tmpfs has a size.");
        if (mount._fields.ContainsKey("required") && mount.Kind is not ("secret" or "ssh"))
            Refuse("Only secrets and ssh sockets can be required.");
        if (mount.Kind is "bind" or "tmpfs" && Array.Find(["mode", "uid", "gid"], key => mount[key] is not null) is { } owner)
            Refuse($"A mount of type {mount.Kind} has no '{owner}'.");
        if (mount.Kind != "secret")
            return;
        if (mount.From is { Length: > 0 })
            Refuse("A secret has no 'from'.");
        if ((mount["source"] ?? mount["src"] ?? mount["target"] ?? mount["dst"] ?? mount["destination"] ?? mount["id"]) is null or "")
            Refuse("A secret needs an id.");
        if ((mount["source"] ?? mount["src"]) is { Length: > 0 } && mount["id"] is { Length: > 0 })
            Refuse("A secret has an id or a source, not both.");
    }

    // Fields between commas, which a field in quotes may hold.
    private static IEnumerable<string> FieldsOf(string text)
    {
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                yield return field.ToString();
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        yield return field.ToString();
    }
}
