using Repave.Core.Dialects.Kubernetes.Updates;
using Repave.Core.Shapes;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>The table of updates by itself.</summary>
public class UpdateTableTests
{
    private static readonly SchemaPack Pack = new(EmbeddedPacks.Text("kubernetes", "1.36.pack"));

    // Kinds that are asked for answers, and never stored.
    private static readonly string[] NotStored =
    [
        "Review", "Binding", "ComponentStatus", "Eviction", "TokenRequest", "Scale", "DeleteOptions", "WatchEvent", "Status", "SelfSubject",
    ];

    [Fact]
    public void EveryStoredKindIsThere()
    {
        var missing = Pack.Kinds.Where(
            k => !k.ApiVersion.Contains("alpha", StringComparison.Ordinal) && !k.ApiVersion.Contains("beta", StringComparison.Ordinal))
            .Where(k => !NotStored.Any(n => k.Kind.Contains(n, StringComparison.Ordinal)))
            .Select(k => k.ApiVersion.Contains('/') ? $"{k.Kind}.{k.ApiVersion.Split('/')[0]}" : k.Kind).Distinct()
            .Except(UpdateTable.Types).ToList();
        Assert.True(missing.Count == 0, string.Join(", ", missing));
    }

    [Fact]
    public void EveryConditionAndDecisionExists()
    {
        foreach (var row in UpdateTable.Types.SelectMany(t => UpdateTable.Of(t)!))
        {
            Assert.True(row.Decision is null || UpdateDecisions.Exists(row.Decision), row.Decision);
            if (row.Condition is not null)
                Assert.NotEmpty(UpdateConditions.TextOf(row.Condition));
        }
    }

    [Fact]
    public void EveryPathIsAField()
    {
        var wrong = new List<string>();
        foreach (var type in UpdateTable.Types)
        {
            var (kind, group) = type.IndexOf('.', StringComparison.Ordinal) is var dot && dot > 0 ? (type[..dot], type[(dot + 1)..])
                : (type, "");
            if (Pack.KindsNamed(kind).FirstOrDefault(k => (k.ApiVersion.Contains('/') ? k.ApiVersion.Split('/')[0] : "") == group)
                is not { } known)
                continue;
            foreach (var row in UpdateTable.Of(type)!)
            {
                Shape? shape = Pack.Type(known.Type);
                foreach (var step in row.Path)
                    shape = step == "[]" ? shape?.Items : shape?.Fields is { } fields ? fields[step]?.Shape : shape?.Additional;
                if (shape is null)
                    wrong.Add($"{type} {string.Join('.', row.Path)}");
            }
        }

        // Volume sources of older releases are still volumes of older clusters.
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
