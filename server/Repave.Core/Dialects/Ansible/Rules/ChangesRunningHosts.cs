using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible.Rules;

/// <summary>Plays that change hosts which run already.</summary>
public sealed class ChangesRunningHosts : AnsibleRule
{
    // Of each group so many modules are named.
    private const int NamedModules = 4;

    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "::1"];

    // Connections to a file system or a container that becomes an image, and to the machine that Ansible runs on.
    private static readonly string[] BuildConnections =
        ["local", "chroot", "buildah", "ansible.builtin.local", "community.general.chroot", "containers.podman.buildah"];

    /// <inheritdoc/>
    public override string Id => "RPV1121";

    /// <inheritdoc/>
    public override string Title => "Play that changes running hosts";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A host that plays change in place is what all plays since its start made of it, and hosts of one group drift apart when a run "
            + "fails, is late or leaves one out. Run the play where an image is built, and replace the hosts by ones of that image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/packer/integrations/hashicorp/ansible"];

    /// <inheritdoc/>
    public override string Bad => """
        - name: Web servers
          hosts: web
          become: true
          tasks:
            - name: Install nginx
              ansible.builtin.apt:
                name: nginx=1.22.1-9
            - name: Configure nginx
              ansible.builtin.template:
                src: nginx.conf.j2
                dest: /etc/nginx/nginx.conf
        """;

    /// <inheritdoc/>
    public override string Good => """
        - name: Image of the web servers
          hosts: default
          become: true
          tasks:
            - name: Install nginx
              ansible.builtin.apt:
                name: nginx=1.22.1-9
            - name: Configure nginx
              ansible.builtin.template:
                src: nginx.conf.j2
                dest: /etc/nginx/nginx.conf
        """;

    /// <inheritdoc/>
    internal override void Check(Play play, PlaybookWorkspace workspace, FindingSink sink)
    {
        if (play.IsImport || play.Root["hosts"] is not { } hosts || IsOfBuild(play.Root, hosts) || IsOfTest(play.Manifest.Path)
            || workspace.IsRunInBuild(play.Manifest.Path))
            return;
        var changes = workspace.TasksOf(play).Where(static task => !IsElsewhere(task.Node) && !ChangesNothing(task.Node))
            .Select(static task => (Group: PlaybookFacts.ChangedBy(task.Module ?? ""), Name: task.Module?.Split('.').Last() ?? ""))
            .Where(static change => change.Group is not null).ToLookup(static change => change.Group!, static change => change.Name);
        if (changes.Count == 0)
            return;
        var told = PlaybookFacts.Groups.Where(changes.Contains).Select(group => $"{WordOf(group)} ({Named(changes[group])})");
        sink.Add(this, play, hosts, $"This play changes hosts that run: {string.Join(", ", told)}. "
            + "Build this into an image, and replace the hosts.");
    }

    // Packer calls the machine that it builds 'default' unless it is told otherwise.
    private static bool IsOfBuild(MapNode play, Node hosts)
    {
        if (play.TextAt("connection") is { } connection && BuildConnections.Contains(connection))
            return true;
        var names = hosts is ListNode list ? list.ResolvedItems.OfType<ScalarNode>().Select(static item => item.Value)
            : [(hosts as ScalarNode)?.Value ?? ""];
        return names.All(static name => name == "default" || ThisMachine.Contains(name) || AnsibleSet.IsFilledIn(name)
            || name.IndexOf("packer", StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool IsOfTest(string path) =>
        path.Split('/').Reverse().Skip(1).Any(static folder => folder is "molecule" or "test" or "tests");

    private static bool IsElsewhere(MapNode task) => task.Find("local_action") is not null
        || ThisMachine.Contains(task.TextAt("delegate_to") ?? "") || task.TextAt("connection") == "local";

    private static bool ChangesNothing(MapNode task) =>
        task["changed_when"] is ScalarNode { Kind: ScalarKind.Boolean, IsTrue: false } || task["check_mode"] is ScalarNode { IsTrue: true };

    private static string WordOf(string group) => group switch
    {
        "system" => "users, services and settings",
        "windows" => "Windows",
        _ => group,
    };

    private static string Named(IEnumerable<string> modules)
    {
        var names = modules.Distinct().OrderBy(static name => name, StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(NamedModules)) + (names.Count > NamedModules ? $" and {names.Count - NamedModules} more" : "");
    }
}
