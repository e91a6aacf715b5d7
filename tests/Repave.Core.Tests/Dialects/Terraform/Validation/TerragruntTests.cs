using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Validation;

/// <summary>Modules that Terragrunt puts together from several folders: what one folder does not declare, another may.</summary>
public class TerragruntTests
{
    private const string Source = "output \"x\" {\n  value = local.name\n}\nvariable \"unused\" {}\n";
    private const string Beside = "locals {\n  name = var.region\n}\n";

    [Theory]
    [InlineData("../../modules/app")]
    [InlineData("../..//modules/app")]
    [InlineData("${get_terragrunt_dir()}/../../modules/app")]
    [InlineData("${get_repo_root()}//modules/app")]
    public void APartOfAModuleIsNotHeldAgainstItselfAlone(string source)
    {
        Assert.Empty(Check(("modules/app/main.tf", Source), ("live/prod/locals.tf", Beside),
            ("live/prod/terragrunt.hcl", $"terraform {{\n  source = \"{source}\"\n}}\n")));
        // Of a source that nothing is added to, all is there.
        Assert.Contains("RPV0060", Check(("modules/app/main.tf", Source),
            ("live/prod/terragrunt.hcl", $"terraform {{\n  source = \"{source}\"\n}}\n")));
        Assert.Empty(Check(("modules/app/main.tf", Source),
            ("live/prod/terragrunt.hcl", $"terraform {{\n  source = \"{source}\"\n}}\ngenerate \"x\" {{\n  path = \"x.tf\"\n}}\n")));
    }

    [Fact]
    public void OtherModulesAreStillComplete()
    {
        Assert.Equal(["RPV0060", "RPV0063", "RPV0060"], Check(("modules/app/main.tf", Source), ("live/prod/locals.tf", Beside)));
        Assert.Contains("RPV0060", Check(("other/main.tf", Source), ("live/prod/terragrunt.hcl",
            "terraform {\n  source = \"git::https://example.com/x.git//other\"\n}\ngenerate \"x\" {\n  path = \"x.tf\"\n}\n")));
    }

    [Fact]
    public void ACallOfAPartIsNotHeldAgainstIt()
    {
        const string call = "module \"app\" {\n  source = \"../modules/app\"\n  size   = 1\n}\n"
            + "output \"a\" {\n  value = module.app.other\n}\n";
        Assert.Contains("RPV0010", Check(("root/main.tf", call), ("modules/app/main.tf", "variable \"region\" {}\n")));
        Assert.Empty(Check(("root/main.tf", call), ("modules/app/main.tf", "variable \"region\" {}\n"),
            ("modules/app/terragrunt.hcl", "include {\n  path = find_in_parent_folders()\n}\n")));
    }

    [Fact]
    public void NothingIsSaidOfTerragruntsOwnFiles() =>
        Assert.Empty(Check(("terragrunt.hcl", "inputs = {\n  a = get_env(\"A\")\n}\nfoo {}\n")));

    // Without what a module should have besides.
    private static List<string> Check(params (string Path, string Text)[] files) => [.. ManifestAnalysis.Check(
        [.. files.Select(file => Manifest.Parse(file.Path, file.Text))], new AnalysisOptions(Settings.Default)).Findings
        .Where(found => found.Rule.Id.StartsWith("RPV00", StringComparison.Ordinal)).Select(found => found.Rule.Id)];
}
