using Repave.Core.Analysis;
using Repave.Core.Dialects.Terraform.Rules;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Validation;

/// <summary>Attributes of values that have no such attribute, whatever is unknown of them, at the places where `terraform validate` 1.11 says
/// so of the same texts (<c>¦</c>); and those of which it says nothing.</summary>
public class AttributeCheckTests
{
    private const string Local = "locals {\n  o = { colour = 1 }\n}\n";
    private const string List = "variable \"v\" {\n  type = list(object({ first = string }))\n}\n";

    [Theory]
    [InlineData("locals {\n  o = { first = 1 }\n  b = local.o¦.missing\n}\n", "The object has no attribute 'missing'.")]
    [InlineData(Local + "output \"x\" {\n  value = local.o¦.color\n}\n", "The object has no attribute 'color'. Did you mean 'colour'?")]
    [InlineData("variable \"v\" {\n  type = object({ a = string, n = object({ b = number }) })\n}\noutput \"x\" {\n  value = var.v.n¦.c\n}\n",
        "The object has no attribute 'c'.")]
    [InlineData(List + "output \"x\" {\n  value = var.v[0]¦.second\n}\n", "The object has no attribute 'second'.")]
    [InlineData("locals {\n  o = \"a\"\n}\noutput \"x\" {\n  value = local.o¦.missing\n}\n",
        "A string has no attributes, so 'missing' is none of it.")]
    [InlineData(Local + "output \"x\" {\n  value = true ? local.o¦.missing : 1\n}\n", "The object has no attribute 'missing'.")]
    [InlineData("locals {\n  o = merge({ a = 1 }, { b = 1 })\n}\noutput \"x\" {\n  value = local.o¦.missing\n}\n",
        "The object has no attribute 'missing'.")]
    [InlineData("locals {\n  o = { a = 1 }\n  p = \"${local.o¦.missing}-x\"\n}\n", "The object has no attribute 'missing'.")]
    [InlineData("locals {\n  a = { b = { c = 1 } }\n  d = local.a.b\n  e = local.d¦.x\n}\n", "The object has no attribute 'x'.")]
    [InlineData("variable \"v\" {\n  type    = object({ a = string })\n  default = null\n}\noutput \"x\" {\n  value = var.v¦.b\n}\n",
        "The object has no attribute 'b'.")]
    [InlineData("variable \"v\" {\n  type = bool\n}\nlocals {\n  o = var.v ? { a = 1 } : { a = 2 }\n}\noutput \"x\" {\n  value = local.o¦.b\n}\n",
        "The object has no attribute 'b'.")]
    [InlineData("variable \"v\" {\n  type = object({ a = optional(string) })\n}\noutput \"x\" {\n  value = var.v.a\n}\n")]
    [InlineData("variable \"v\" {\n  type = any\n}\noutput \"x\" {\n  value = var.v.a.b\n}\n")]
    [InlineData("variable \"v\" {\n  type = map(string)\n}\noutput \"x\" {\n  value = var.v.a\n}\n")]
    [InlineData(Local + "output \"x\" {\n  value = try(local.o.missing, 1)\n}\n")]
    [InlineData(Local + "output \"x\" {\n  value = can(local.o.missing)\n}\n")]
    [InlineData(Local + "variable \"v\" {\n  type = bool\n}\noutput \"x\" {\n  value = var.v ? local.o.missing : 1\n}\n")]
    [InlineData(Local + "output \"x\" {\n  value = false ? local.o.missing : 1\n}\n")]
    [InlineData("variable \"v\" {\n  type = any\n}\nlocals {\n  o = merge({ a = 1 }, var.v)\n}\noutput \"x\" {\n  value = local.o.b\n}\n")]
    [InlineData("variable \"v\" {\n  type = map(string)\n}\nlocals {\n  o = merge({ a = \"1\" }, var.v)\n}\noutput \"x\" {\n"
        + "  value = local.o.b\n}\n")]
    [InlineData("locals {\n  o = { a = { x = 1 } }\n}\nresource \"terraform_data\" \"d\" {\n  for_each = local.o\n"
        + "  input    = local.o[each.key].z\n}\n")]
    [InlineData("resource \"terraform_data\" \"d\" {\n  input = { a = 1 }\n}\nlocals {\n  o = { r = terraform_data.d }\n}\noutput \"x\" {\n"
        + "  value = local.o.r.output.b\n}\n")]
    public void TheFindingOf(string marked, string? expected = null)
    {
        var text = marked.Replace("¦", "", StringComparison.Ordinal);
        var found = ManifestAnalysis.Check([Manifest.Parse("main.tf", text)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error).ToList();
        if (expected is null)
        {
            Assert.Empty(found);
            return;
        }

        var finding = Assert.Single(found);
        Assert.Equal((expected, marked.IndexOf('¦', StringComparison.Ordinal)), (finding.Message, finding.FileSpan.Start));
        Assert.IsType<UndeclaredReference>(finding.Rule);
    }

    [Theory]
    [InlineData("regon = \"x\"", "Unknown argument 'regon'. Did you mean 'region'?")]
    [InlineData("region = \"x\"\nalias = \"other\"")]
    [InlineData("default_tags {\ntag = {}\n}", "Unknown argument 'tag'. Did you mean 'tags'?")]
    [InlineData("max_retries = \"many\"", "The value does not fit 'max_retries': a number is required.")]
    [InlineData("assume_role {\nrole_arn = \"arn:aws:iam::123456789012:role/a\"\n}")]
    public void TheBlockOfAProviderIsCheckedToo(string body, string? expected = null)
    {
        const string Terraform = "terraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n"
            + "      version = \"~> 5.80\"\n    }\n  }\n}\n";
        var found = ManifestAnalysis.Check([Manifest.Parse("main.tf", $"{Terraform}provider \"aws\" {{\n{body}\n}}\n")],
            new AnalysisOptions(Settings.Default)).Findings.Where(f => f.Severity == Severity.Error);
        Assert.Equal(expected is null ? [] : [expected], found.Select(f => f.Message));
    }
}
