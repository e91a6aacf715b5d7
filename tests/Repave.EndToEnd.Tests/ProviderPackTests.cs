using Repave.Core.Dialects.Terraform.Packs;
using Repave.Environments.Terraform;

namespace Repave.EndToEnd.Tests;

/// <summary>The AWS provider itself, where it is there: what it answers now is what the pack says.</summary>
public class ProviderPackTests
{
    private static readonly string? Binary = Environment.GetEnvironmentVariable("REPAVE_AWS_PROVIDER");

    [SkippableTheory]
    [InlineData("aws_sqs_queue")]
    [InlineData("aws_ebs_volume")]
    [InlineData("aws_iam_role")]
    public void APackMadeAnewIsTheOneThatIsCarried(string type)
    {
        Skip.If(Binary is null || !File.Exists(Binary), "REPAVE_AWS_PROVIDER names no binary of hashicorp/aws 5.100.0.");
        var text = ProviderLearner.Learn(Binary!, "registry.terraform.io/hashicorp/aws", "5.100.0", "Made by a test.", [type]);
        var made = new ProviderPack(text).Resource(type)!;
        var carried = ProviderPacks.Embedded.Provider("hashicorp/aws")!.Resource(type)!;
        Assert.Equal(carried.Version, made.Version);
        Assert.Equal(Words(carried.Body), Words(made.Body));
    }

    private static IEnumerable<string> Words(SchemaBlock block, string prefix = "") => block.Members.SelectMany(m => (string[])
    [
        $"{prefix}{m.Name} {m.Type} {m.IsBlock} {m.IsRequired} {m.IsComputed} {m.Update} {m.ReplacesIf} {m.IsAddedInPlace} "
            + $"{m.IsRemovedInPlace} {m.IsRenewed} "
            + $"{string.Join(',', m.RenewedBy)} {string.Join(',', m.RenewedIf)} {m.Stored} {m.Default} {string.Join(',', m.Enum ?? [])} "
            + $"{m.Minimum} {m.Maximum}",
        .. m.Body is { } body ? Words(body, $"{prefix}{m.Name}.") : [],
    ]);
}
