using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Ansible;

/// <summary>Playbooks and the tasks of roles: which files they are, and the keywords that Ansible takes.</summary>
public sealed class PlaybookTests
{
    private const string Role = "roles/web/tasks/main.yml";

    [Theory]
    [InlineData("site.yml", "- hosts: web\n  tasks: []\n", 1)]
    [InlineData("site.yml", "- hosts: web\n  roles: [a]\n- import_playbook: b.yml\n", 2)]
    [InlineData("site.yml", "- ansible.builtin.import_playbook: b.yml\n", 1)]
    [InlineData(Role, "- name: a\n  apt: name=b\n", 1)]
    [InlineData("roles/a/b/handlers/main.yaml", "- name: a\n  service: name=b\n", 1)]
    [InlineData(Role, "- block:\n    - a: b\n", 1)]
    // Lists with hosts that are not plays, and lists in folders of tasks that are not tasks.
    [InlineData("inventory.yml", "- hosts: [a, b]\n  labels: {job: c}\n", 0)]
    [InlineData("site.yml", "- hosts: web\n  tasks: []\n- name: a\n", 0)]
    [InlineData("site.yml", "hosts: web\ntasks: []\n", 0)]
    [InlineData("site.yml", "- hosts: web\n  tasks: a\n", 0)]
    [InlineData("site.yml", "- hosts: web\n  tasks: []\n- a\n", 0)]
    [InlineData("site.json", "[{\"hosts\": \"web\", \"tasks\": []}]", 0)]
    [InlineData("tasks/main.yml", "- name: a\n  apt: name=b\n", 0)]
    [InlineData("roles/web/vars/main.yml", "- name: a\n  apt: name=b\n", 0)]
    [InlineData("roles/tasks/main.yml", "- name: a\n  apt: name=b\n", 0)]
    [InlineData("roles/web/tasks/list.yml", "- name: a\n  version: b\n", 0)]
    [InlineData("roles/web/tasks/main.json", "[{\"apt\": \"name=b\"}]", 0)]
    public void AFileIsAPlaybookByWhatItSays(string path, string text, int resources)
    {
        var analysis = ManifestAnalysis.Of([Manifest.Parse(path, text)], new AnalysisOptions(Settings.Default));
        Assert.Equal(resources, analysis.Resources.Count(resource => resource.Id.Dialect == "ansible"));
    }

    [Theory]
    [InlineData("- hosts: web\n  become: true\n  gather_facts: no\n  user: a\n  tasks: []\n", "")]
    [InlineData("- hosts: web\n  becom: true\n  tasks: []\n", "RPV0010 becom")]
    [InlineData("- hosts: web\n  sudo: true\n  tasks: []\n", "RPV0010 sudo")]
    [InlineData("- hosts: web\n  serial: [1, \"50%\"]\n  tasks: []\n", "")]
    [InlineData("- hosts: web\n  roles: []\n  tasks: a\n", "RPV0011 a")]
    [InlineData("- hosts: web\n  become: {a: b}\n  tasks: []\n", "RPV0011 become")]
    [InlineData("- hosts: web\n  tasks:\n", "")]
    [InlineData("- hosts: web\n  roles: []\n  tasks:\n", "")]
    [InlineData("- import_playbook: a.yml\n  when: b\n  vars: {c: d}\n", "")]
    [InlineData("- import_playbook: a.yml\n  hosts: b\n", "RPV0010 hosts")]
    public void PlaysTakeTheirKeywords(string text, string expected) => Assert.Equal(expected, Found("site.yml", text));

    [Theory]
    [InlineData("- apt: name=a\n  when: b\n  with_items: [c]\n  async: 5\n", "")]
    [InlineData("- apt: name=a\n  whn: b\n", "RPV0010 whn")]
    [InlineData("- apt: name=a\n  something_else: b\n", "RPV0010 something_else")]
    [InlineData("- a.b.c: {}\n  becme: true\n", "RPV0010 becme")]
    [InlineData("- apt: name=a\n  copy: src=b\n", "RPV0020 copy")]
    [InlineData("- apt: name=a\n- my_module: {}\n", "")]
    [InlineData("- apt: name=a\n- name: b\n  when: c\n", "RPV0012 name")]
    [InlineData("- apt: name=a\n- action: b\n- local_action: c\n- {}\n", "")]
    [InlineData("- apt: name=a\n  listen: b\n", "RPV0010 listen")]
    [InlineData("- block:\n    - apt: name=a\n      whn: b\n  tags: c\n", "RPV0010 whn")]
    [InlineData("- block:\n    - apt: name=a\n  loop: c\n", "RPV0010 loop")]
    [InlineData("- block: [a]\n", "RPV0011 a")]
    [InlineData("- block: [{apt: name=a}]\n  rescue:\n    - block:\n        - name: c\n", "RPV0012 name")]
    public void TasksTakeTheirKeywords(string text, string expected) => Assert.Equal(expected, Found(Role, text));

    [Fact]
    public void HandlersListen() =>
        Assert.Equal("", Found("roles/web/handlers/main.yml", "- name: a\n  service: name=b\n  listen: c\n"));

    [Fact]
    public void AMisspeltKeywordIsNamed()
    {
        var finding = Assert.Single(Analysed(Role, "- apt: name=a\n  notfy: b\n"));
        Assert.Equal("'notfy' is not a keyword of a task; did you mean 'notify'?", finding.Message);
    }

    [Fact]
    public void WhatAPlayChangesIsToldInOneFinding()
    {
        var settings = Settings.Default with { Rules = new Dictionary<string, Severity> { ["RPV1121"] = Severity.Info } };
        const string text = "- hosts: web\n  tasks:\n    - apt: name=a\n    - yum: name=a\n    - template: {src: a, dest: b}\n"
            + "    - lineinfile: {path: a, line: b}\n    - replace: {}\n    - file: {}\n    - copy: {}\n    - user: name=a\n    - shell: a\n";
        var analysis = ManifestAnalysis.Of([Manifest.Parse("site.yml", text)], new AnalysisOptions(settings));
        var finding = Assert.Single(analysis.Findings("site.yml"));
        Assert.Equal("This play changes hosts that run: packages (apt, yum), files (copy, file, lineinfile, replace and 1 more), "
            + "users, services and settings (user), commands (shell). Build this into an image, and replace the hosts.", finding.Message);
    }

    private static string Found(string path, string text) => string.Join("\n", Analysed(path, text)
        .Select(finding => $"{finding.Rule.Id} {TextOf(finding)}"));

    private static string TextOf(Finding finding) =>
        finding.Place.Slot.Document.Text.Substring(finding.Place.Span.Start, finding.Place.Span.Length);

    private static IReadOnlyList<Finding> Analysed(string path, string text) =>
        ManifestAnalysis.Of([Manifest.Parse(path, text)], new AnalysisOptions(Settings.Default)).Findings(path);
}
