using Repave.Environments.Files;

namespace Repave.Environments.Clients;

/// <summary>Keeps configuration of the workspace from the clients: a kubeconfig can name a program to start, and so can an aws
/// profile.</summary>
internal static class ClientConfiguration
{
    private static readonly string[] KubectlFiles = ["KUBECONFIG", "KUBERC"];
    private static readonly string[] AwsFiles =
        ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_DATA_PATH", "AWS_CA_BUNDLE", "AWS_WEB_IDENTITY_TOKEN_FILE", "BOTO_CONFIG"];

    private static readonly string[] HashiCorpFiles = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"];

    private static readonly string[] DockerFiles = ["DOCKER_CONFIG", "DOCKER_CERT_PATH"];

    // Lists of folders that the loader and Python take code from.
    private static readonly string[] CodeFolders =
        ["LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT", "DYLD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PYTHONPATH", "PYTHONHOME",
        "PYTHONSTARTUP"];

    /// <summary>Why a client cannot be asked: its configuration is the workspace's. Null if it is not.</summary>
    public static string? ProblemOf(string client) => client switch
    {
        "kubectl" => Variables(KubectlFiles) ?? Homes(client, [".kube/config", ".kube/kuberc"]),
        "aws" => Variables(AwsFiles) ?? Homes(client, [".aws/config", ".aws/credentials"]),
        "docker" => Variables(DockerFiles) ?? Homes(client, [".docker/config.json"]),
        // A configuration names programs that hand out credentials; a backend of AWS reads the files of its client.
        "terraform" => Variables(HashiCorpFiles) ?? Variables(AwsFiles) ?? Homes(client,
            [".terraformrc", ".aws/config", ".aws/credentials"]),
        "tofu" => Variables(HashiCorpFiles) ?? Variables(AwsFiles) ?? Homes(client,
            [".tofurc", ".terraformrc", ".aws/config", ".aws/credentials"]),
        _ => null,
    };

    /// <summary>Takes out of a client's environment what would let it load code from the workspace or the folder that it runs in.</summary>
    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in CodeFolders)
        {
            if (environment.TryGetValue(name, out var value) && value is { Length: > 0 })
                environment[name] =
                    string.Join(Path.PathSeparator, value.Split(Path.PathSeparator)
                    .Where(entry => Path.IsPathFullyQualified(entry) && ForeignGround.Around(entry) is null)) is { Length: > 0 } kept
                    ? kept : null;
        }

        environment["PYTHONSAFEPATH"] = "1";
    }

    private static string? Variables(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            foreach (var path in (Environment.GetEnvironmentVariable(name) ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                if (path == "off")
                    continue;
                if (!Path.IsPathFullyQualified(path))
                    return $"{name} names '{path}', which depends on the folder that repave runs in; name it by its whole path";
                if (ForeignGround.Around(path) is { } ground)
                    return $"{name} names '{path}', which is inside the workspace {ground}; "
                        + "no configuration of a client is taken from there";
            }
        }

        return null;
    }

    // HOME may point into the workspace, and what lies in the home may be a link into it.
    private static string? Homes(string client, IEnumerable<string> names)
    {
        var home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set ? set
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length > 0 && !Path.IsPathFullyQualified(home))
            return $"HOME is '{home}', which depends on the folder that repave runs in";
        foreach (var path in names.Select(name => Path.Combine(home, name)))
        {
            if (SafeFiles.KindOf(path) != FileKind.Absent && ForeignGround.Around(path) is { } ground)
                return $"the configuration of {client} ('{path}') is inside the workspace {ground}; "
                    + "no configuration of a client is taken from there";
        }

        return null;
    }
}
