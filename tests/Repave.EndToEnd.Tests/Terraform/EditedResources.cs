using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>Edits of single arguments as one configuration; what Terraform does not take is withdrawn.</summary>
internal sealed class EditedResources(RealTerraform terraform, Dictionary<string, ResourceEdit> edits)
{
    private const int MostRounds = 10;

    /// <summary>The texts of all resources as one, before or after their edits.</summary>
    public string Text(Func<ResourceEdit, string> text) => string.Concat(edits.Select(e =>
        $"resource \"{e.Value.Type}\" \"{e.Key}\" {{\n{text(e.Value)}}}\n"));

    /// <summary>Writes them into the workspace.</summary>
    public void Write(Func<ResourceEdit, string> text) => terraform.Write("main.tf", Text(text));

    /// <summary>Leaves resources out, and writes the others.</summary>
    public void Withdraw(IReadOnlyCollection<string> addresses, Func<ResourceEdit, string> text)
    {
        foreach (var address in addresses)
            edits.Remove(address.Split('.')[1].Split('[')[0]);
        Write(text);
    }

    /// <summary>Terraform's plan of what is written, without the resources that it refuses.</summary>
    public JsonNode Plan(Func<ResourceEdit, string> text)
    {
        var (plan, refused, said) = terraform.Plan();
        for (var round = 0; plan is null && round < MostRounds; round++)
        {
            Assert.True(refused.Count > 0, said);
            Withdraw(refused, text);
            (plan, refused, said) = terraform.Plan();
        }

        Assert.NotNull(plan);
        return plan;
    }
}
