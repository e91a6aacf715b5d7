using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>A real kube-apiserver 1.20.2 with a real etcd, for the tests of one class. There is no controller and no node: objects are
/// stored, defaulted, validated and dry-run as in production, and no pod runs.</summary>
public sealed class KubeApiServer : IDisposable
{
    private const string AdminToken = "admin-of-tests";
    private const string ReaderToken = "reader-of-tests";

    private readonly List<Process> _processes = [];
    private readonly HttpClient? _client;

    public KubeApiServer()
    {
        var binary = Path.Combine(Components.Folder("kube-apiserver-1.20.2"), "kube-apiserver");
        Missing = !File.Exists(binary) || !Programs.Exist("etcd")
            ? "there is no kube-apiserver: run tests/Components/kube-apiserver.sh (Debian 12, 4 minutes)"
            : !Programs.Exist("kubectl") ? "kubectl is not on the PATH" : null;
        if (Missing is not null)
            return;
        Port = FreePort();
        Start(binary);
        _client = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        })
        { BaseAddress = new Uri($"https://127.0.0.1:{Port}/") };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        WaitUntilReady();
    }

    /// <summary>The folder that holds everything of it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("repave-cluster-").FullName;

    // A configuration that lies among the manifests is refused, and rightly.
    private readonly string _outside = Directory.CreateTempSubdirectory("repave-kubeconfig-").FullName;

    /// <summary>Why there is none; null if there is one.</summary>
    public string? Missing { get; }

    /// <summary>Its port on this machine.</summary>
    public int Port { get; }

    /// <summary>The kubeconfig: contexts <c>tests</c> (may do everything), <c>reader</c> (nothing but what a test gives it)
    /// and <c>expired</c>.</summary>
    public string Config => Path.Combine(_outside, "kubeconfig");

    /// <summary>Skips the test where there is no server, or fails it where nothing may be skipped.</summary>
    public void Require()
    {
        Components.Require(Missing);
    }

    /// <summary>Runs kubectl as the administrator; fails the test if it fails.</summary>
    public string Kubectl(params string[] arguments)
    {
        var answer = Tool.Run(Folder, "kubectl", ["--kubeconfig", Config, .. arguments]);
        Assert.True(answer.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {answer.Error}");
        return answer.Output;
    }

    /// <summary>Applies files as a user would; definitions of kinds first.</summary>
    public void Apply(params string[] files)
    {
        string[] command = ["--kubeconfig", Config, "apply", "--validate=false", .. files.SelectMany(f => (string[])["-f", f])];
        // Until a definition is established, its kind is unknown.
        for (var attempt = 0; ; attempt++)
        {
            var answer = Tool.Run(Folder, "kubectl", command);
            if (answer.ExitCode == 0)
                return;
            Assert.True(attempt < 10, answer.Error);
            Thread.Sleep(500);
        }
    }

    /// <summary>Runs the tool against it.</summary>
    public Answer Repave(string folder, params string[] arguments) => Repave(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool against it, with further variables.</summary>
    public Answer Repave(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Tool.Run(folder, "env", [$"KUBECONFIG={Config}", .. variables.Select(v => $"{v.Key}={v.Value}"), .. Tool.Command, .. arguments]);

    /// <summary>Runs the tool's plan and reads its JSON.</summary>
    public JsonObject Plan(string folder, params string[] arguments)
    {
        var answer = Repave(folder, ["plan", .. arguments, "--live", "--format", "json"]);
        Assert.True(answer.ExitCode == 0, answer.Error + answer.Output);
        return JsonNode.Parse(answer.Output)!.AsObject();
    }

    /// <summary>A copy of a sample in apiVersions that this server has.</summary>
    public string Samples(string name)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", name)))
        {
            var text = File.ReadAllText(file).Replace("policy/v1\n", "policy/v1beta1\n", StringComparison.Ordinal)
                .Replace("apiVersion: batch/v1\nkind: CronJob", "apiVersion: batch/v1beta1\nkind: CronJob", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), text);
        }

        return folder;
    }

    /// <summary>Sends a request as the administrator.</summary>
    public (HttpStatusCode Status, string Body) Send(
        HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new(contentType);
        }

        using var response = _client!.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return (response.StatusCode, reader.ReadToEnd());
    }

    /// <summary>The resource version of every object there is, by address.</summary>
    public SortedDictionary<string, string> ResourceVersions()
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var groups = new List<string> { "api/v1" };
        groups.AddRange(JsonNode.Parse(Send(HttpMethod.Get, "apis").Body)!["groups"]!.AsArray().SelectMany(g => g!["versions"]!.AsArray())
            .Select(v => "apis/" + v!["groupVersion"]));
        foreach (var group in groups)
        {
            var (status, body) = Send(HttpMethod.Get, group);
            if (status != HttpStatusCode.OK)
                continue;
            foreach (var resource in JsonNode.Parse(body)!["resources"]!.AsArray()
                .Where(r => r!["verbs"]!.AsArray().Any(v => (string)v! == "list") && !((string)r["name"]!).Contains('/')))
            {
                // Leases and events are the server's own heartbeat.
                if ((string)resource!["kind"]! is "Lease" or "Event" or "ComponentStatus")
                    continue;
                var list = JsonNode.Parse(Send(HttpMethod.Get, $"{group}/{resource["name"]}").Body)!;
                foreach (var item in list["items"]!.AsArray())
                    versions[$"{group}/{resource["name"]}/{item!["metadata"]!["namespace"]}/{item["metadata"]!["name"]}"] =
                        (string)item["metadata"]!["resourceVersion"]!;
            }
        }

        return versions;
    }

    /// <summary>Ends the API server at once.</summary>
    public void Kill() => _processes[^1].Kill(entireProcessTree: true);

    /// <summary>Stops or continues the API server as a machine does that hangs.</summary>
    public void Freeze(bool isFrozen) => Tool.Run(Folder, "kill",
        [isFrozen ? "-STOP" : "-CONT", _processes[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    public void Dispose()
    {
        _client?.Dispose();
        foreach (var process in _processes)
        {
            try
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(5000);
            }
            catch (InvalidOperationException)
            {
                // A test has ended it.
            }
        }

        Directory.Delete(Folder, recursive: true);
        Directory.Delete(_outside, recursive: true);
    }

    private void Start(string binary)
    {
        var (clients, peers) = (FreePort(), FreePort());
        Assert.Equal(0, Tool.Run(Folder, "openssl", ["genrsa", "-out", "sa.key", "2048"]).ExitCode);
        Assert.Equal(0, Tool.Run(Folder, "openssl", ["rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub"]).ExitCode);
        File.WriteAllText(Path.Combine(Folder, "tokens.csv"),
            $"{AdminToken},admin,admin,\"system:masters\"\n{ReaderToken},reader,reader,\n");
        string Context(string name, string user) =>
            $"  - name: {name}\n    context: {{ cluster: tests, user: {user}, namespace: default }}\n";
        File.WriteAllText(Config, "apiVersion: v1\nkind: Config\ncurrent-context: tests\nclusters:\n  - name: tests\n"
            + $"    cluster: {{ server: \"https://127.0.0.1:{Port}\", insecure-skip-tls-verify: true }}\n"
            + $"users:\n  - name: admin\n    user: {{ token: {AdminToken} }}\n  - name: reader\n    user: {{ token: {ReaderToken} }}\n"
            + "  - name: expired\n    user: { token: no-longer-valid }\n"
            + $"contexts:\n{Context("tests", "admin")}{Context("reader", "reader")}{Context("expired", "expired")}");
        Launch("etcd", "--data-dir", Path.Combine(Folder, "etcd"), "--unsafe-no-fsync", "--listen-client-urls",
            $"http://127.0.0.1:{clients}", "--advertise-client-urls", $"http://127.0.0.1:{clients}", "--listen-peer-urls",
            $"http://127.0.0.1:{peers}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{peers}", "--initial-cluster",
            $"default=http://127.0.0.1:{peers}");
        Launch(binary, $"--etcd-servers=http://127.0.0.1:{clients}", "--bind-address=127.0.0.1", $"--secure-port={Port}",
            $"--cert-dir={Folder}/certs", $"--service-account-key-file={Folder}/sa.pub",
            $"--service-account-signing-key-file={Folder}/sa.key", "--service-account-issuer=https://127.0.0.1",
            $"--token-auth-file={Folder}/tokens.csv", "--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/16",
            "--allow-privileged");
    }

    private void Launch(string program, params string[] arguments)
    {
        var start =
            new ProcessStartInfo(program) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private void WaitUntilReady()
    {
        for (var i = 0; i < 120; i++)
        {
            try
            {
                if (Send(HttpMethod.Get, "readyz").Status == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            Thread.Sleep(500);
        }

        throw new InvalidOperationException("The API server did not become ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
