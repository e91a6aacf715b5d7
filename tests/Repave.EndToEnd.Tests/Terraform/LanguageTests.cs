using System.Text.Json.Nodes;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>What the language itself demands: the real <c>terraform validate</c> refuses the same texts, in the same lines.</summary>
public sealed class LanguageTests
{
    private const string Some = """
        resource "terraform_data" "counted" {
          count = 2
        }
        resource "terraform_data" "keyed" {
          for_each = toset(["a"])
        }
        resource "terraform_data" "one" {
          input = 1
        }

        """;

    /// <summary>Texts, and whether the resources above stand before them.</summary>
    public static TheoryData<string, bool> Texts => new()
    {
        { "output \"x\" {\n  value = terraform_data.counted.id\n}\n", true },
        { "output \"x\" {\n  value = terraform_data.keyed.id\n}\n", true },
        { "output \"x\" {\n  value = terraform_data.one[0].id\n}\n", true },
        { "output \"x\" {\n  value = [terraform_data.counted[*].id, terraform_data.counted.*.id, terraform_data.counted[0].id]\n}\n", true },
        { "output \"x\" {\n  value = [terraform_data.keyed[\"a\"].id, values(terraform_data.keyed)[*].id, terraform_data.one[*].id]\n}\n", true },
        { "output \"x\" {\n  value = each.key\n}\n", true },
        { "output \"x\" {\n  value = self.id\n}\n", true },
        { "output \"x\" {\n  value = path.modul\n}\n", true },
        { "output \"x\" {\n  value = terraform.workspce\n}\n", true },
        { "resource \"terraform_data\" \"y\" {\n  input = each.key\n}\n", true },
        { "resource \"terraform_data\" \"y\" {\n  for_each = {}\n  input = count.index\n}\n", true },
        { "resource \"terraform_data\" \"y\" {\n  for_each = {}\n  input = each.name\n}\n", true },
        { "resource \"terraform_data\" \"y\" {\n  for_each = {}\n  input = [each.key, each.value]\n}\n", true },
        { "locals {\n  a = each.key\n}\n", true },
        { "output \"x\" {\n  value = 1\n}\noutput \"y\" {\n  value = output.x\n}\n", false },
        { "variable \"x\" {\n  typ = string\n}\n", false },
        { "variable \"x\" {\n  default = var.y\n}\nvariable \"y\" {}\n", false },
        { "variable \"x\" {\n  default = upper(\"a\")\n}\n", false },
        { "variable \"x\" {\n  default = { a = [1, \"b\", null, true] }\n}\n", false },
        { "variable \"x\" {\n  validation {\n    error_message = \"No.\"\n  }\n}\n", false },
        { "variable \"x\" {\n  validation {\n    condition = 1 > 0\n    error_message = \"No.\"\n  }\n}\n", false },
        { "variable \"for_each\" {}\n", false },
        { "resource \"terraform_data\" \"1x\" {}\n", false },
        { "output \"x\" {\n  value = 1\n  sensitiv = true\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  lifecycle {\n    prevent_destory = true\n  }\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  lifecycle {\n    prevent_destroy = true\n  }\n  lifecycle {}\n}\n", false },
        { "variable \"x\" {}\nresource \"terraform_data\" \"y\" {\n  lifecycle {\n    replace_triggered_by = [var.x]\n  }\n}\n", false },
        { "terraform {\n  required_version = \">= x\"\n}\n", false },
        { "terraform {\n  required_version = \">= 1.0, < 99.0.0\"\n}\n", false },
        { "terraform {\n  backend \"local\" {}\n  backend \"local\" {}\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  inputt = 1\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  input {\n  }\n}\n", false },
        { "output \"x\" {\n  value = terraform_data.one.nope\n}\n", true },
        { "data \"terraform_remote_state\" \"x\" {\n}\n", false },
        { "output \"x\" {\n  value = word\n}\n", false },
        { "output \"x\" {\n  value = { word = [for word in [1] : word] }\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  count = null\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  for_each = toset([1, 2])\n}\n", false },
        { "removed {\n  from = terraform_data.z[0]\n}\n", false },
        { "import {\n  to = terraform_data.one\n}\n", true },
        { "import {\n  to = terraform_data.one[0]\n  id = \"x\"\n}\n", true },
        { "import {\n  to = terraform_data.counted\n  id = \"x\"\n}\n", true },
        { "import {\n  to = terraform_data.keyed\n  id = \"x\"\n}\n", true },
        { "import {\n  to = terraform_data.counted[0]\n  id = \"x\"\n}\n", true },
        { "import {\n  for_each = toset([\"a\"])\n  to = terraform_data.keyed[each.key]\n  id = each.key\n}\n", true },
        { "moved {\n  from = terraform_data.one[0]\n  to = terraform_data.one\n}\n", true },
        { "moved {\n  from = terraform_data.counted\n  to = terraform_data.counted[0]\n}\n", true },
        { "moved {\n  from = terraform_data.gone[\"a\"]\n  to = terraform_data.one\n}\n", true },
        { "removed {\n  from = terraform_data.gone\n}\n", true },
        { "check \"x\" {\n}\n", false },
        { "variable \"x\" {\n  type = \"string\"\n}\n", false },
        { "terraform {\n  required_providers {\n  }\n}\nterraform {\n  required_providers {\n  }\n}\n", false },
        { "variable \"x\" {}\nresource \"terraform_data\" \"y\" {\n  provisioner \"local-exec\" {\n    when = destroy\n    command = var.x\n  }\n}\n", false },
        { "resource \"terraform_data\" \"y\" {\n  provisioner \"local-exec\" {\n    when = destroy\n    on_failure = continue\n    command = self.id\n  }\n}\n", false },
        { "check \"x\" {\n  assert {\n    condition = terraform_data.one.id != \"\"\n  }\n}\n", true },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void WhatTerraformRefusesIsFound(string text, bool isBehindResources)
    {
        Assert.SkipUnless(Programs.Exist("terraform"), "There is no terraform on the PATH.");
        text = isBehindResources ? Some + text : text;
        var folder = Directory.CreateTempSubdirectory("repave-language-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "main.tf"), text);
            Run(folder, "init", "-backend=false", "-no-color", "-input=false");
            var answer = JsonNode.Parse(Run(folder, "validate", "-json", "-no-color"))!;
            var refused = answer["diagnostics"]!.AsArray().Where(d => (string?)d!["severity"] == "error")
                .Select(d => (int?)d!["range"]?["start"]?["line"]).Distinct().ToList();
            var manifest = Manifest.Parse("main.tf", text);
            var found = ManifestAnalysis.Of([manifest], new AnalysisOptions(Settings.Default)).Findings("main.tf")
                .Where(f => f.Severity == Severity.Error)
                .Select(f => (int?)(f.Range.Start.Line + 1)).Distinct().ToList();
            Assert.True(refused.Count == 0 ? found.Count == 0 : refused.Intersect(found).Any(),
                $"Terraform: {string.Join(", ", refused)}; found: {string.Join(", ", found)}\n{answer}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string folder, params string[] arguments) =>
        Tool.Run(folder, "env", ["TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "terraform", .. arguments]).Output;
}
