using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Analysis;

/// <summary>Reads documents: whose each is, what it defines, what is wrong with its text, and whether it keeps the JSON Schema that
/// it names.</summary>
internal sealed class DocumentReader(AnalysisOptions context, RuleBarrier barrier)
{
    private static readonly IReadOnlyList<IReadsTexts> TextReaders = [.. DialectCatalogue.All.OfType<IReadsTexts>()];

    // A dialect may take longer over a document than a rule over a resource.
    private const int DialectTimes = 4;

    /// <summary>Reads a file.</summary>
    public FileAnalysis Read(Manifest manifest, RuleBarrier.Watch watch) =>
        new(manifest, [.. manifest.Source.Documents.Select(slot => Read(manifest, slot, watch))], ReadWhole(manifest));

    /// <summary>Reads a document.</summary>
    public DocumentAnalysis Read(Manifest manifest, DocumentSlot slot, RuleBarrier.Watch watch)
    {
        var sink = new FindingSink(manifest, slot, context.Settings, barrier, watch);
        var reading = DocumentReading.Foreign;
        foreach (var dialect in DialectCatalogue.InReadingOrder)
        {
            reading = ReadAs(dialect, sink, watch);
            if (reading.Recognition != Recognition.Foreign)
                break;
        }

        if (reading.Recognition == Recognition.Template)
            return new DocumentAnalysis(slot, isMine: false, isTemplate: true, [], []);
        var isMine = reading.Recognition == Recognition.Mine;
        var schema = isMine ? null : SchemaReference.Of(manifest, slot, context.Settings);
        if (isMine || schema is not null)
            ReportIssues(slot, sink);
        if (schema is not null)
            CheckSchema(slot, schema, sink);
        return new DocumentAnalysis(slot, isMine, isTemplate: false, reading.Resources, sink.Findings);
    }

    /// <summary>What is to be said of a file as a whole.</summary>
    public IReadOnlyList<Finding> ReadWhole(Manifest manifest)
    {
        var content = manifest.Source.Text.Content;
        if (!manifest.Source.IsTooLong || !DialectCatalogue.All.Any(dialect => dialect.MayHold(manifest.Path, content)))
            return [];
        var sink = new FindingSink(manifest, manifest.Source.Whole, context.Settings);
        sink.Add(BoundExceeded.Instance, new TextSpan(0, 1),
            $"This file has more than {SyntaxLimits.FileLength:N0} characters and was not read.");
        return sink.Findings;
    }

    /// <summary>Checks the resources of a document.</summary>
    public DocumentAnalysis Check(
        Manifest manifest, DocumentAnalysis document, IReadOnlyDictionary<string, DialectSet> sets, RuleBarrier.Watch watch)
    {
        if (document.Resources.Count == 0)
            return document;
        var sink = new FindingSink(manifest, document.Slot, context.Settings, barrier, watch);
        var looked = new object?[document.Resources.Count];
        for (var i = 0; i < looked.Length; i++)
        {
            var resource = document.Resources[i];
            if (!sets.TryGetValue(resource.Id.Dialect, out var set))
                continue;
            var piece = (object)(resource.Id.Dialect, document.Slot.Document);
            if (!RuleBarrier.MayRun(piece, out var reason))
            {
                if (barrier.SayOnce(piece, watch))
                    RuleFailed.Report(sink, resource, $"Checking this as {resource.Id.Dialect}", reason);
                continue;
            }

            watch.Enter(piece, DialectTimes);
            try
            {
                looked[i] = set.Check(resource, sink);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or RuleBarrier.LeftBehindException))
            {
                if (barrier.SayOnce(piece, watch))
                    RuleFailed.Report(sink, resource, $"Checking this as {resource.Id.Dialect}", exception.GetType().Name);
            }

            watch.Leave();
        }

        CheckTexts(document, sink, watch);
        return document.With(sink.Findings, looked);
    }

    // What is of another dialect within a document.
    private void CheckTexts(DocumentAnalysis document, FindingSink sink, RuleBarrier.Watch watch)
    {
        foreach (var dialect in TextReaders)
        {
            if (document.Slot.Document.Text.IndexOf(dialect.TextsHold, StringComparison.Ordinal) < 0)
                continue;
            var piece = (object)(dialect, document.Slot.Document);
            if (!RuleBarrier.MayRun(piece, out _))
                continue;
            watch.Enter(piece, DialectTimes);
            try
            {
                var (inner, joins) = (document.Slot.Document, DialectCatalogue.Of(document.Resources[0].Id.Dialect) as IJoinsTexts);
                foreach (var text in inner.Texts(dialect.MayBeOne).Concat(joins?.JoinedTexts(inner, dialect.MayBeOne) ?? []))
                {
                    var place = text.SpanOf(default);
                    dialect.CheckText(text, document.Resources.FirstOrDefault(resource => resource.Span.Touches(place.Start)), sink);
                }
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or RuleBarrier.LeftBehindException))
            {
                if (barrier.SayOnce(piece, watch))
                    RuleFailed.Report(sink, document.Resources[0], "Checking the texts in this", exception.GetType().Name);
            }

            watch.Leave();
        }
    }

    private DocumentReading ReadAs(Dialect dialect, FindingSink sink, RuleBarrier.Watch watch)
    {
        var piece = (object)(dialect.Name, "reading", sink.Slot.Document);
        var reading = DocumentReading.Foreign;
        if (!RuleBarrier.MayRun(piece, out var reason))
        {
            RuleFailed.Report(sink, $"Reading this as {dialect.Name}", reason);
            return reading;
        }

        watch.Enter(piece, DialectTimes);
        try
        {
            reading = dialect.Read(sink.Manifest, sink.Slot);
            if (reading is { Recognition: Recognition.Mine, Resources.Count: 0 })
                dialect.CheckEmpty(sink);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            RuleFailed.Report(sink, $"Reading this as {dialect.Name}", exception.GetType().Name);
        }

        watch.Leave();
        return reading;
    }

    private static void ReportIssues(DocumentSlot slot, FindingSink sink)
    {
        foreach (var issue in slot.Document.Issues)
        {
            var rule = issue.Kind switch
            {
                SyntaxIssueKind.DuplicateKey => DuplicateKey.Instance,
                SyntaxIssueKind.Bound => BoundExceeded.Instance,
                _ => SyntaxError.Instance,
            };
            sink.Add(rule, issue.Span, issue.Message);
        }
    }

    private void CheckSchema(DocumentSlot slot, SchemaReference schema, FindingSink sink)
    {
        if (schema.IsRemote)
        {
            sink.Add(RemoteSchema.Instance, schema.Span,
                $"The schema {schema.Reference} is an address and was not fetched; keep a copy of it and name its path.");
            return;
        }

        if (context.Schemas is null || slot.Document.Root is not { } root)
            return;
        if (context.Schemas.Load(schema.Reference, schema.IsFromText ? sink.Manifest : null, out var reason) is not { } shape)
        {
            sink.Add(UnreadableSchema.Instance, schema.Span, reason);
            return;
        }

        foreach (var issue in ShapeValidator.Validate(root, shape, ShapeReading.JsonSchema))
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, path: issue.Path);
    }
}
