using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Tests.Dialects.Terraform;

/// <summary>What expressions of modules mean: variables, locals, instances, calls.</summary>
public sealed class ModuleEvaluationTests
{
    private const string Main = """
        variable "names" {
          type    = set(string)
          default = ["a", "b"]
        }

        variable "size" {
          type    = object({ cpu = number, memory = optional(number, 512) })
          default = { cpu = "2" }
        }

        variable "secret" {
          type      = string
          default   = "x"
          sensitive = true
        }

        locals {
          upper  = [for n in var.names : upper(n)]
          loop   = local.around
          around = local.loop
        }

        resource "terraform_data" "each" {
          for_each = var.names
          input    = "${each.key}-${var.size.memory}"
        }

        resource "terraform_data" "many" {
          count = length(local.upper)
          input = local.upper[count.index]
        }

        resource "terraform_data" "ports" {
          dynamic "port" {
            for_each = [80, 443]
            content {
              number = port.value
            }
          }
        }

        module "net" {
          source   = "./net"
          for_each = var.names
          name     = each.value
        }
        """;

    private const string Net = """
        variable "name" {
          type = string
        }

        output "id" {
          value = "net-${var.name}"
        }
        """;

    [Theory]
    [InlineData("var.size.cpu + 1", "3")]
    [InlineData("var.size.memory", "512")]
    [InlineData("local.upper", "[\n  \"A\",\n  \"B\",\n]")]
    [InlineData("local.loop", "(known after apply)")]
    [InlineData("terraform_data.each[\"a\"].input", "\"a-512\"")]
    [InlineData("terraform_data.many[1].input", "\"B\"")]
    [InlineData("terraform_data.many[*].input", "[\n  \"A\",\n  \"B\",\n]")]
    [InlineData("terraform_data.many[0].id", "(known after apply)")]
    [InlineData("terraform_data.ports.port[1].number", "443")]
    [InlineData("module.net[\"b\"].id", "\"net-b\"")]
    [InlineData("[for n in module.net : n.id]", "[\n  \"net-a\",\n  \"net-b\",\n]")]
    [InlineData("\"${var.secret}!\"", "(sensitive value)")]
    [InlineData("path.module", "\".\"")]
    public void ExpressionsMeanWhatTheModuleSays(string expression, string expected)
    {
        var value = Tree().Root.Evaluate(HclLanguage.ParseExpression(expression)!);
        Assert.Equal(expected, ConsoleText.Of(value));
    }

    [Fact]
    public void ModulesHaveTheAddressesOfTheirCalls() =>
        Assert.Equal(["", "module.net[\"a\"]", "module.net[\"b\"]"],
            Tree().All.Select(m => m.Address).Order(StringComparer.Ordinal));

    [Fact]
    public void ValuesThatAreGivenComeBeforeDefaults()
    {
        Manifest[] manifests =
        [
            Manifest.Parse("main.tf", Main), Manifest.Parse("net/main.tf", Net), Manifest.Parse("terraform.tfvars", "names = [\"z\"]\n"),
            Manifest.Parse("b.auto.tfvars", "names = [\"y\"]\n"), Manifest.Parse("other.tfvars", "names = [\"x\"]\n"),
        ];
        var tree = new ConfigurationTree(TerraformModule.All(manifests), "", ConfigurationTree.Assigned(manifests, ""));
        Assert.Equal("toset([\n  \"y\",\n])", ConsoleText.Of(tree.Root.Variable("names")));
    }

    [Fact]
    public void OverridingFilesHaveTheLastWord()
    {
        Manifest[] manifests =
        [
            Manifest.Parse("main.tf", "locals {\n  a = 1\n}\nresource \"terraform_data\" \"x\" {\n  input = 1\n}\n"),
            Manifest.Parse("x_override.tf", "locals {\n  a = 2\n}\nresource \"terraform_data\" \"x\" {\n  input = 3\n}\n"),
        ];
        var tree = new ConfigurationTree(TerraformModule.All(manifests), "");
        Assert.Equal("2", ConsoleText.Of(tree.Root.Local("a")));
        Assert.Equal("3", ConsoleText.Of(tree.Root.Evaluate(HclLanguage.ParseExpression("terraform_data.x.input")!)));
    }

    [Fact]
    public void ConfigurationsInJsonMeanTheSame()
    {
        Manifest[] manifests =
        [
            Manifest.Parse("main.tf.json", """
                {"variable": {"n": {"type": "number", "default": 2}}, "locals": {"double": "${var.n * 2}", "text": "n is ${var.n}"},
                 "resource": {"terraform_data": {"x": {"count": "${var.n}", "input": "${local.text}"}}}}
                """),
        ];
        var tree = new ConfigurationTree(TerraformModule.All(manifests), "");
        Assert.Equal("4", ConsoleText.Of(tree.Root.Local("double")));
        Assert.Equal("\"n is 2\"", ConsoleText.Of(tree.Root.Evaluate(HclLanguage.ParseExpression("terraform_data.x[1].input")!)));
    }

    private static ConfigurationTree Tree()
    {
        Manifest[] manifests = [Manifest.Parse("main.tf", Main), Manifest.Parse("net/main.tf", Net)];
        return new ConfigurationTree(TerraformModule.All(manifests), "");
    }
}
