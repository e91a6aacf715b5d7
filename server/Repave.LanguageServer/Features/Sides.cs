using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>The text of a planned resource as it was and as it will be, to be read side by side.</summary>
internal static class Sides
{
    /// <summary>What a change of a plan is known by among all of a session.</summary>
    public static string KeyOf(ResourceChange change, string? environment, Workspace workspace) =>
        string.Join("|", workspace.Folders.FirstOrDefault(), environment, change.Id.Dialect, change.Id.Type, change.Id.Namespace,
            change.Id.Name);

    /// <summary>The two texts of a change; null if the change is gone.</summary>
    public static SidesResult? Of(string key, Root root, Positions positions)
    {
        if (root.Plans.Plan?.Changes.FirstOrDefault(c => KeyOf(c, null, root.Workspace) == key) is { } own)
            return Of(own, root.Plans.Baseline, isBuilt: false, root.Workspace, positions);
        foreach (var one in root.Environments.Environments)
        {
            if (one.Plan?.Changes.FirstOrDefault(c => KeyOf(c, one.Environment.Name, root.Workspace) == key) is { } change)
                return Of(change, one.Baseline, isBuilt: true, root.Workspace, positions);
        }

        return null;
    }

    private static SidesResult Of(ResourceChange change, Baseline? baseline, bool isBuilt, Workspace workspace, Positions positions)
    {
        var (before, after) = (change.Baseline, change.Desired);
        var path = (after ?? before)!.Manifest.Path;
        // Where an earlier state of the files is compared with, both texts are the author's own, and one of them can be edited; unless one
        // holds a secret, which nothing of ours repeats.
        if (baseline?.IsEarlierState == true && !isBuilt)
        {
            var (was, will) = (Masked(before?.Manifest), Masked(after?.Manifest));
            var place = after is null || was.IsMasked || will.IsMasked ? null : new Location(workspace.UriOf(path),
                positions.RangeOf(after.Manifest.Source.Text, after.NameSpan.Shift(after.Slot.Start)));
            return new SidesResult(was.Text, will.Text, path, place, null);
        }

        // What a platform stores is read as it will be stored, not as it is sent.
        if (baseline?.IsEarlierState != true && DialectCatalogue.Of(change.Id.Dialect) is IStoredTexts platform)
        {
            var (stored, applied) = platform.StoredTextsOf(change);
            return new SidesResult(stored, applied, Path.ChangeExtension(path, ".yaml"), null, null);
        }

        return before is not null && after is not null && before.Slot.Document.Language != after.Slot.Document.Language
            ? new SidesResult("", "", path, null, $"{baseline?.Name} keeps no text like that of {after.Manifest.FileName}.")
            : new SidesResult(TextOf(before), TextOf(after), path, null, null);
    }

    private static (string Text, bool IsMasked) Masked(Manifest? manifest)
    {
        if (manifest is null)
            return ("", false);
        var content = manifest.Source.Text.Content;
        var text = new System.Text.StringBuilder();
        var at = 0;
        foreach (var slot in manifest.Source.Documents.Where(s => s.Start >= at))
        {
            text.Append(content, at, slot.Start - at).Append(Secrets.Of(slot.Document).Mask(slot.Document.Text));
            at = slot.Start + slot.Document.Text.Length;
        }

        var masked = text.Append(content, at, Math.Max(content.Length - at, 0)).ToString();
        return (masked, masked != content);
    }

    // Whole lines, such that what is compared is indented alike. Masking keeps the lines and not the offsets.
    private static string TextOf(Resource? resource)
    {
        if (resource is null)
            return "";
        var text = new SourceText(resource.Slot.Document.Text);
        var first = text.PositionOf(resource.Span.Start).Line;
        var last = text.PositionOf(Math.Min(resource.Span.End, text.Content.Length)).Line;
        return string.Join("\n", Secrets.Of(resource.Slot.Document).Mask(text.Content).Split('\n').Skip(first).Take(last - first + 1));
    }
}
