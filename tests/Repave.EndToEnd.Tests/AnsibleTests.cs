using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests;

/// <summary>Playbooks against the real <c>ansible-playbook --syntax-check</c> (Debian's package ansible-core): the same verdict.</summary>
public sealed class AnsibleTests
{
    [Theory]
    [InlineData("- hosts: web\n  become: true\n  gather_facts: false\n  tasks: []\n")]
    [InlineData("- hosts: web\n  becom: true\n  tasks: []\n")]
    [InlineData("- hosts: web\n  sudo: true\n  tasks: []\n")]
    [InlineData("- hosts: web\n  user: root\n  serial: [1, 50%]\n  strategy: free\n  tasks:\n    - ping:\n")]
    [InlineData("- hosts: web\n  roles: []\n  tasks: a\n")]
    [InlineData("- hosts: web\n  tasks:\n    - ping:\n      when: true\n      with_items: [a]\n      register: b\n      async: 5\n")]
    [InlineData("- hosts: web\n  tasks:\n    - ping:\n      whn: true\n")]
    [InlineData("- hosts: web\n  tasks:\n    - ping:\n      setup:\n")]
    [InlineData("- hosts: web\n  tasks:\n    - name: a\n      when: true\n")]
    [InlineData("- hosts: web\n  tasks:\n    - a\n")]
    [InlineData("- hosts: web\n  tasks:\n    - block:\n        - ping:\n      rescue:\n        - debug:\n      tags: [a]\n")]
    [InlineData("- hosts: web\n  tasks:\n    - block:\n        - ping:\n      loop: [a]\n")]
    [InlineData("- hosts: web\n  tasks:\n    - block:\n        - ping:\n      register: a\n")]
    [InlineData("- hosts: web\n  tasks:\n    - ping:\n      listen: a\n")]
    [InlineData("- hosts: web\n  tasks: []\n  handlers:\n    - name: a\n      ping:\n      listen: b\n")]
    [InlineData("- hosts: web\n  tasks:\n    - action: ping\n    - local_action: ping\n    - ansible.builtin.ping:\n\n")]
    [InlineData("- hosts: web\n  vars_prompt:\n    - name: a\n  environment: {B: c}\n  module_defaults: {}\n  tasks: []\n")]
    public void TheVerdictIsTheTools(string text)
    {
        Assert.True(Refused(HostTools.Require("ansible-playbook"), text) == Found(text), text);
    }

    private static bool Refused(string program, string text)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "site.yml"), text);
        try
        {
            return Tool.Run(folder, program, ["--syntax-check", "-i", "web,", "site.yml"]).ExitCode != 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Found(string text) => ManifestAnalysis.Of([Manifest.Parse("site.yml", text)], new AnalysisOptions(Settings.Default))
        .Findings("site.yml").Any(finding => finding.Severity == Severity.Error);
}
