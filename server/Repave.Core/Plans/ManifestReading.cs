using System.Runtime.CompilerServices;
using Repave.Core.Dialects;
using Repave.Core.Model;

namespace Repave.Core.Plans;

/// <summary>What a manifest defines, as plans need it. A manifest never changes, so it is read once for as long as it is in use, however
/// many plans it is a part of.</summary>
internal sealed class ManifestReading
{
    private static readonly ConditionalWeakTable<Manifest, ManifestReading> Known = new();

    private readonly List<Resource> _resources = [];
    private readonly List<Resource> _broken = [];
    private readonly List<string> _notes = [];

    private ManifestReading(Manifest manifest)
    {
        if (manifest.Source.IsTooLong)
        {
            _notes.Add($"{manifest.Path} is too long and was not read.");
            Unread = new UnreadFile(manifest.Path, "it is too long");
        }

        foreach (var slot in manifest.Source.Documents)
            Read(manifest, slot);
    }

    /// <summary>The resources of documents that could be read to their end, in their order.</summary>
    public IReadOnlyList<Resource> Resources => _resources;

    /// <summary>The resources of those that could not.</summary>
    public IReadOnlyList<Resource> Broken => _broken;

    /// <summary>What to say of documents that were left out.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The file, if a part of it was left out.</summary>
    public UnreadFile? Unread { get; private set; }

    /// <summary>What a manifest defines.</summary>
    public static ManifestReading Of(Manifest manifest) => Known.GetValue(manifest, static one => new ManifestReading(one));

    private void Read(Manifest manifest, Syntax.DocumentSlot slot)
    {
        foreach (var dialect in DialectCatalogue.InReadingOrder)
        {
            var reading = dialect.Read(manifest, slot);
            if (reading.Recognition == Recognition.Foreign)
                continue;
            // What is never planned is nothing to speak of in a plan.
            if (dialect is IPlans && !reading.IsFilledIn)
                Take(manifest, slot, reading);
            return;
        }

        // Whoever breaks a document before it says what it is has not taken away what stood in this file.
        if (!slot.Document.IsWhole)
        {
            var line = manifest.Source.Text.PositionOf(slot.Start).Line + 1;
            Unread ??= new UnreadFile(manifest.Path, $"the document in line {line} cannot be read to its end") { MayHoldAnything = false };
        }
    }

    private void Take(Manifest manifest, Syntax.DocumentSlot slot, DocumentReading reading)
    {
        var line = manifest.Source.Text.PositionOf(slot.Start).Line + 1;
        if (reading.Recognition == Recognition.Template)
        {
            _notes.Add($"{manifest.Path}:{line}: a template, which is not a manifest before it is rendered, was left out.");
            Unread ??= new UnreadFile(manifest.Path, $"the template in line {line} is not rendered") { MayHoldAnything = false };
        }
        else if (!slot.Document.IsWhole)
        {
            _notes.Add(
                $"{manifest.Path}:{line}: a document that cannot be read to its end was left out; 'repave check' says where it breaks.");
            // One that can be named is itself, and no other that is missed. Behind what is broken a name may be read that is none.
            var broken = slot.Document.Issues.First(issue =>
                issue.Kind is not (Syntax.SyntaxIssueKind.DuplicateKey or Syntax.SyntaxIssueKind.Deviation)).Span.Start;
            var sure = reading.Resources.Where(r => r.NameSpan.Start < broken).ToList();
            _broken.AddRange(sure);
            var isNamed = sure.Exists(r => r.Id.Name.Length > 0);
            Unread ??=
                new UnreadFile(manifest.Path, $"the document in line {line} cannot be read to its end") { MayHoldAnything = !isNamed };
        }
        else
        {
            _resources.AddRange(reading.Resources);
        }
    }
}
