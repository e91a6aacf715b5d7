using System.Collections.Concurrent;
using Repave.Core.Plans;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What stood over the lines of documents when they could last be read and had been planned. A half-typed line may hide the resources
/// behind it and another name its own; what stands over them stays until that is over, because each that goes moves every line below it.</summary>
internal sealed class KeptLenses
{
    private readonly ConcurrentDictionary<string, (SourceText Text, CodeLens[] Lenses)> _last = new(StringComparer.Ordinal);

    /// <summary>The lenses to show: those of now, and where they cannot be known yet, what was there over the other lines.</summary>
    public CodeLens[] With(OpenDocument document, Plan? plan, CodeLens[] now)
    {
        if (plan is null)
        {
            _last.TryRemove(document.Uri, out _);
            return now;
        }

        var isWhole = document.File.Documents.All(slot => slot.Document.IsWhole);
        if (isWhole && IsPlanned(document, plan))
            _last[document.Uri] = (document.Text, now);
        // Of a document that was just opened, what the plan says of the file.
        else if (isWhole)
            _last.TryAdd(document.Uri, (document.Text, now));
        if (!_last.TryGetValue(document.Uri, out var last) || last.Text == document.Text)
            return now;
        // Nothing comes either: what is half typed may be a resource already, and none in the next moment.
        var moved = new MovedLines(last.Text, document.Text);
        var kept = last.Lenses.Select(lens => At(lens, moved.LineOf(lens.Range.Start.Line))).ToLookup(lens => lens.Range.Start.Line);
        var current = now.ToLookup(lens => lens.Range.Start.Line);
        return [.. kept.SelectMany(line => current.Contains(line.Key) ? current[line.Key] : line)];
    }

    /// <summary>Forgets a document that is closed.</summary>
    public void Forget(string uri) => _last.TryRemove(uri, out _);

    private static bool IsPlanned(OpenDocument document, Plan plan) => plan.Changes.All(c =>
        c.Desired?.Manifest.Path != document.Manifest.Path || ReferenceEquals(c.Desired.Manifest, document.Manifest));

    private static CodeLens At(CodeLens lens, int line)
    {
        var start = lens.Range.Start with { Line = line };
        return lens with { Range = new Protocol.Range(start, start) };
    }
}
