using System.Text.Json;
using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Terraform;

/// <summary>Expressions with what <c>terraform console</c> (1.11) printed for each within an object
/// (<c>tests/Fixtures/terraform-console.jsonl</c>): every value is the same, and what it refused is refused.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public void ExpressionsHaveTheValuesThatTheConsolePrints()
    {
        var differing = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Fixtures", "terraform-console.jsonl")))
        {
            var row = JsonSerializer.Deserialize<string[]>(line)!;
            var (written, expected) = (row[0], row[1]);
            count++;
            var given = "ERROR";
            if (HclLanguage.ParseExpression(written) is { } expression)
            {
                var evaluator = new Evaluator(EvaluationScope.Empty);
                var value = evaluator.Evaluate(expression);
                if (evaluator.Problems.Count == 0)
                    given = ConsoleText.Of(TerraformValue.Object([new("k", value)]))[10..^2];
            }

            if (given != expected.TrimEnd('\n'))
                differing.Add($"{written}\n  here     {given}\n  console  {expected}");
        }

        Assert.True(count > 2000, $"only {count} expressions");
        Assert.True(differing.Count == 0, $"{differing.Count} of {count} differ:\n{string.Join("\n", differing.Take(20))}");
    }
}
