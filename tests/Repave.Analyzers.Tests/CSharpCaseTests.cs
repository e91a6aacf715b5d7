using Microsoft.CodeAnalysis;
using Repave.Analyzers.CSharp;

namespace Repave.Analyzers.Tests;

/// <summary>Code as people write it: what must be found stands at the end of its line, and nothing else may be found.</summary>
public class CSharpCaseTests
{
    private const string Pulumi = """
        namespace Pulumi
        {
            public class ResourceOptions { }
            public class CustomResourceOptions : ResourceOptions { public bool? DeleteBeforeReplace { get; set; } }
        }
        """;

    [Theory]
    [InlineData("commands that change nothing", """
        using System.Diagnostics;
        class Commands
        {
            void Run()
            {
                Process.Start("ssh", "-V");
                Process.Start("ssh", "-T git@git.example.com");
                Process.Start("rsync", "-a ./out/ /srv/cache/");
                Process.Start("scp", "web-1:/var/log/app.log .");
                Process.Start("ansible-playbook", "--version");
                Process.Start("ansible-playbook", "site.yml --check --diff");
                Process.Start("terraform", "apply import.tfplan");
                Process.Start("terraform", "workspace select import");
                Process.Start("docker", "run --rm registry.example.com/web:latest-2024");
                Process.Start("winget", "list --id add");
            }
        }
        """)]
    [InlineData("ways to start kubectl", """
        using System.Diagnostics;
        using CliWrap;
        class Commands
        {
            void Run()
            {
                Process.Start("bash", "-c \"kubectl patch deployment web -p x\""); // RPV3801
                Process.Start("cmd.exe", "/c kubectl edit deployment/web"); // RPV3801
                Process.Start("sudo", "kubectl edit deployment/web"); // RPV3801
                var start = new ProcessStartInfo("kubectl"); // RPV3801
                start.ArgumentList.Add("patch");
                start.ArgumentList.Add("deployment/web");
                var p = new Process(); // RPV3801
                p.StartInfo.FileName = "kubectl";
                p.StartInfo.Arguments = "patch deployment web";
                var q = new Process { StartInfo = { FileName = "kubectl", Arguments = "patch deployment web" } }; // RPV3801
                string tool = "kubectl";
                Process.Start(tool, "patch deployment web"); // RPV3801
                Cli.Wrap("kubectl").WithArguments(a => a.Add("patch").Add("deployment").Add("web")); // RPV3801
                var wrapped = Cli.Wrap("kubectl");
                wrapped.WithArguments("patch deployment web"); // RPV3801
            }
        }
        """)]
    [InlineData("commands of other programs", """
        using System.Diagnostics;
        class Commands
        {
            void Run()
            {
                Process.Start("kubectl", "scale deployment/web --replicas=5"); // RPV3801
                Process.Start("kubectl", "apply -f a.yaml --force"); // RPV3801
                Process.Start("docker", "--context prod exec web sh"); // RPV3802
                Process.Start("docker", "compose exec web sh"); // RPV3802
                Process.Start("docker-compose", "exec web sh"); // RPV3802
                Process.Start("docker", "run -d nginx"); // RPV3802
                Process.Start("terraform", "apply -auto-approve"); // RPV3804
                Process.Start("terraform", "apply -replace=aws_instance.web"); // RPV3804
                Process.Start("helm", "upgrade web ./chart --force"); // RPV3806
                Process.Start("az", "vm run-command invoke --name web"); // RPV3807
                Process.Start("aws", "ssm send-command --document-name x"); // RPV3807
            }
        }
        """)]
    [InlineData("data that goes with its resource", """
        using Amazon.CDK;
        using Amazon.CDK.AWS.DynamoDB;
        using Amazon.CDK.AWS.S3;
        using Amazon.CDK.AWS.SNS;
        class Example : Stack
        {
            void Build()
            {
                new Bucket(this, "kept", new BucketProps { RemovalPolicy = RemovalPolicy.DESTROY });
                new Bucket(this, "gone", new BucketProps { RemovalPolicy = RemovalPolicy.DESTROY, AutoDeleteObjects = true }); // RPV3205
                var table = new Amazon.CDK.AWS.DynamoDB.Table(this, "t", new TableProps());
                table.ApplyRemovalPolicy(RemovalPolicy.DESTROY); // RPV3205
                new CfnBucket(this, "l1").ApplyRemovalPolicy(RemovalPolicy.DESTROY); // RPV3205
                new TableV2(this, "t2", new TablePropsV2 { RemovalPolicy = RemovalPolicy.DESTROY }); // RPV3205
                table.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
                new CfnTopic(this, "q").ApplyRemovalPolicy(RemovalPolicy.DESTROY);
            }
        }
        """)]
    [InlineData("files and shells of machines", """
        using System.IO;
        using Renci.SshNet;
        class Files
        {
            void Run(SftpClient sftp, SshClient ssh, Stream orders, string place)
            {
                sftp.UploadFile(new MemoryStream(), "/etc/web.conf"); // RPV3602
                sftp.WriteAllText("/etc/web.conf", "x"); // RPV3602
                sftp.DeleteFile("/etc/web.conf"); // RPV3602
                sftp.DownloadFile("/var/log/app.log", new MemoryStream());
                sftp.ReadAllText("/etc/web.conf");
                sftp.UploadFile(File.OpenRead("web.conf"), place); // RPV3602
                sftp.UploadFile(orders, place);
                sftp.UploadFile(orders, $"/outbound/{place}.csv");
                sftp.UploadFile(orders, "uploads/orders.csv");
                sftp.UploadFile(orders, "/opt/uploads/orders.csv"); // RPV3602
                sftp.WriteAllText($"/etc/{place}.conf", "x"); // RPV3602
                ssh.RunCommand("uptime");
                ssh.RunCommand("cat /var/log/app.log | tail -n 10");
                ssh.RunCommand("systemctl restart web"); // RPV3601
                var line = "df -h";
                ssh.RunCommand(line);
            }
        }
        """)]
    [InlineData("generic clients and images in variables", """
        using System.Threading.Tasks;
        using k8s;
        using k8s.Models;
        class Kube
        {
            static readonly string Moving = "nginx:latest";
            async Task Run(IKubernetes client, string registry, string image2)
            {
                var pods = new GenericClient(client, "", "v1", "pods");
                await pods.PatchNamespacedAsync<V1Pod>(new V1Patch("{}", V1Patch.PatchType.MergePatch), "shop", "web-0"); // RPV3001
                await client.AppsV1.PatchNamespacedDeploymentScaleAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), "web", "shop"); // RPV3002
                await pods.ReadNamespacedAsync<V1Pod>("shop", "web-0");
                var image = "nginx";
                var one = new V1Container { Name = "a", Image = image }; // RPV3005
                var two = new V1Container { Name = "b", Image = $"{registry}/nginx:latest" }; // RPV3005
                var three = new V1Container { Name = "c", Image = Moving }; // RPV3005
                var four = new V1Container { Name = "d", Image = $"{registry}/nginx" }; // RPV3005
                var five = new V1Container { Name = "e", Image = image2 };
                var six = new V1Container { Name = "f", Image = $"{registry}/nginx:{image2}" };
                var seven = new V1Container { Name = "g", Image = $"nginx:1.{image2}" };
            }
        }
        """)]
    [InlineData("containers through Docker.DotNet", """
        using System;
        using System.Threading.Tasks;
        using Docker.DotNet;
        using Docker.DotNet.Models;
        class Containers
        {
            async Task Run(IDockerClient docker)
            {
                await docker.Containers.CreateContainerAsync(new CreateContainerParameters { Image = "nginx:latest" }); // RPV3504
                await docker.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = "nginx", Tag = "latest" }, null, new Progress<JSONMessage>()); // RPV3504
                await docker.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = "nginx", Tag = "1.29.3" }, null, new Progress<JSONMessage>());
                await docker.Swarm.UpdateServiceAsync("web", new ServiceUpdateParameters()); // RPV3502
                await docker.Containers.RestartContainerAsync("web", new ContainerRestartParameters()); // RPV3502
                await docker.Exec.ExecCreateContainerAsync("web", new ContainerExecCreateParameters { Cmd = new[] { "cat", "/etc/web.conf" } });
                await docker.Exec.ExecCreateContainerAsync("web", new ContainerExecCreateParameters { Cmd = new[] { "sh", "-c", "rm /tmp/x" } }); // RPV3501
            }
        }
        """)]
    [InlineData("chains that may end early", """
        using System.Diagnostics;
        using System.Linq;
        using System.Text.RegularExpressions;
        class Chains
        {
            string? Find(string line)
            {
                var process = new Process { StartInfo = new ProcessStartInfo { FileName = "kubectl", Arguments = "get pods" } };
                process?.Start();
                var found = Regex.Matches(line, "x")?.FirstOrDefault()?.Groups[1]?.Value;
                var patch = new ProcessStartInfo("kubectl"); // RPV3801
                patch.ArgumentList.Add("edit");
                patch.ArgumentList.Add("deployment/web");
                return found;
            }
        }
        """)]
    [InlineData("tags that come later", """
        using Aspire.Hosting;
        class Host
        {
            void Build(IDistributedApplicationBuilder builder)
            {
                var web = builder.AddContainer("web", "registry.example.com/web");
                web.WithImageTag("1.4.2");
                var api = builder.AddContainer("api", "registry.example.com/api"); // RPV3701
                api.WithEnvironment("A", "b");
                builder.AddContainer("db", "registry.example.com/db").WithEnvironment("A", "b").WithImageTag("16.4");
                builder.AddContainer("own", "own-image").WithDockerfile("./own");
            }
        }
        """)]
    [InlineData("methods that pass a call on", """
        using k8s;
        using k8s.Models;
        class Cluster(IKubernetes client)
        {
            public System.Threading.Tasks.Task DeleteNamespacedPodAsync(string name, string space) =>
                client.CoreV1.DeleteNamespacedPodAsync(name, space);
            public System.Threading.Tasks.Task PatchNamespacedPodAsync(V1Patch patch, string name, string space) =>
                client.CoreV1.PatchNamespacedPodAsync(patch, name, space);
            public System.Threading.Tasks.Task PatchNamespacedPodAsync(string name) =>
                client.CoreV1.PatchNamespacedPodAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), name, "shop"); // RPV3001
            public System.Threading.Tasks.Task Pause(V1Patch patch, string name, string space) =>
                client.CoreV1.PatchNamespacedPodAsync(patch, name, space); // RPV3001
        }
        """)]
    [InlineData("where servers of Aspire keep data", """
        using Aspire.Hosting;
        using Aspire.Hosting.ApplicationModel;
        class Host
        {
            void Build(IDistributedApplicationBuilder builder, IResourceBuilder<PostgresServerResource> given)
            {
                builder.AddPostgres("a").WithVolume("data", "/data"); // RPV3703
                builder.AddPostgres("b").WithBindMount("./data", "/var/lib/postgres/data"); // RPV3703
                builder.AddPostgres("c").WithVolume("data", "/var/lib/postgresql/data");
                builder.AddPostgres("d").WithVolume("data", "/var/lib/postgresql");
                builder.AddPostgres("e").WithVolume("dumps", "/backups").WithBindMount("./sql", "/docker-entrypoint-initdb.d");
                builder.AddPostgres("f").WithVolume("more", "/spare").WithDataVolume();
                builder.AddPostgres("g").WithDataVolume().WithVolume("more", "/spare").WithLifetime(ContainerLifetime.Persistent);
                var later = builder.AddPostgres("h").WithVolume("more", "/spare");
                later.WithDataVolume();
                var held = builder.AddPostgres("i");
                held.WithVolume("more", "/spare"); // RPV3703
                held.WithLifetime(ContainerLifetime.Persistent); // RPV3704
                given.WithVolume("more", "/spare");
                given.WithLifetime(ContainerLifetime.Persistent);
                builder.AddPostgres("j").WithLifetime(ContainerLifetime.Session);
                builder.AddPostgres("k").WithEnvironment("A", "b").WithLifetime(ContainerLifetime.Persistent); // RPV3704
                builder.AddContainer("l", "own-image", "1.0").WithVolume("data", "/data").WithLifetime(ContainerLifetime.Persistent);
            }
        }
        namespace Aspire.Hosting
        {
            public class PostgresServerResource(string name) : ContainerResource(name) { }
            public static class Extensions
            {
                public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name) => null!;
                public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder) => builder;
            }
        }
        """)]
    public void ExactlyWhatIsMarkedIsFound(string what, string text)
    {
        var compilation = Compiling.Of([text, Pulumi]);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var found = Compiling.Run(compilation, [new InfrastructureCodeAnalyzer()],
            ("/project/.repave.yaml", "rules:\n  RPV3002: on\n  RPV3704: on\n"));
        var lines = text.Split('\n');
        var expected = lines.Select((l, i) => (Line: i + 1, Mark: l.LastIndexOf("// RPV", StringComparison.Ordinal), Text: l)).Where(l =>
            l.Mark >= 0)
            .Select(l => $"{l.Line} {l.Text[(l.Mark + 3)..].Trim()}");
        Assert.True(what.Length > 0);
        Assert.Equal(expected, found.Where(d => d.Id.StartsWith("RPV", StringComparison.Ordinal))
            .Select(d => $"{d.Location.GetLineSpan().StartLinePosition.Line + 1} {d.Id}"));
    }

    [Fact]
    public void AFixLeavesCommentsAndNoBlanks()
    {
        const string before = "using Pulumi;\nclass Options\n{\n    object E() => new CustomResourceOptions\n    {\n        // the name "
            + "is fixed by contract\n"
            + "        DeleteBeforeReplace = true, // see ticket\n    };\n    void F() { var o = new CustomResourceOptions(); "
            + "o.DeleteBeforeReplace = true; }\n"
            + "    object G() => new CustomResourceOptions { DeleteBeforeReplace = true };\n    void H()\n    {\n        var o = new "
            + "CustomResourceOptions();\n"
            + "        // why\n        o.DeleteBeforeReplace = true; // ever\n        o.DeleteBeforeReplace = true;\n        "
            + "System.Console.WriteLine(o);\n    }\n}\n";
        const string after = "using Pulumi;\nclass Options\n{\n    object E() => new CustomResourceOptions\n    {\n        // the name "
            + "is fixed by contract\n"
            + "        // see ticket\n    };\n    void F() { var o = new CustomResourceOptions(); }\n"
            + "    object G() => new CustomResourceOptions();\n    void H()\n    {\n        var o = new CustomResourceOptions();\n"
            + "        // why\n        // ever\n        System.Console.WriteLine(o);\n    }\n}\n";
        Assert.Equal(after, Fixing.All(before, [Pulumi], "RPV3302"));
    }

    [Theory]
    [InlineData("IsTestProject", "build_property.IsTestProject", "true", 0)]
    [InlineData("no test project", "build_property.IsTestProject", "", 1)]
    [InlineData("an allowed program", "repave_allowed_programs", "helm, kubectl", 0)]
    [InlineData("a program that one rule allows", "dotnet_code_quality.RPV3801.allowed_programs", "kubectl", 0)]
    [InlineData("a program that another rule allows", "dotnet_code_quality.RPV3802.allowed_programs", "kubectl", 1)]
    [InlineData("another framework", "build_property.RepaveOtherFramework", "true", 0)]
    public void OptionsAreObeyed(string what, string key, string value, int expected)
    {
        const string text = "class A { void B() => System.Diagnostics.Process.Start(\"kubectl\", \"edit a\"); }";
        var found = Compiling.Run(Compiling.Of([text]), [new InfrastructureCodeAnalyzer()], new Dictionary<string,
            string>
        { [key] = value });
        Assert.True(found.Count(d => d.Id == "RPV3801") == expected, what);
    }

    [Fact]
    public void LibrariesAndControllersDoWhatTheyAreFor()
    {
        const string library = "namespace k8s.Helpers { class Tool { void Run(k8s.IKubernetes client) => "
            + "client.CoreV1.PatchNamespacedPodAsync(null, \"a\", \"b\"); } }";
        const string controller = "interface IEntityController<T> { } class Web : IEntityController<string> { void Run(k8s.IKubernetes "
            + "client) "
            + "=> k8s.CoreV1OperationsExtensions.PatchNamespacedPodAsync(client.CoreV1, null, \"a\", \"b\"); }";
        const string other = "class Web { void Run(k8s.IKubernetes client) "
            + "=> k8s.CoreV1OperationsExtensions.PatchNamespacedPodAsync(client.CoreV1, null, \"a\", \"b\"); }";
        string[] Found(string text) => [.. Compiling.Run(Compiling.Of(["using k8s;\n" + text]),
            [new InfrastructureCodeAnalyzer()]).Select(d => d.Id)
            .Where(id => id.StartsWith("RPV", StringComparison.Ordinal))];
        Assert.Empty(Found(library));
        Assert.Empty(Found(controller));
        Assert.Equal(["RPV3001"], Found(other));
    }

    [Theory]
    [InlineData("/project/Example.cs", 1)]
    [InlineData("/project/deep/testdata/Example.cs", 0)]
    [InlineData("/project/vendor/a/Example.cs", 0)]
    public void FoldersOfTestDataAreLeftAlone(string path, int count)
    {
        var compilation = Compiling.Of(["""
            using k8s;
            using k8s.Models;
            class Cluster(IKubernetes client)
            {
                public void Change(V1Patch patch) => client.CoreV1.PatchNamespacedPod(patch, "web", "shop");
            }
            """]);
        var tree = compilation.SyntaxTrees[1];
        var moved = compilation.ReplaceSyntaxTree(tree, tree.WithFilePath(path));
        Assert.Equal(count, Compiling.Run(moved, [new InfrastructureCodeAnalyzer()], ("/project/.repave.yaml", ""))
            .Count(d => d.Id == "RPV3001"));
    }
}
