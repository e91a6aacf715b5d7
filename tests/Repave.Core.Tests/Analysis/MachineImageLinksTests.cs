using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Analysis;

/// <summary>Machine images that one file builds, with the files that look for them, whatever language each is written in.</summary>
public class MachineImageLinksTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("images/web.pkr.hcl", """
            variable "team" { default = "shop" }
            variable "secret_suffix" {
              default   = "hunter2"
              sensitive = true
            }
            locals {
              stamp = formatdate("YYYYMMDD", timestamp())
              name  = "${var.team}-web"
            }
            source "amazon-ebs" "web" {
              ami_name = "${local.name}-${local.stamp}"
              source_ami_filter {
                filters     = { name = "shop-base-*", virtualization-type = "hvm" }
                owners      = ["self"]
                most_recent = true
              }
            }
            source "googlecompute" "web" {
              image_name   = "web-{{timestamp}}"
              image_family = "shop-web"
            }
            build {
              sources = ["source.amazon-ebs.web"]
              source "amazon-ebs.web" {
                ami_name = "arm-${local.name}-1"
              }
            }
            """),
        ("images/base.json", """
            {
              "variables": {"name": "shop-base"},
              "builders": [{"type": "amazon-ebs", "ami_name": "{{user `name`}}-{{isotime}}",
                "source_ami_filter": {"filters": {"name": "debian-12-*"}, "owners": "amazon"}}]
            }
            """),
        ("images/packer-manifest.json", """
            {"builds": [{"name": "web", "builder_type": "amazon-ebs", "artifact_id": "eu-west-1:ami-0a1,us-east-1:ami-0a2"},
              {"name": "box", "builder_type": "virtualbox-iso", "artifact_id": "VM"}], "last_run_uuid": "6d5d3185"}
            """),
        ("infra/main.tf", """
            locals {
              team = "shop"
            }
            resource "aws_instance" "fixed" {
              ami = "ami-0a2"
            }
            resource "aws_instance" "other" {
              ami = "ami-0a3"
            }
            data "aws_ami" "web" {
              owners      = ["self"]
              most_recent = true
              filter {
                name   = "name"
                values = ["${local.team}-web-*"]
              }
            }
            data "aws_ami" "arm" {
              owners     = [data.aws_caller_identity.me.account_id]
              name_regex = "^arm-shop-web-\\d+$"
            }
            data "aws_ami" "debian" {
              owners = ["136693071363"]
              filter {
                name   = "name"
                values = ["debian-12-amd64-*"]
              }
            }
            data "google_compute_image" "web" {
              family = "shop-web"
            }
            resource "aws_imagebuilder_image_recipe" "golden" {
              name         = "Golden Base"
              version      = "1.0.0"
              parent_image = "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x"
            }
            resource "aws_launch_template" "web" {
              image_id = "resolve:ssm:/images/golden"
            }
            data "aws_ssm_parameter" "arm" {
              name = "/images/golden-arm"
            }
            data "aws_ssm_parameter" "other" {
              name = "/aws/other"
            }
            resource "aws_instance" "arm" {
              ami = data.aws_ssm_parameter.arm.value
            }
            resource "aws_ssm_parameter" "arm" {
              name = "/images/golden-arm"
            }
            resource "aws_ssm_parameter" "other" {
              name = "/aws/other"
            }
            """),
        ("stacks/golden.yaml", """
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters:
              Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /images/golden}
              Team: {Type: String, Default: shop}
            Resources:
              Distribution:
                Type: AWS::ImageBuilder::DistributionConfiguration
                Properties:
                  Name: golden
                  Distributions:
                    - Region: eu-west-1
                      AmiDistributionConfiguration:
                        Name: !Sub "${Team}-golden-{{ imagebuilder:buildDate }}"
                      SsmParameterConfigurations: [{ParameterName: /images/golden}]
              Recipe:
                Type: AWS::ImageBuilder::ImageRecipe
                Properties:
                  Name: web
                  Version: 1.0.0
                  ParentImage: !Sub "arn:${AWS::Partition}:imagebuilder:${AWS::Region}:${AWS::AccountId}:image/golden-base/x.x.x"
              Web:
                Type: AWS::EC2::Instance
                Properties: {ImageId: !Ref Image}
            """),
    ];

    private static readonly ManifestAnalysis Analysis = Of(Files);

    private static ManifestAnalysis Of(params (string Path, string Text)[] files) => ManifestAnalysis.Of(
        [.. files.Select(f => Manifest.Parse(f.Path, f.Text))],
        new AnalysisOptions(new Settings { Rules = new Dictionary<string, Severity> { ["RPV1009"] = Severity.Info } }));

    [Theory]
    [InlineData("infra/main.tf", "${local.team}-web-*", "images/web.pkr.hcl:\"${local.name}-${local.stamp}\"")]
    [InlineData("infra/main.tf", "^arm-shop-web-", "images/web.pkr.hcl:\"arm-${local.name}-1\"")]
    [InlineData("infra/main.tf", "debian-12-amd64", "")]
    [InlineData("infra/main.tf", "\"shop-web\"", "images/web.pkr.hcl:\"shop-web\"")]
    [InlineData("infra/main.tf", "ami-0a2", "images/packer-manifest.json:\"eu-west-1:ami-0a1,us-east-1:ami-0a2\"")]
    [InlineData("infra/main.tf", "ami-0a3", "")]
    [InlineData("infra/main.tf", "/aws/other", "")]
    [InlineData("infra/main.tf", "/images/golden-arm", "infra/main.tf:\"/images/golden-arm\"")]
    [InlineData("infra/main.tf", "resolve:ssm:", "stacks/golden.yaml:/images/golden")]
    [InlineData("images/web.pkr.hcl", "shop-base-*", "images/base.json:\"{{user `name`}}-{{isotime}}\"")]
    [InlineData("images/base.json", "debian-12-*", "")]
    [InlineData("stacks/golden.yaml", "/images/golden}\n", "stacks/golden.yaml:/images/golden")]
    [InlineData("stacks/golden.yaml", "arn:${AWS", "infra/main.tf:\"Golden Base\"")]
    public void ALookupLeadsToTheBuildOfSuchAName(string path, string at, string builds)
    {
        Assert.Equal(builds, string.Join(" ", Analysis.MachineImages.BuildsAt(path, OffsetOf(path, at))
            .Select(build => Shown(MachineImageLinks.PlaceOf(build)))));
    }

    [Theory]
    [InlineData("images/web.pkr.hcl", "${local.name}-${local.stamp}", "infra/main.tf:\"${local.team}-web-*\"")]
    [InlineData("images/base.json", "{{user", "images/web.pkr.hcl:\"shop-base-*\"")]
    [InlineData("stacks/golden.yaml", "${Team}-golden", "")]
    [InlineData("stacks/golden.yaml", "/images/golden}]", "infra/main.tf:\"resolve:ssm:/images/golden\" stacks/golden.yaml:/images/golden")]
    public void ABuildLeadsToThoseThatLookForItsImages(string path, string at, string uses)
    {
        Assert.Equal(uses, string.Join(" ", Analysis.MachineImages.UsesAt(path, OffsetOf(path, at))
            .Select(use => Shown(MachineImageLinks.PlaceOf(use)))));
    }

    [Fact]
    public void WhatIsKnownOfAnImageIsSaidInBothPlaces()
    {
        Assert.Equal("Built by source `amazon-ebs.web` in images/web.pkr.hcl.",
            Analysis.MachineImages.DescribeAt("infra/main.tf", OffsetOf("infra/main.tf", "${local.team}-web-*"))!.Value.Text);
        Assert.Equal("Used by aws_ami `web` in infra/main.tf.",
            Analysis.MachineImages.DescribeAt("images/web.pkr.hcl", OffsetOf("images/web.pkr.hcl", "${local.name}-"))!.Value.Text);
        Assert.Null(Analysis.MachineImages.DescribeAt("infra/main.tf", OffsetOf("infra/main.tf", "debian-12")));
    }

    [Theory]
    // Nothing is called so.
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"self\"]", "api-*", "api-*")]
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [data.aws_caller_identity.me.account_id]", "api-*", "api-*")]
    // It may be called so.
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"self\"]", "web-*", "")]
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"self\"]", "*", "")]
    [InlineData("ami_name = \"${var.name}-{{timestamp}}\"", "owners = [\"self\"]", "api-*", "")]
    [InlineData("ami_name = \"${local.stamp}\"", "owners = [\"self\"]", "api-*", "")]
    // Somebody else may have built it.
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"self\", \"amazon\"]", "api-*", "")]
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"123456789012\"]", "api-*", "")]
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = var.owners", "api-*", "")]
    [InlineData("ami_name = \"web-{{timestamp}}\"", "", "api-*", "")]
    // What is looked for is not known.
    [InlineData("ami_name = \"web-{{timestamp}}\"", "owners = [\"self\"]", "${var.image}-*", "")]
    // Nothing here builds images of that kind.
    [InlineData("image = \"web\"", "owners = [\"self\"]", "api-*", "")]
    public void ALookupAmongOnesOwnThatNothingMakesIsFound(string build, string owners, string name, string found)
    {
        var analysis = Of(("images/web.pkr.hcl", $$"""
            variable "name" { default = "web" }
            locals { stamp = timestamp() }
            source "amazon-ebs" "web" {
              {{build}}
            }
            """), ("main.tf", $$"""
            variable "image" { default = "api" }
            variable "owners" { default = ["self"] }
            data "aws_ami" "api" {
              {{owners}}
              filter {
                name   = "name"
                values = ["{{name}}"]
              }
            }
            """));
        Assert.Equal(found.Length == 0 ? [] : [$"No build in this workspace makes an image whose name matches '{found}'."],
            analysis.Findings("main.tf").Where(f => f.Rule == ImageNobodyBuilds.Instance).Select(f => f.Message));
    }

    [Theory]
    [InlineData("db-*", "Nothing in this workspace looks for images named 'web-*'.")]
    [InlineData("web-1.*", null)]
    [InlineData("*", null)]
    public void ABuildThatNothingLooksForIsFoundWhereTheRuleIsOn(string lookup, string? found)
    {
        var files = new (string, string)[]
        {
            ("web.json", "{\"builders\": [{\"type\": \"amazon-ebs\", \"ami_name\": \"web-{{timestamp}}\"}]}"),
            ("main.tf", $"data \"aws_ami\" \"web\" {{\n  filter {{\n    name   = \"name\"\n    values = [\"{lookup}\"]\n  }}\n}}\n"),
        };
        Assert.Equal(found is null ? [] : [found],
            Of(files).Findings("web.json").Where(f => f.Rule == ImageNobodyUses.Instance).Select(f => f.Message));
        var usual = ManifestAnalysis.Of([.. files.Select(f => Manifest.Parse(f.Item1, f.Item2))], new AnalysisOptions(Settings.Default));
        Assert.DoesNotContain(usual.Findings("web.json"), f => f.Rule == ImageNobodyUses.Instance);
    }

    [Fact]
    public void SecretsInNamesAreNotSaid()
    {
        var analysis = Of(("web.pkr.hcl", Files[0].Text + """

            source "amazon-ebs" "odd" {
              ami_name = "hidden-${var.secret_suffix}-x"
            }
            """));
        var all = analysis.Findings("web.pkr.hcl").Select(f => f.Message).ToList();
        Assert.Contains(all, message =>
            message.StartsWith("Nothing in this workspace looks for images named 'hidden-", StringComparison.Ordinal));
        Assert.DoesNotContain(all, message => message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void NamesOfManyLocalsEnd()
    {
        var locals = string.Concat(Enumerable.Range(0, 50).Select(i => $"  n{i} = \"${{local.n{i + 1}}}${{local.n{i + 1}}}\"\n"));
        var analysis = Of(("web.pkr.hcl", $"locals {{\n{locals}  n50 = \"${{local.n0}}\"\n}}\n"
            + "source \"amazon-ebs\" \"a\" {\n  ami_name = local.n0\n}\n"));
        Assert.NotNull(analysis.MachineImages);
    }

    private static int OffsetOf(string path, string at) =>
        Array.Find(Files, f => f.Path == path).Text.IndexOf(at, StringComparison.Ordinal) is var offset and >= 0 ? offset + at.Length / 2
            : throw new ArgumentException(at);

    private static string Shown(Place place) =>
        $"{place.File.Path}:{place.File.Source.Text.Content.Substring(place.FileSpan.Start, place.FileSpan.Length)}";
}
