using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Terraform.Validation;

/// <summary>Files that <c>templatefile</c> fills in: what they name and are not given, and what is found in what they become.</summary>
public sealed class TemplateFileTests
{
    // What Terraform 1.11 says of the same ("vars map does not contain key …") on a console.
    [Theory]
    [InlineData("name ${x}", "{ x = 1 }", "")]
    [InlineData("name ${x}", "{ x = 1, z = 2 }", "")]
    [InlineData("name ${x}", "{ \"x\" = 1 }", "")]
    [InlineData("name ${x}", "{}", "x")]
    [InlineData("name ${x} ${x}", "{}", "x")]
    [InlineData("$${x} %%{ if x }", "{}", "")]
    [InlineData("%{ for i, j in xs }${i}${j}%{ endfor }${i}", "{ xs = [] }", "i")]
    [InlineData("%{ if false }${gone}%{ endif }", "{}", "gone")]
    [InlineData("${[for k in [1] : k][0]} ${upper(x)}", "{ y = 1 }", "x")]
    [InlineData("${path.module}", "{ x = 1 }", "path")]
    // What is not known is left alone, and so is what is no template.
    [InlineData("name ${x}", "merge({ y = 1 }, local.more)", "")]
    [InlineData("name ${x}", "local.more", "")]
    [InlineData("name ${x}", "{ (local.key) = 1 }", "")]
    [InlineData("name ${x", "{}", "")]
    public void ATemplateIsGivenWhatItNames(string template, string variables, string missing)
    {
        var findings = Analysis(template, variables).Findings("net/main.tf").Where(f => f.Rule.Id == "RPV0060").ToList();
        Assert.Equal(missing.Length == 0 ? []
            : [$"The template 'x.sh.tftpl' uses '{missing}', which is not among the variables that it is given."],
            findings.Select(f => f.Message));
        Assert.All(findings, f => Assert.Equal(missing, Shown(Assert.Single(f.Related).Place)));
    }

    [Theory]
    [InlineData("templatefile(\"x.sh.tftpl\", {})", true)]
    [InlineData("base64encode(templatefile(\"./x.sh.tftpl\", {}))", true)]
    [InlineData("templatefile(\"${path.module}/x.sh.tftpl\", {})", true)]
    [InlineData("templatefile(\"../net/x.sh.tftpl\", {})", true)]
    [InlineData("templatefile(\"${path.root}/x.sh.tftpl\", {})", false)]
    [InlineData("templatefile(\"${path.module}/${local.key}\", {})", false)]
    [InlineData("templatefile(\"y.sh.tftpl\", {})", false)]
    [InlineData("templatefile([\"x.sh.tftpl\", {}]...)", false)]
    public void TheFileIsTheOneThatIsNamed(string call, bool isFound)
    {
        var findings = Of(("net/main.tf", $"output \"o\" {{\n  value = {call}\n}}\n"), ("net/x.sh.tftpl", "${x}")).Findings("net/main.tf");
        Assert.Equal(isFound, findings.Any(f => f.Message.StartsWith("The template 'x.sh.tftpl' uses", StringComparison.Ordinal)));
    }

    [Theory]
    // Found only once values are there.
    [InlineData("package_update: ${update}\n", "{ update = \"sometimes\" }", "RPV0011 update")]
    [InlineData("package_update: ${update}\n", "{ update = true }", "")]
    [InlineData("package_update: ${update}\n", "{ update = var.update }", "")]
    [InlineData("package_update: ${update}\n", "{ update = local.update }", "RPV0011 update")]
    [InlineData("%{ if update }\npackage_update: sometimes\n%{ endif }\n", "{ update = true }", "RPV0011 sometimes")]
    [InlineData("%{ if update }\npackage_update: sometimes\n%{ endif }\n", "{ update = false }", "")]
    [InlineData("%{ if update }\npackage_update: sometimes\n%{ endif }\n", "{ update = var.update }", "")]
    [InlineData("users:\n%{ for u in users ~}\n  - nam: ${u}\n%{ endfor ~}\n", "{ users = [\"a\", \"b\"] }", "RPV0010 nam\nRPV0012 nam")]
    [InlineData("users:\n%{ for u in users ~}\n  - name: ${u}\n%{ endfor ~}\n", "{ users = [\"a\", \"b\"] }", "")]
    [InlineData("users:\n%{ for u in users ~}\n  - nam: ${u}\n%{ endfor ~}\n", "{ users = var.users }", "")]
    [InlineData("package_update: ${update ? \"sometimes\" : true}\n", "{ update = var.update }", "")]
    [InlineData("package_update: ${update ? \"sometimes\" : true}\n", "{ update = true }", "RPV0011 update ? \"sometimes\" : true")]
    [InlineData("${rest}\npackage_update: sometimes\n", "{ rest = var.rest }", "")]
    [InlineData("${rest}\n", "{ rest = \"package_update: sometimes\" }", "RPV0011 rest")]
    // Found in the file as it stands, and said once.
    [InlineData("package_update: sometimes\nhostname: ${name}\n", "{ name = \"web\" }", "RPV0011 sometimes")]
    // A secret is not filled in.
    [InlineData("package_update: ${update}\n", "{ update = sensitive(\"hunter2\") }", "")]
    public void ACloudConfigIsCheckedAsWhatItBecomes(string template, string variables, string expected) => Assert.Equal(expected,
        Found(Of(("main.tf", Group($"templatefile(\"${{path.module}}/init.yaml.tftpl\", {variables})")),
            ("init.yaml.tftpl", "#cloud-config\n" + template)), "init.yaml.tftpl"));

    [Fact]
    public void WhoFillsItInIsSaid()
    {
        var analysis = Of(("main.tf", Group("templatefile(\"init.tftpl\", { update = \"sometimes\" })")),
            ("init.tftpl", "#cloud-config\npackage_update: ${update}\n"));
        var related = Assert.Single(Assert.Single(analysis.Findings("init.tftpl")).Related);
        Assert.Equal("aws_launch_template.web fills it in", related.Message);
        Assert.Equal(("main.tf", "templatefile"), (related.Place.File.Path, Shown(related.Place)));
    }

    [Fact]
    public void APartOfUserDataIsWhatItsTypeSays()
    {
        const string parts = """
            data "cloudinit_config" "web" {
              part {
                content_type = "text/cloud-config"
                content      = templatefile("init.tftpl", { update = "sometimes" })
              }
              part {
                content_type = "text/x-shellscript"
                content      = templatefile("run.tftpl", { update = "sometimes" })
              }
            }
            """;
        var analysis = Of(("main.tf", parts), ("init.tftpl", "package_update: ${update}\n"), ("run.tftpl", "package_update: ${update}\n"));
        Assert.Equal("RPV0011 update", Found(analysis, "init.tftpl"));
        Assert.Equal("", Found(analysis, "run.tftpl"));
    }

    // The marked place is what is found.
    [Theory]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode({ package_update = [|\"sometimes\"|], hostname = var.rest })}\"")]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode({ users = [{ [|nam|] = \"a\", name = \"b\" }] })}\"")]
    [InlineData("user_data = <<-EOT\n#cloud-config\n${jsonencode({ package_update = [|\"sometimes\"|] })}\nEOT\n")]
    [InlineData("user_data = join(\"\\n\", [\"#cloud-config\", yamlencode({ package_update = [|\"sometimes\"|] })])")]
    [InlineData("user_data = format(\"#cloud-config\\n%s\", yamlencode({ package_update = [|\"sometimes\"|] }))")]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode({ package_update = true, users = var.users, (local.update) = 1 })}\"")]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode({ package_update = var.update, write_files = [for u in var.users : { path = u }] })}\"")]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode(local.update)}\"")]
    [InlineData("user_data = \"#cloud-config\\n${yamlencode(merge({ package_update = \\\"sometimes\\\" }, {}))}\"")]
    [InlineData("part {\n  content_type = \"text/cloud-config\"\n  content = yamlencode({ package_update = [|\"sometimes\"|] })\n}\n")]
    [InlineData("part {\n  content_type = \"text/x-shellscript\"\n  content = yamlencode({ package_update = \"sometimes\" })\n}\n")]
    [InlineData("part {\n  content_type = \"text/cloud-config\"\n  content = <<-EOT\n    package_update: [|sometimes|]\n  EOT\n}\n")]
    [InlineData("part {\n  content_type = \"text/cloud-config\"\n  content = <<-EOT\n    #cloud-config\n    package_update: [|sometimes|]\n  EOT\n}\n")]
    public void WhatIsEncodedHasItsPlaces(string marked)
    {
        var body = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var expected = marked.IndexOf("[|", StringComparison.Ordinal) is >= 0 and var at
            ? marked[(at + 2)..marked.IndexOf("|]", StringComparison.Ordinal)] : null;
        var analysis = Of(("main.tf", $"data \"cloudinit_config\" \"web\" {{\n{body}\n}}\n"));
        Assert.Equal(expected is null ? [] : [expected], analysis.Findings("main.tf")
            .Where(finding => finding.Rule.Id is "RPV0010" or "RPV0011" && finding.Message.IndexOf("rgument", StringComparison.Ordinal) < 0)
            .Select(finding => Shown(finding.Place)));
    }

    [Theory]
    [InlineData("x.yaml.tpl", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers: ${containers}\n")]
    [InlineData("x.yaml.tftpl", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n%{ if x }\n  nodeName: b\n%{ endif }\n")]
    public void ATemplateIsNobodysManifest(string path, string text)
    {
        var result = ManifestAnalysis.Check([Manifest.Parse(path, text)], new AnalysisOptions(Settings.Default));
        Assert.Empty(result.Findings);
        Assert.Equal((0, 0), (result.Resources, result.Documents));
    }

    [Fact]
    public void AnEditOfEitherFileIsSeenOnceItSettles()
    {
        var (good, bad) = ("templatefile(\"init.tftpl\", { update = true })", "templatefile(\"init.tftpl\", { update = \"sometimes\" })");
        var analysis = Of(("main.tf", Group(good)), ("init.tftpl", "#cloud-config\npackage_update: ${update}\n"));
        Assert.Equal("", Found(analysis, "init.tftpl"));
        analysis = analysis.Settle([Manifest.Parse("main.tf", Group(bad))], []);
        Assert.Equal("RPV0011 update", Found(analysis, "init.tftpl"));
        analysis = analysis.Settle([Manifest.Parse("init.tftpl", "#cloud-config\nhostname: ${update}\n")], []);
        Assert.Equal("", Found(analysis, "init.tftpl"));
    }

    [Theory]
    [InlineData("templatefile(\"${path.module}/files/init.tpl\", {})", "files/init.tpl")]
    [InlineData("file(\"./user-data\")", "./user-data")]
    [InlineData("file(\"../shared/boot.cfg\")", "../shared/boot.cfg")]
    [InlineData("file(\"a.yaml\")", "")]
    [InlineData("file(\"~/.ssh/id_rsa\")", "")]
    [InlineData("file(\"keys/id_ed25519\")", "")]
    [InlineData("file(\"tls.key\")", "")]
    [InlineData("file(\"/etc/passwd\")", "")]
    [InlineData("file(\"${var.name}.cfg\")", "")]
    [InlineData("filebase64(\"x.cfg\")", "")]
    public void FilesThatAModuleNamesAreReadToo(string call, string named) =>
        Assert.Equal(named, string.Join(" ", DialectCatalogue.FilesNamedIn("net/main.tf", $"locals {{\n  a = {call}\n}}\n")));

    private static string Group(string userData) => $$"""
        locals {
          update = "sometimes"
        }
        variable "update" {
          type    = string
          default = "sometimes"
        }
        variable "users" {
          type    = list(string)
          default = ["a"]
        }
        variable "rest" {
          type = string
        }
        resource "aws_launch_template" "web" {
          user_data = base64encode({{userData}})
        }
        output "all" {
          value = [local.update, var.update, var.users, var.rest]
        }
        """;

    private static ManifestAnalysis Analysis(string template, string variables) => Of(
        ("net/main.tf", "locals {\n  key  = \"x\"\n  more = { x = 1 }\n}\n" + $"output \"o\" {{\n  value = templatefile(\"${{path.module}}/x.sh.tftpl\", {variables})\n}}\n"),
        ("net/x.sh.tftpl", template));

    private static ManifestAnalysis Of(params (string Path, string Text)[] files) =>
        ManifestAnalysis.Of([.. files.Select(f => Manifest.Parse(f.Path, f.Text))], new AnalysisOptions(Settings.Default));

    private static string Found(ManifestAnalysis analysis, string path) =>
        string.Join("\n", analysis.Findings(path).Select(finding => $"{finding.Rule.Id} {Shown(finding.Place)}"));

    private static string Shown(Place place) =>
        place.File.Source.Text.Content.Substring(place.FileSpan.Start, place.FileSpan.Length);
}
