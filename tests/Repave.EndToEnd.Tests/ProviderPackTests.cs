using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests;

/// <summary>The AWS provider itself, where it is there: what it answers now is what the pack says.</summary>
public class ProviderPackTests
{
    private static readonly string? Binary = Environment.GetEnvironmentVariable("REPAVE_AWS_PROVIDER");

    [Theory]
    [InlineData("aws_sqs_queue")]
    [InlineData("aws_ebs_volume")]
    [InlineData("aws_iam_role")]
    public void APackMadeAnewIsTheOneThatIsCarried(string type)
    {
        Assert.SkipWhen(Binary is null || !File.Exists(Binary), "REPAVE_AWS_PROVIDER names no binary of hashicorp/aws 5.100.0.");
        var text = ProviderLearner.Learn(Binary!, "registry.terraform.io/hashicorp/aws", "5.100.0", "Made by a test.", [type]);
        var made = new ProviderPack(text).Resource(type)!;
        var carried = ProviderPacks.Embedded.Provider("hashicorp/aws")!.Resource(type)!;
        Assert.Equal(carried.Version, made.Version);
        Assert.Equal(Words(carried.Body), Words(made.Body));
    }

    /// <summary>All types, which takes a quarter of an hour and more: with REPAVE_TERRAFORM_LEARN=all. Facts that others learnt complete
    /// the carried pack, so that it may say of what replaces more than the provider does here.</summary>
    [Fact]
    public void TheWholePackMadeAnewIsTheOneThatIsCarried()
    {
        Assert.SkipWhen(Binary is null || !File.Exists(Binary), "REPAVE_AWS_PROVIDER names no binary of hashicorp/aws 5.100.0.");
        Assert.SkipWhen(Environment.GetEnvironmentVariable("REPAVE_TERRAFORM_LEARN") != "all", "REPAVE_TERRAFORM_LEARN is not 'all'.");
        // What was made a moment ago may be named instead of being made again.
        var text = Environment.GetEnvironmentVariable("REPAVE_TERRAFORM_REMADE") is { Length: > 0 } remade ? File.ReadAllText(remade)
            : ProviderLearner.Learn(Binary!, "registry.terraform.io/hashicorp/aws", "5.100.0", "Made by a test.");
        var made = new ProviderPack(text);
        var carried = ProviderPacks.Embedded.Provider("hashicorp/aws")!;
        Assert.Equal(carried.ResourceTypes.Order(StringComparer.Ordinal), made.ResourceTypes.Order(StringComparer.Ordinal));
        var differing = carried.ResourceTypes.Where(type => !Words(carried.Resource(type)!.Body).Zip(Words(made.Resource(type)!.Body))
            .All(pair => pair.First == pair.Second || IsCompleted(pair.First, pair.Second))).ToList();
        Assert.True(differing.Count == 0, $"{differing.Count} types differ: {string.Join(", ", differing.Take(40))}");
    }

    private static bool IsCompleted(string carried, string made)
    {
        var (one, other) = (carried.Split(' '), made.Split(' '));
        return one.Length == other.Length && one.Zip(other).All(p => p.First == p.Second || (p.Second == "Unsaid" && p.First is "Replaces"
            or "MayReplace"));
    }

    private static IEnumerable<string> Words(SchemaBlock block, string prefix = "") => block.Members.SelectMany(m => (string[])
    [
        $"{prefix}{m.Name} {m.Type} {m.IsBlock} {m.IsRequired} {m.IsComputed} {m.Update} {m.ReplacesIf} {m.IsAddedInPlace} "
            + $"{m.IsRemovedInPlace} {m.IsRenewed} {m.IsKept} {m.TakesZeroForNothing} "
            + $"{string.Join(',', m.RenewedBy)} {string.Join(',', m.RenewedIf)} {m.Stored} {m.Default} {string.Join(',', m.Enum ?? [])} "
            + $"{m.Minimum} {m.Maximum}",
        .. m.Body is { } body ? Words(body, $"{prefix}{m.Name}.") : [],
    ]);
}
