using Repave.Core.Dialects.CloudFormation;
using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Shapes;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.CloudFormation;

/// <summary>What the pack says that changing each property does, beside the registry's own lists (<c>Generator cloudformation-marks</c>).
/// Where
/// they differ, a line of <c>cloudformation-mark-differences.tsv</c> says so, under the reason.</summary>
public class MarkTests
{
    private static readonly string Fixtures = Path.Combine(Repository.Root, "tests", "Fixtures");

    [Fact]
    public void EveryPropertyIsMarkedAsTheRegistryListsIt()
    {
        var listed = File.ReadAllLines(Path.Combine(Fixtures, "cloudformation-marks.tsv")).Where(l => !l.StartsWith('#')).Select(l =>
            l.Split('\t'))
            .Select(r => (Type: r[0], Path: r[1], Word: r[2])).ToList();
        Assert.True(listed.Count > 3_500);
        var found = new List<string>();
        var schemas = CloudFormationSchemas.Instance;
        foreach (var (type, path, word) in listed)
        {
            // What the database of the CDK does not have is not described at all.
            if (schemas.PropertiesOf(type) is not { } properties)
                continue;
            var steps = StepsOf(path);
            var fields = UpdateBehaviour.FieldsAt(properties, steps);
            var says = fields.Count < steps.Count(s => s != "[]") ? "unknown" : WordOf(fields);
            if (says != word)
                found.Add($"{type}\t{path}\t{word}\t{says}");
        }

        // The other way around: what is marked is listed, or stands below what is.
        var all = listed.GroupBy(l => l.Type).ToDictionary(g => g.Key, g => g.Select(l => l.Path).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (var (type, paths) in all)
        {
            if (schemas.PropertiesOf(type) is { } properties)
                Walk(type, properties, "/properties", paths, found, []);
        }

        // Remade with REPAVE_WRITE_MARKS=1, and read before it is committed.
        if (Environment.GetEnvironmentVariable("REPAVE_WRITE_MARKS") == "1")
            File.WriteAllLines(Path.Combine(Fixtures, "cloudformation-mark-differences.tsv"),
                found.Distinct().Order(StringComparer.Ordinal));
        var expected = File.ReadAllLines(Path.Combine(Fixtures, "cloudformation-mark-differences.tsv")).Where(l => l.Length > 0
            && !l.StartsWith('#'));
        Assert.Equal(string.Join('\n', expected.Order(StringComparer.Ordinal)),
            string.Join('\n', found.Distinct().Order(StringComparer.Ordinal)));
    }

    private static void Walk(string type, Shape shape, string path, HashSet<string> listed, List<string> found, HashSet<Shape> above)
    {
        if (shape.Items is { } items)
            Walk(type, items, path + "/*", listed, found, above);
        if (shape.Fields is null || !above.Add(shape))
            return;
        foreach (var field in shape.Fields.All)
        {
            var at = $"{path}/{field.Name}";
            if (listed.Contains(at))
                continue;
            if (field.Update != UpdateEffect.Unsaid)
                found.Add($"{type}\t{at}\tnot listed\t{WordOf([field])}");
            Walk(type, field.Shape, at, listed, found, above);
        }

        above.Remove(shape);
    }

    private static string WordOf(IReadOnlyList<ShapeField> fields) =>
        fields.Any(f => f.Update == UpdateEffect.Replaces) ? "always" : fields.Any(f => f.Update == UpdateEffect.MayReplace) ? "sometimes"
            : "never";

    private static List<string> StepsOf(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(s => s is not ("properties" or "items")).Select(s =>
            s == "*" ? "[]" : s)];
}
