using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.RegularExpressions;
using Repave.Core.SourceGeneration;
using Repave.Mutation;

// Changes the code of the rules in every way that is known to it, one change at a time, and tells which changes no case notices.
//
//     dotnet run --project tests/Mutation -- [RPVxxxx …] [--json FILE] [--at-least 0.8]

var wanted = args.Where(a => a.StartsWith("RPV", StringComparison.OrdinalIgnoreCase)).Select(a => a.ToUpperInvariant()).ToHashSet();
var root = RootOf(AppContext.BaseDirectory);
var equivalents = Equivalents.Read(Path.Combine(root, "tests", "Mutation", "equivalent.txt"));
var watch = Stopwatch.StartNew();
var mutated = new MutatedAssembly();
var rules = RuleFiles(root);
var image = mutated.Compile(root, "server/Repave.Core", [new CatalogueGenerator()], file =>
    rules.TryGetValue(file, out var rule) && (wanted.Count == 0 || wanted.Contains(rule)));
Console.Error.WriteLine(
    $"{mutated.Mutants.Count} mutants compiled in {watch.Elapsed.TotalSeconds:0} s; {mutated.Rejected} more do not compile.");

var session = new MutationSession(image, Path.Combine(root, "tests", "Rules"));
var failures = session.Failures(wanted).ToList();
foreach (var (name, failure) in failures)
    Console.Error.WriteLine($"{name} fails without any change:\n{failure}");
if (failures.Count > 0)
    return 2;

var results = session.Run(mutated.Mutants, mutant => rules[mutant.File]);
Console.Error.WriteLine($"Run in {watch.Elapsed.TotalSeconds:0} s.");
var survivors = results.Where(r => !r.Killed).Select(r => r.Mutant).ToList();
var equivalent = survivors.Where(m => equivalents.ContainsKey(m.Key)).ToHashSet();
foreach (var key in results.Select(r => r.Mutant.Key).Distinct().Where(equivalents.ContainsKey).Except(equivalent.Select(m => m.Key)))
    Console.WriteLine($"Listed as equivalent, and noticed: {key}");
var counted = results.Where(r => !equivalent.Contains(r.Mutant)).ToList();
foreach (var group in counted.Where(r => !r.Killed).GroupBy(r => rules[r.Mutant.File]).OrderBy(g => g.Key, StringComparer.Ordinal))
{
    Console.WriteLine(group.Key);
    foreach (var (mutant, _) in group)
        Console.WriteLine($"  {mutant.File}:{mutant.Line}: {mutant.Original} => {mutant.Change}");
}

Console.WriteLine();
foreach (var group in counted.GroupBy(r => rules[r.Mutant.File]).OrderBy(g => g.Key, StringComparer.Ordinal))
    Console.WriteLine($"{group.Key} {Score(group)} ({group.Count(r => r.Killed)} of {group.Count()})");
foreach (var family in counted.GroupBy(r => r.Mutant.File[..r.Mutant.File.LastIndexOf('/')]).OrderBy(g => g.Key, StringComparer.Ordinal))
    Console.WriteLine($"{family.Key} {Score(family)} ({family.Count(r => r.Killed)} of {family.Count()})");
Console.WriteLine($"All {Score(counted)} ({counted.Count(r => r.Killed)} of {counted.Count}, {equivalent.Count} equivalent ones left out)");

if (Option("--json") is { } output)
{
    var report = results.Select(r => new
    {
        rule = rules[r.Mutant.File],
        file = r.Mutant.File,
        line = r.Mutant.Line,
        original = r.Mutant.Original,
        change = r.Mutant.Change,
        result = r.Killed ? "killed" : equivalent.Contains(r.Mutant) ? "equivalent" : "survived",
    });
    File.WriteAllText(output, JsonSerializer.Serialize(report, new JsonSerializerOptions { WriteIndented = true }));
}

return Option("--at-least") is { } least
    && counted.Count(r => r.Killed) < double.Parse(least, CultureInfo.InvariantCulture) * counted.Count ? 1 : 0;

string? Option(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;

static string Score(IEnumerable<(Mutant Mutant, bool Killed)> results) =>
    results.Average(r => r.Killed ? 1.0 : 0).ToString("0.00", CultureInfo.InvariantCulture);

static string RootOf(string folder) =>
    File.Exists(Path.Combine(folder, "Tooling.sln")) ? folder
    : RootOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This runs inside a checkout."));

// The files that are mutated, and the rule of each; what rules of a kind share belongs to the name of its file.
static Dictionary<string, string> RuleFiles(string root)
{
    var files = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (var file in Directory.GetFiles(Path.Combine(root, "server", "Repave.Core"), "*.cs", SearchOption.AllDirectories))
    {
        var path = Path.GetRelativePath(root, file).Replace('\\', '/');
        var folder = Path.GetFileName(Path.GetDirectoryName(path))!;
        var name = Path.GetFileNameWithoutExtension(path);
        if (folder is "Rules" or "Schema" or "Plans"
            && Regex.Match(File.ReadAllText(file), "override string Id => \"(RPV[0-9]{4})\"") is { Success: true } id)
            files[path] = id.Groups[1].Value;
        else if (folder == "Validation"
            || name is "ContainerCommands" or "Suppressions" or "SchemaReference" or "SchemaRules"
            || name is "KubernetesCheck" or "CloudFormationCheck"
            || (path.Contains("/Dialects/", StringComparison.Ordinal) && name.EndsWith("Rule", StringComparison.Ordinal)))
            files[path] = name;
    }

    return files;
}
