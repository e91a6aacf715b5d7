using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Something wrong in a settings file.</summary>
/// <param name="Range">Where.</param>
/// <param name="Message">What.</param>
public sealed record SettingsError(LineRange Range, string Message);

/// <summary>Reads settings files. Their form is described for editors by schemas/repave.schema.json.</summary>
public static class SettingsReader
{
    /// <summary>The name of a settings file.</summary>
    public const string FileName = ".repave.yaml";

    private const string ServerSide = "server-side";

    private const int MaxLinesLeftOut = 50;

    private static readonly string[] Weights = ["off", "info", "warning", "error"];

    /// <summary>The shape of a settings file.</summary>
    public static Shape Shape { get; } = CreateShape();

    /// <summary>Reads a settings file's text; what is wrong goes to <paramref name="errors"/> and leaves the rest valid: of a text that
    /// breaks
    /// off, the lines before the place where it does.</summary>
    public static Settings Read(string text, out IReadOnlyList<SettingsError> errors)
    {
        var found = new List<SettingsError>();
        errors = found;
        if (Read(text, found) is { } settings)
            return settings;
        // Of lines that cannot be read, the last ones are the fewest to leave out.
        var end = text.Length;
        for (var tries = 0; tries < MaxLinesLeftOut && end > 0; tries++)
        {
            end = text.LastIndexOf('\n', end - 1);
            if (end <= 0)
                break;
            var part = new List<SettingsError>();
            if (Read(text.Substring(0, end + 1), part) is not { } readable)
                continue;
            found.AddRange(part);
            return readable;
        }

        return Settings.Default;
    }

    // Null where the text breaks off.
    private static Settings? Read(string text, List<SettingsError> found)
    {
        var file = LanguageCatalogue.Of(FileName, text).Parse(text);
        if (file.Documents.Count == 0)
            return Settings.Default;
        var slot = file.Documents[0];
        foreach (var error in slot.Document.Issues)
            found.Add(new SettingsError(file.Text.RangeOf(error.Span.Shift(slot.Start)), error.Message));
        if (!slot.Document.IsWhole)
            return null;
        if (slot.Document.Root is not { } root)
            return Settings.Default;
        foreach (var issue in ShapeValidator.Validate(root, Shape, ShapeReading.JsonSchema))
            found.Add(new SettingsError(file.Text.RangeOf(issue.Span.Shift(slot.Start)), issue.Message));
        var reader = new Reader(file, slot.Start, found);
        return new Settings
        {
            Rules = reader.ReadRules(root["rules"]),
            Paths = [.. root.ItemsAt("paths").Where(p => p.TextAt("match") is not null)
                .Select(p => new PathSettings(new PathPattern(p.TextAt("match")!), reader.ReadRules(p["rules"])))],
            Exclude = [.. root.ItemsAt("exclude").OfType<ScalarNode>().Select(p => new PathPattern(p.Value))],
            LeaveOut = root["leave-out"] is ListNode folders
                ? [.. folders.ResolvedItems.OfType<ScalarNode>().Select(f => f.Value.Trim('/'))]
                : Settings.DefaultLeaveOut,
            Schemas = [.. root.ItemsAt("schemas").Where(s => s.TextAt("match") is not null && s.TextAt("file") is not null)
                .Select(s => new SchemaSettings(new PathPattern(s.TextAt("match")!), s.TextAt("file")!))],
            Plans = [.. PlansOf(root).Where(p => p["ignore"] is null || p["forbid"] is not null).Select(reader.ReadPolicy)],
            IgnoredFields = [.. PlansOf(root).SelectMany(p => p.ItemsAt("ignore").Select(i => reader.ReadIgnored(i, p)))],
            Apply = DialectCatalogue.All.Where(d => root[d.Name] is MapNode).ToDictionary(d => d.Name, d => new ApplySettings(
                root[d.Name]!.TextAt("apply") is { } way ? way == ServerSide : null, root[d.Name]!.TextAt("manager"),
                root[d.Name]!.ScalarAt("force-conflicts") is { IsTrue: true })),
            Versions = reader.ReadVersions(root),
            Environments = reader.ReadEnvironments(root),
            AllowedDifferences = [.. (root["parity"]?.ItemsAt("allow") ?? []).OfType<MapNode>().Select(ReadAllowed)],
            AllowedDrift = [.. (root["drift"]?.ItemsAt("allow") ?? []).OfType<MapNode>().Select(reader.ReadAllowedDrift)
                .OfType<AllowedDrift>()],
        };
    }

    private static AllowedDifference ReadAllowed(Node allowed)
    {
        PathPattern? Of(string field) => allowed.TextAt(field) is { Length: > 0 } pattern ? new PathPattern(pattern) : null;
        return new AllowedDifference(Of("kind"), Of("name"), allowed.TextAt("path") is { Length: > 0 } path ? path : null,
            Of("environment"), allowed.TextAt("reason") ?? "");
    }

    // A list, or the one item that it would have.
    private static IEnumerable<Node> PlansOf(Node root) => root["plans"] is MapNode only ? [only] : root.ItemsAt("plans");

    private static Shape CreateShape()
    {
        var text = new Shape { Types = ShapeTypes.String };
        // "off" is a boolean to readers of YAML 1.1, and whoever writes "false" means the same.
        var weight = new Shape { Types = ShapeTypes.String | ShapeTypes.Boolean };
        var rules = new Shape { Types = ShapeTypes.Object, Additional = weight };
        var texts = new Shape { Types = ShapeTypes.Array, Items = text };
        var name = new Shape { Types = ShapeTypes.String | ShapeTypes.Number };
        var textOrTexts = new Shape { Types = ShapeTypes.Array | ShapeTypes.String, Items = text };
        var ignored = Structure(("kind", text, false), ("name", text, false), ("namespace", text, false), ("environment", text, false),
            ("paths", texts, false), ("managers", texts, false));
        var plans = Structure(("environment", text, false), ("kinds", texts, false), ("forbid", texts, false),
            ("ignore", new Shape { Types = ShapeTypes.Array, Items = ignored }, false));
        var root = Structure(
            ("rules", rules, false),
            ("paths", new Shape { Types = ShapeTypes.Array, Items = Structure(("match", text, true), ("rules", rules, true)) }, false),
            ("plans", new Shape { Types = ShapeTypes.Array | ShapeTypes.Object, Items = plans, Fields = plans.Fields }, false),
            ("exclude", texts, false),
            ("leave-out", texts, false),
            ("schemas", new Shape { Types = ShapeTypes.Array, Items = Structure(("match", text, true), ("file", text, true)) }, false),
            ("environments", new Shape
            {
                Types = ShapeTypes.Array,
                Items = Structure(("name", name, true), ("build", text, false), ("chart", text, false), ("values", textOrTexts, false),
                    ("release", name, false), ("baseline", text, false), ("namespace", name, false)),
            }, false),
            ("parity", Structure(("allow", new Shape
            {
                Types = ShapeTypes.Array,
                Items = Structure(("kind", text, false), ("name", text, false), ("path", text, false), ("environment", text, false),
                    ("reason", text, true)),
            }, false)), false));
        root.Fields!.Add(new ShapeField("drift", Structure(("allow", new Shape
        {
            Types = ShapeTypes.Array,
            Items = Structure(("managers", texts, false), ("paths", texts, false), ("kind", text, false), ("name", text, false),
                ("namespace", text, false), ("environment", text, false), ("reason", text, false)),
        }, false))));
        foreach (var dialect in DialectCatalogue.All.Where(d => d is IVersioned))
        {
            root.Fields!.Add(new ShapeField(dialect.Name, Structure(
                ("version", new Shape { Types = ShapeTypes.String | ShapeTypes.Number }, false),
                ("apply", new Shape
                {
                    Types = ShapeTypes.String,
                    Enum = [CanonicalJson.Quote("client-side"), CanonicalJson.Quote(ServerSide)],
                }, false),
                ("manager", text, false),
                ("force-conflicts", new Shape { Types = ShapeTypes.Boolean }, false))));
        }

        return root;
    }

    private static Shape Structure(params (string Name, Shape Shape, bool Required)[] fields)
    {
        var shape = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        foreach (var (name, field, required) in fields)
            shape.Fields.Add(new ShapeField(name, field, required ? Presence.Required : Presence.Optional));
        return shape;
    }

    private sealed class Reader(SourceFile file, int start, List<SettingsError> errors)
    {
        public Dictionary<string, Severity> ReadRules(Node? node)
        {
            var rules = new Dictionary<string, Severity>(StringComparer.Ordinal);
            foreach (var entry in (node as MapNode)?.AllEntries ?? [])
            {
                if (entry.Name is not { } id || entry.Value.Resolved is not ScalarNode weight)
                    continue;
                var rule = RuleCatalogue.Find(id);
                if (rule is null && !IsOfCode(id))
                {
                    var nearest = NearestName.Of(id.ToUpperInvariant(), RuleCatalogue.All.Select(r => r.Id));
                    Add(entry.Key, $"There is no rule '{id}'{(nearest is null ? "" : $"; did you mean {nearest}?")}");
                }
                else if (WeightOf(weight.Value, rule?.Severity ?? Severity.Warning) is { } severity)
                {
                    rules[rule?.Id ?? id.ToUpperInvariant()] = severity;
                }
                else
                {
                    Add(weight, $"Unknown severity '{weight.Value}'. Use {string.Join(", ", Weights)}, or on for the rule's own.");
                }
            }

            return rules;
        }

        // Rules on code are the analyzers'; only they know which there are.
        private static bool IsOfCode(string id) =>
            id.Length == 7 && id.StartsWith("RPV3", StringComparison.OrdinalIgnoreCase) && id.Skip(4).All(char.IsDigit);

        public IgnoredFields ReadIgnored(Node ignored, Node policy)
        {
            PathPattern? Of(string field) => ignored.TextAt(field) is { Length: > 0 } pattern ? new PathPattern(pattern) : null;
            var paths = ignored.ItemsAt("paths").OfType<ScalarNode>().ToList();
            foreach (var path in paths.Where(p => p.Value.Length == 0 || p.Value[0] != '/'))
                Add(path, $"'{path.Value}' is not a JSON pointer: begin it with '/', as in '/spec/replicas'.");
            var managers = ignored.ItemsAt("managers").OfType<ScalarNode>().Select(m => m.Value).ToList();
            if (paths.Count == 0 && managers.Count == 0)
                Add(ignored, "Say which fields: 'paths', 'managers' or both.");
            return new IgnoredFields(Of("kind"), Of("name"), Of("namespace"),
                Of("environment") ?? (policy.TextAt("environment") is { } environment ? new PathPattern(environment) : null),
                [.. paths.Where(p => p.Value.Length > 1 && p.Value[0] == '/').Select(p => p.Value)], managers);
        }

        // Null where it says nothing, which would allow everything.
        public AllowedDrift? ReadAllowedDrift(Node allowed)
        {
            PathPattern? Of(string field) => allowed.TextAt(field) is { Length: > 0 } pattern ? new PathPattern(pattern) : null;
            List<string> Texts(string field) =>
                [.. allowed.ItemsAt(field).OfType<ScalarNode>().Select(s => s.Value).Where(t => t.Length > 0)];
            var (managers, paths) = (Texts("managers"), Texts("paths"));
            if (managers.Count == 0 && paths.Count == 0)
            {
                Add(allowed, "Say who may change what: 'managers', 'paths' or both.");
                return null;
            }

            return new AllowedDrift([.. managers.Select(m => new PathPattern(m))], paths, Of("kind"), Of("name"), Of("namespace"),
                Of("environment"), allowed.TextAt("reason") ?? "");
        }

        public List<ManifestEnvironment> ReadEnvironments(Node root)
        {
            var found = new List<ManifestEnvironment>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in root.ItemsAt("environments").OfType<MapNode>())
            {
                var (name, build, chart) = (node.ScalarAt("name"), node.ScalarAt("build"), node.ScalarAt("chart"));
                if (name is null or { IsNull: true })
                    continue;
                if (!names.Add(name.Value))
                    Add(name, $"There is another environment '{name.Value}' above.");
                if (build is null == chart is null)
                {
                    Add(build is null ? name : chart!, build is null ? "Say what is built: 'build' with a folder, or 'chart'."
                        : "Say 'build' or 'chart', not both.");
                    continue;
                }

                foreach (var field in (string[])["values", "release"])
                {
                    if (chart is null && node[field] is { } foreign)
                        Add(foreign, $"'{field}' goes with 'chart'.");
                }

                var baseline = node.ScalarAt("baseline");
                if (baseline is not null && (baseline.Value.Length == 0 || baseline.Value is "live:" or "git:"))
                    Add(baseline, "Say what to compare with: live:CONTEXT, git:REV, or the file of a snapshot.");
                found.Add(new ManifestEnvironment(name.Value, BuildPaths.Clean((build ?? chart)!.Value))
                {
                    Values = node["values"] is ScalarNode one ? [one.Value]
                        : [.. node.ItemsAt("values").OfType<ScalarNode>().Select(file => file.Value)],
                    Release = node.TextAt("release"),
                    Namespace = node.TextAt("namespace"),
                    Baseline = node.TextAt("baseline"),
                    IsNamed = true,
                    Range = file.Text.RangeOf(name.Span.Shift(start)),
                });
            }

            return found;
        }

        public PlanPolicy ReadPolicy(Node policy)
        {
            var forbidden = new List<PlanAction>();
            if (policy["forbid"] is null)
                Add(policy, "Say what: 'forbid', or 'ignore' with the fields to leave out.");
            foreach (var name in policy.ItemsAt("forbid").OfType<ScalarNode>())
            {
                if (PlanNames.ActionOf(name.Value) is { } action and not (PlanAction.None or PlanAction.Unknown))
                    forbidden.Add(action);
                else
                    Add(name, $"'{name.Value}' is not an action of a plan; there are create, in-place, roll, replace and delete.");
            }

            return new PlanPolicy(
                policy.TextAt("environment") is { } environment ? new PathPattern(environment) : null,
                [.. policy.ItemsAt("kinds").OfType<ScalarNode>().Select(k => k.Value)],
                forbidden);
        }

        public Dictionary<string, string> ReadVersions(Node root)
        {
            var versions = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var dialect in DialectCatalogue.All)
            {
                if (dialect is not IVersioned versioned)
                    continue;
                if (root[dialect.Name]?.ScalarAt("version") is not { IsNull: false } version)
                    continue;
                if (versioned.Versions.Contains(version.Value))
                    versions[dialect.Name] = version.Value;
                else
                    Add(version, $"No schemas for {dialect.Name} {version.Value}; there are {string.Join(", ", versioned.Versions)}.");
            }

            return versions;
        }

        private static Severity? WeightOf(string text, Severity own) => text.ToLowerInvariant() switch
        {
            "off" or "false" or "no" => Severity.Off,
            "info" => Severity.Info,
            "warning" => Severity.Warning,
            "error" => Severity.Error,
            "on" or "true" or "yes" => own,
            _ => null,
        };

        private void Add(Node node, string message) => errors.Add(new SettingsError(file.Text.RangeOf(node.Span.Shift(start)), message));
    }
}
