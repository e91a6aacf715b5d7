using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Rules;

/// <summary>What a check found.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Documents">How many of their documents are manifests.</param>
/// <param name="Resources">How many resources they define.</param>
/// <param name="Templates">How many documents are templates and were left alone.</param>
/// <param name="Findings">The findings, by file and place.</param>
public sealed record CheckResult(int Files, int Documents, int Resources, int Templates, IReadOnlyList<Finding> Findings);

/// <summary>Finds the JSON Schema that a text names.</summary>
public interface ISchemaSource
{
    /// <summary>The shape of a schema file, or null with the reason why it cannot be used.</summary>
    /// <param name="reference">What the text or the settings say: a path.</param>
    /// <param name="manifest">The manifest that names it; null if the settings do.</param>
    /// <param name="reason">Why there is none.</param>
    Shape? Load(string reference, Manifest? manifest, out string reason);
}

/// <summary>Checks manifests together: reads every document with the dialect whose it is, validates, runs the rules, and obeys
/// suppressions and settings.</summary>
public sealed class Checker
{
    private const int MaxTreesHeld = 1000;

    private readonly Settings _settings;
    private readonly ISchemaSource? _schemas;

    /// <summary>A checker.</summary>
    /// <param name="settings">What to report and how.</param>
    /// <param name="schemas">Finds JSON Schemas that texts name; null if none are wanted.</param>
    public Checker(Settings settings, ISchemaSource? schemas = null) => (_settings, _schemas) = (settings, schemas);

    /// <summary>How many files' trees are held at once; of a larger set only those that are being looked at are.</summary>
    internal int TreesHeld { get; init; } = MaxTreesHeld;

    /// <summary>Whether a text can hold anything for a dialect or a schema; if not, it need not be parsed.</summary>
    public bool IsWorthReading(string path, string text) =>
        DialectCatalogue.All.Any(dialect => dialect.MayHold(path, text)) || SchemaReference.MayHold(path, text, _settings);

    /// <summary>Checks manifests as one set.</summary>
    public CheckResult Check(IReadOnlyList<Manifest> manifests, CancellationToken cancellation = default) =>
        Check(manifests.Count, i => manifests[i], cancellation);

    /// <summary>Checks manifests as one set, asking for each just before it is read.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="manifest">The manifest of an index, or null if it turned out to hold nothing; called by several threads.</param>
    /// <param name="cancellation">Ends the check early.</param>
    public CheckResult Check(int count, Func<int, Manifest?> manifest, CancellationToken cancellation = default)
    {
        // Trees are many times as large as their texts. Of a large set only those that are being looked at are held.
        var session = Begin(count, manifest, count > TreesHeld, cancellation);
        return session.Finish(count, cancellation);
    }

    /// <summary>Checks manifests as one set, and keeps what it takes to check a file again after an edit.</summary>
    public CheckSession Open(IReadOnlyList<Manifest> manifests, CancellationToken cancellation = default) => Begin(manifests.Count, i => manifests[i], manifests.Count > TreesHeld, cancellation);

    private CheckSession Begin(int count, Func<int, Manifest?> manifest, bool forgets, CancellationToken cancellation)
    {
        var read = new FileWork?[count];
        ForEach(count, i => read[i] = manifest(i) is { } one ? Read(one, forgets) : null, cancellation);
        var work = read.OfType<FileWork>().ToArray();
        var checks = new Dictionary<string, DialectCheck>(StringComparer.Ordinal);
        var manifests = Array.ConvertAll(work, w => w.Manifest);
        foreach (var dialect in DialectCatalogue.All)
        {
            var set = new ResourceSet(work.SelectMany(w => w.Resources).Where(r => r.Id.Dialect == dialect.Name));
            if (set.All.Count > 0)
                checks[dialect.Name] = dialect.Prepare(set, manifests, _settings);
        }

        ForEach(work.Length, i => CheckFile(work[i], checks, forgets), cancellation);
        var sinks = work.SelectMany(w => w.Sinks).ToDictionary(s => s.Key, s => s.Value);
        foreach (var check in checks.Values)
            check.CheckSet(resource => sinks[(resource.Manifest, resource.Slot.Start)]);
        return new CheckSession(this, work, checks);
    }

    /// <summary>The means of a dialect of which the set has no resource yet; an editor may write the first.</summary>
    internal DialectCheck Prepare(string dialect) => DialectCatalogue.Of(dialect).Prepare(new ResourceSet([]), [], _settings);

    internal static void ForEach(int count, Action<int> action, CancellationToken cancellation)
    {
        if (count < 4)
        {
            for (var i = 0; i < count; i++)
                action(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, action);
    }

    private FileWork Read(Manifest manifest, bool forgets)
    {
        var work = new FileWork(manifest);
        foreach (var slot in manifest.Source.Documents)
            ReadDocument(work, slot);
        ReportTooLong(work);
        if (forgets)
        {
            foreach (var slot in manifest.Source.Documents)
                slot.Document.Forget();
        }

        return work;
    }

    internal void ReadDocument(FileWork work, DocumentSlot slot)
    {
        var manifest = work.Manifest;
        var reading = DocumentReading.Foreign;
        foreach (var dialect in DialectCatalogue.All)
        {
            reading = dialect.Read(manifest, slot);
            if (reading.Recognition != Recognition.Foreign)
                break;
        }

        if (reading.Recognition == Recognition.Template)
        {
            work.Templates++;
            return;
        }

        var schema = reading.Recognition == Recognition.Foreign ? SchemaReference.Of(manifest, slot, _settings) : null;
        if (reading.Recognition == Recognition.Foreign && schema is null)
            return;
        var sink = new FindingSink(manifest, slot, _settings);
        work.Sinks[(manifest, slot.Start)] = sink;
        work.Kept.Add(slot.Document);
        ReportErrors(slot, sink);
        if (reading.Recognition == Recognition.Mine)
            work.Documents++;
        work.Resources.AddRange(reading.Resources);
        if (schema is not null)
            CheckSchema(slot, schema, sink);
    }

    internal void ReportTooLong(FileWork work)
    {
        var manifest = work.Manifest;
        if (!manifest.Source.IsTooLong || !DialectCatalogue.All.Any(dialect => dialect.MayHold(manifest.Path, manifest.Source.Text.Content)))
            return;
        var slot = manifest.Source.Whole;
        var sink = new FindingSink(manifest, slot, _settings);
        sink.Add(BoundExceeded.Instance, new TextSpan(0, 1), $"This file has more than {SyntaxLimits.FileLength:N0} characters and was not read.");
        work.Sinks[(manifest, 0)] = sink;
    }

    private static void ReportErrors(DocumentSlot slot, FindingSink sink)
    {
        foreach (var error in slot.Document.Issues)
        {
            var rule = error.Kind switch
            {
                SyntaxIssueKind.DuplicateKey => DuplicateKey.Instance,
                SyntaxIssueKind.Bound => BoundExceeded.Instance,
                _ => SyntaxError.Instance,
            };
            sink.Add(rule, error.Span, error.Message);
        }
    }

    private void CheckSchema(DocumentSlot slot, SchemaReference schema, FindingSink sink)
    {
        if (schema.IsRemote)
        {
            sink.Add(RemoteSchema.Instance, schema.Span, $"The schema {schema.Reference} is an address and was not fetched; keep a copy of it and name its path.");
            return;
        }

        if (_schemas is null || slot.Document.Root is not { } root)
            return;
        if (_schemas.Load(schema.Reference, schema.IsFromText ? sink.Manifest : null, out var reason) is not { } shape)
        {
            sink.Add(UnreadableSchema.Instance, schema.Span, reason);
            return;
        }

        foreach (var issue in ShapeValidator.Validate(root, shape, ShapeReading.JsonSchema))
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, path: issue.Path);
    }

    private static void CheckFile(FileWork work, Dictionary<string, DialectCheck> checks, bool forgets)
    {
        if (forgets)
            work.Kept.ForEach(document => document.Keep());
        foreach (var resource in work.Resources)
            checks[resource.Id.Dialect].Check(resource, work.Sinks[(resource.Manifest, resource.Slot.Start)]);
        if (forgets)
            work.Kept.ForEach(document => document.Forget());
    }

    internal List<Finding> Finish(FileWork work)
    {
        var findings = Suppressions.Apply(work.Manifest, [.. work.Sinks.Values.SelectMany(s => s.Findings)], _settings);
        return [.. findings.OrderBy(f => f.FileSpan.Start).ThenBy(f => f.Rule.Id, StringComparer.Ordinal)];
    }

    /// <summary>What was read and found of one file.</summary>
    internal sealed class FileWork(Manifest manifest)
    {
        public Manifest Manifest { get; } = manifest;

        public List<Resource> Resources { get; } = [];

        public Dictionary<(Manifest Manifest, int Start), FindingSink> Sinks { get; } = [];

        public List<Document> Kept { get; } = [];

        public int Documents { get; set; }

        public int Templates { get; set; }
    }
}
