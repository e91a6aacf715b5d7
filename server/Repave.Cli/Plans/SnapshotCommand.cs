using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Repave.Core.Dialects;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary><c>repave snapshot</c>.</summary>
internal static class SnapshotCommand
{
    public static Command Create()
    {
        var live =
            new Option<bool>("--live") { Description = "Of the live environment that the platform's client is logged in to. Reads only." };
        var from = new Option<string?>("--from")
        {
            Description = "Of manifests: a file, a folder, or what this folder held at a git revision (git:REV).",
            HelpName = "FILE|DIR|git:REV",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write; - for standard output.",
            HelpName = "FILE",
            Required = true,
        };
        var context = new Option<string?>("--context") { Description = "The kubectl context, if not the current one." };
        var namespaces = new Option<string[]>("--namespace", "-n")
        {
            Description = "A namespace, several times for several; the context's by default.",
            DefaultValueFactory = _ => [],
        };
        var dialect =
            new Option<string>("--dialect") { Description = "Which platform.", DefaultValueFactory = _ => EnvironmentKinds.All[0].Dialect };
        var timeout = new Option<int>("--timeout")
        {
            Description = "How many seconds one request may take.",
            DefaultValueFactory = _ => 15,
            HelpName = "SECONDS",
        };
        var key = new Option<string?>("--hash-key-file")
        {
            Description = "The key of the hashes of secret values; made if there is no such file. By default a new one, in FILE.key.",
            HelpName = "FILE",
        };
        var paths =
            new Argument<string[]>("PATH") { Description = "Manifests whose namespaces are wanted.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("snapshot", "Saves the state of a live environment, or of manifests, for plans where it cannot be "
            + "reached. Secret values are hashed.") { paths, live, from, output, context, namespaces, dialect, timeout, key };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(dialect)!;
            var chosen = DialectCatalogue.All.FirstOrDefault(d => d.Name == name) as ISnapshots ?? throw new CommandException("Unknown "
                + $"dialect '{name}'. Use {string.Join(" or ", DialectCatalogue.All.Where(d => d is ISnapshots).Select(d => d.Name))}.");
            if (parsed.GetValue(live) == (parsed.GetValue(from) is not null))
                throw new CommandException("name what to save: --live, or --from FILE.");
            var baseline = parsed.GetValue(from) is { } past
                ? PlanRun.ReadFrom(past)
                : ReadLive(name, parsed.GetValue(context),
                    [.. parsed.GetValue(namespaces)!.Concat(NamespacesOf(parsed.GetValue(paths)!)).Distinct(StringComparer.Ordinal)],
                    TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(timeout))));
            if (baseline.Manifests.Count == 0)
                throw new CommandException("nothing could be read, so no snapshot was written.");
            var left = new List<string>();
            var saved = Planner.ResourcesOf(baseline.Manifests, left, "");
            left.ForEach(Complaints.Fail);
            // Of manifests everything that can be kept; a live environment holds nothing but its own.
            var writers = DialectCatalogue.All.Where(d => d == chosen || (parsed.GetValue(from) is not null
                && saved.Any(r => r.Id.Dialect == d.Name))).OrderBy(d => d != chosen).OfType<ISnapshots>().ToList();
            Write(parsed.GetValue(output)!, parsed.GetValue(key), hashKey => string.Join("---\n",
                writers.Select(writer => writer.Snapshot(baseline, hashKey, holdsKey: false)).Where(text => text.Length > 0)));
            Console.Error.WriteLine(
                $"Saved {PlanWords.Plural(saved.Count(r => writers.Exists(w => ((Dialect)w).Name == r.Id.Dialect)), "object")} of "
                    + $"{Printable.Of(baseline.Name)}.");
            return ExitCodes.Clean;
        });
        return command;
    }

    private static Baseline ReadLive(string dialect, string? context, IReadOnlyList<string> namespaces, TimeSpan timeout)
    {
        var kind = EnvironmentKinds.Of(dialect) ?? throw new CommandException($"live environments of {dialect} cannot be read yet.");
        using var environment = kind.Open(new EnvironmentRequest(timeout)
        {
            Namespace = namespaces.Count > 0 ? namespaces[0] : null,
            Own = context is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [kind.NamedBy] = context },
        });
        using var progress = new Progress();
        var baseline = environment.ReadAll(namespaces, (done, total) => progress.Show("read", done, total, "lists"));
        foreach (var note in baseline.Notes)
            Complaints.Say(note);
        return baseline;
    }

    private static IEnumerable<string> NamespacesOf(IReadOnlyList<string> paths) =>
        Planner.ResourcesOf(PlanRun.Read(paths, Settings.Default, withLeftOut: false).Manifests, [], "")
            .Select(r => r.Id.Namespace).OfType<string>();

    private static void Write(string path, string? keyFile, Func<byte[], string> snapshot)
    {
        var isNew = keyFile is null || SafeFiles.KindOf(keyFile) == FileKind.Absent;
        // Never a key that lies there already, unless it was named: whoever put it there would know it.
        var key = isNew ? RandomNumberGenerator.GetBytes(32) : PlanRun.ReadKey(keyFile)!;
        var text = snapshot(key);
        var keyPath = keyFile ?? (path == InputFiles.StandardInput ? null : SnapshotKeys.FileOf(path));
        var writes = new List<FileWrite>();
        if (isNew && keyPath is not null)
            writes.Add(new FileWrite(keyPath, key) { IsPrivate = true });
        if (path != InputFiles.StandardInput)
            writes.Add(new FileWrite(path, Encoding.UTF8.GetBytes(text)) { IsPrivate = true });
        // The key and what was made with it, both or neither.
        if (SafeWriter.Write([writes]) is [var problem, ..])
            throw new CommandException(problem.ToString());
        if (path == InputFiles.StandardInput)
            Console.Out.Write(text);
        if (keyPath is null)
            Complaints.Say("the key of its hashes is kept nowhere, so plans cannot tell whether a Secret differs; "
                + "name a file for it (--hash-key-file).");
        else if (isNew)
            Console.Error.WriteLine(
                $"The key of its hashes is in {Printable.Of(keyPath)}; plans find it there. "
                    + "Keep it apart from the snapshot where others get that.");
    }
}
