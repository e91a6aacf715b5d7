using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Shapes;

namespace Repave.Core.Tests.Rules;

/// <summary>One case of a rule: a file or a folder under <c>tests/Rules/ID</c>, with the places where the rule must report between
/// <c>[|</c> and <c>|]</c>. This file knows nothing of a test framework, because <c>tests/Mutation</c> compiles it too.</summary>
internal sealed record RuleCase(string Rule, string Name, string FullPath)
{
    private const string SettingsFile = "settings.yaml";
    private const string Old = "old";
    private const string New = "new";

    /// <summary>Every case below a folder that has a folder for each rule.</summary>
    public static IEnumerable<RuleCase> In(string folder) =>
        from rule in Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
        from entry in Directory.GetFileSystemEntries(rule).Order(StringComparer.Ordinal)
        select new RuleCase(Path.GetFileName(rule), Path.GetFileName(entry), entry);

    /// <summary>Runs it. Null if the rule reports exactly the places that are marked; else what differs.</summary>
    public string? Run()
    {
        var rule = RuleCatalogue.Find(Rule) ?? throw new InvalidOperationException($"There is no rule {Rule}.");
        var files = Directory.Exists(FullPath)
            ? Directory.GetFiles(FullPath, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => CaseFile.Read(file, Path.GetRelativePath(FullPath, file).Replace('\\', '/'))).ToList()
            : [CaseFile.Read(FullPath, Name)];
        var version = files.Select(file => file.Version).FirstOrDefault(v => v is not null);
        var environment = files.Select(file => file.Environment).FirstOrDefault(e => e is not null);
        var settings = SettingsOf(rule, files.Find(file => file.Path == SettingsFile), version);
        files.RemoveAll(file => file.Path == SettingsFile);
        var old = rule is PlanRule ? files.Find(file => Path.GetFileNameWithoutExtension(file.Path) == Old && !file.Path.Contains('/'))
            : null;
        files.RemoveAll(file => file == old);
        var manifests = files.ConvertAll(file => Manifest.Parse(file.Path, file.Text));
        var findings = FindingsOf(rule, manifests, old, settings, environment);
        var differences = files.Select(file => Difference(file, findings.Where(f => f.File.Path == file.Path)))
            .OfType<string>().ToList();
        return differences.Count == 0 ? null : string.Join("\n", differences.Prepend($"{Rule}/{Name}:"));
    }

    /// <summary>Runs a rule's own examples. Null if it finds its bad one and nothing in its good one.</summary>
    public static string? RunExamples(Rule rule)
    {
        var written = (rule as PlanRule)?.ExampleSettings is { } text ? new CaseFile(SettingsFile, text, [], null, null) : null;
        var settings = SettingsOf(rule, written, null);
        var old = rule is PlanRule plan ? new CaseFile(Old + Path.GetExtension(rule.ExampleFile), plan.Before, [], null, null) : null;
        var found = Array.ConvertAll([rule.Bad, rule.Good], text =>
        {
            Manifest[] manifests = [Manifest.Parse(rule is PlanRule ? New + Path.GetExtension(rule.ExampleFile) : rule.ExampleFile, text)];
            return FindingsOf(rule, manifests, old, settings, null).Any();
        });
        return found is [true, false]
            ? null
            : $"{rule.Id}: the bad example {(found[0] ? "is" : "is not")} found, the good one {(found[1] ? "is" : "is not")}";
    }

    private static Settings SettingsOf(Rule rule, CaseFile? file, string? version)
    {
        var read = SettingsReader.Read(file?.Text ?? "", out var errors);
        if (errors.Count > 0)
            throw new InvalidOperationException($"The settings of a case cannot be read: {string.Join(" ", errors)}");
        // A case is about its rule, whether or not it is on by default.
        var rules = read.Rules.ToDictionary(r => r.Key, r => r.Value);
        rules.TryAdd(rule.Id, rule.Severity);
        var settings = read.WithRules(rules);
        return version is null ? settings : settings.With(new Dictionary<string, string> { ["kubernetes"] = version });
    }

    private static IEnumerable<Finding> FindingsOf(
        Rule rule, IReadOnlyList<Manifest> manifests, CaseFile? old, Settings settings, string? environment)
    {
        var findings = rule is PlanRule
            ? Plan(manifests, old, settings, environment)
            : ManifestAnalysis.Check(manifests, new AnalysisOptions(settings, new NoSchemas())).Findings;
        // A rule that throws finds nothing, which is not what a good case is about.
        if (findings.FirstOrDefault(f => f.Rule is RuleFailed) is { } failed)
            throw new InvalidOperationException(failed.Message);
        return findings.Where(f => f.Rule.Id == rule.Id);
    }

    private static IReadOnlyList<Finding> Plan(IReadOnlyList<Manifest> manifests, CaseFile? old, Settings settings, string? environment)
    {
        Manifest[] before = old is null ? [] : [Manifest.Parse(old.Path, old.Text)];
        var baseline = new Baseline("before", before) { IsEarlierState = true, Environment = environment };
        return PlanFindings.Of(Planner.Plan(manifests, baseline, settings, new PlanOptions { SaysWayBack = true }), settings);
    }

    private static string? Difference(CaseFile file, IEnumerable<Finding> findings)
    {
        var found = findings.Select(f => (f.FileSpan.Start, f.FileSpan.Length)).Order().ToList();
        if (found.SequenceEqual(file.Marks.Order()))
            return null;
        var missed = file.Marks.ToList();
        missed.RemoveAll(mark => found.Remove(mark));
        var sentences = missed.Select(mark => $"  {file.Say(mark)} is not found");
        return string.Join("\n", sentences.Concat(found.Select(mark => $"  {file.Say(mark)} is found and not marked")));
    }

    private sealed record CaseFile(string Path, string Text, IReadOnlyList<(int Start, int Length)> Marks, string? Version,
        string? Environment)
    {
        private const string Open = "[|";
        private const string Close = "|]";

        public static CaseFile Read(string file, string path)
        {
            var text = File.ReadAllText(file);
            string? version = null, environment = null;
            if (text.StartsWith("# case:", StringComparison.Ordinal) || text.StartsWith("// case:", StringComparison.Ordinal))
            {
                var end = text.IndexOf('\n', StringComparison.Ordinal) + 1;
                foreach (var setting in text[..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(2))
                {
                    if (setting.StartsWith("path=", StringComparison.Ordinal))
                        path = setting["path=".Length..];
                    else if (setting.StartsWith("version=", StringComparison.Ordinal))
                        version = setting["version=".Length..];
                    else if (setting.StartsWith("environment=", StringComparison.Ordinal))
                        environment = setting["environment=".Length..];
                    else
                        throw new InvalidOperationException($"{path}: a case has no setting '{setting}'.");
                }

                text = text[end..];
            }

            var marks = new List<(int, int)>();
            var open = new Stack<int>();
            while (true)
            {
                var (opens, closes) = (text.IndexOf(Open, StringComparison.Ordinal), text.IndexOf(Close, StringComparison.Ordinal));
                if (opens < 0 && closes < 0)
                    break;
                var at = opens >= 0 && (closes < 0 || opens < closes) ? opens : closes;
                text = text.Remove(at, Open.Length);
                if (at == opens)
                    open.Push(at);
                else if (open.TryPop(out var start))
                    marks.Add((start, at - start));
                else
                    throw new InvalidOperationException($"{path}: '{Close}' closes nothing.");
            }

            return open.Count == 0
                ? new CaseFile(path, text, marks, version, environment)
                : throw new InvalidOperationException($"{path}: '{Open}' is not closed.");
        }

        public string Say((int Start, int Length) mark)
        {
            var before = Text[..mark.Start];
            var line = before.Count(c => c == '\n') + 1;
            return $"{Path}:{line}:{mark.Start - before.LastIndexOf('\n')} «{Text.Substring(mark.Start, mark.Length)}»";
        }
    }

    private sealed class NoSchemas : ISchemaSource
    {
        public Shape? Load(string reference, Manifest? manifest, out string reason)
        {
            reason = $"The schema {reference} cannot be read.";
            return null;
        }
    }
}
