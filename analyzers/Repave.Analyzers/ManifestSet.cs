using System.Collections.Immutable;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Analyzers;

/// <summary>What was found at one place of a manifest.</summary>
internal sealed record ManifestFinding(
    Rule Rule, Severity Severity, string Message, Microsoft.CodeAnalysis.Text.TextSpan Span, LinePositionSpan Lines);

/// <summary>The manifests of a project, checked together. What was found in the last few states is kept for as long as the compiler's
/// process
/// lives: a build in which no manifest has changed checks none, and one in which some have checks those and what depends on them.</summary>
internal sealed class ManifestSet
{
    // Old states are asked for by undoing, and by builds of other projects in between.
    private const int MaxKept = 4;

    private static readonly List<(string Key, Lazy<ManifestSet> Set)> Kept = [];

    private readonly Dictionary<string, IReadOnlyList<ManifestFinding>> _byPath;
    private readonly Dictionary<string, string> _texts;
    private readonly string _settingsKey;
    private ManifestAnalysis? _analysis;

    /// <summary>How often a set was checked, for tests.</summary>
    internal static int Checks;

    /// <summary>How many manifests were read, for tests.</summary>
    internal static int Reads;

    private ManifestSet(string settingsKey, List<(string Path, SourceText Text)> texts, BuildSettings settings, ManifestSet? before,
        CancellationToken cancellation)
    {
        Interlocked.Increment(ref Checks);
        _settingsKey = settingsKey;
        _texts = new Dictionary<string, string>(texts.Count, StringComparer.Ordinal);
        var rules = settings.ForManifests;
        var context = new AnalysisOptions(rules);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var changed = new List<Manifest>();
        var last = before?._analysis;
        foreach (var (path, text) in texts)
        {
            var hash = HashOf(text);
            _texts[path] = hash;
            var known = settings.PathOf(path);
            if (rules.Exclude.Any(p => p.Matches(known)))
                continue;
            paths[known] = path;
            if (last is not null && before!._texts.TryGetValue(path, out var old) && old == hash)
                continue;
            var content = text.ToString();
            if (!context.IsWorthReading(known, content))
                continue;
            Interlocked.Increment(ref Reads);
            changed.Add(Manifest.Parse(known, content));
        }

        if (last is null)
        {
            _analysis = ManifestAnalysis.Of(changed, context, cancellation);
        }
        else
        {
            var now = new HashSet<string>(changed.Select(m => m.Path), StringComparer.Ordinal);
            var removed = last.Paths.Where(p => !paths.TryGetValue(p, out var path)
                || (!now.Contains(p) && before!._texts[path] != _texts[path])).ToList();
            _analysis = last.Settle(changed, removed, cancellation);
        }

        _byPath = new Dictionary<string, IReadOnlyList<ManifestFinding>>(StringComparer.Ordinal);
        foreach (var known in _analysis.Paths)
        {
            var path = paths[known];
            var found = _analysis.Findings(known).Select(Of).ToList();
            if (found.Count == 0)
                continue;
            // What is the same as before is the same object, so that a state costs no more than its difference.
            _byPath[path] = before?._byPath.TryGetValue(path, out var same) == true && same.SequenceEqual(found) ? same : found;
        }
    }

    /// <summary>Whether a file may be a manifest.</summary>
    public static bool IsManifest(AdditionalText file) =>
        DialectCatalogue.IsManifestName(file.Path.Replace('\\', '/')) && Path.GetFileName(file.Path) != SettingsReader.FileName;

    /// <summary>What was found in a file.</summary>
    public IReadOnlyList<ManifestFinding> In(string path) => _byPath.TryGetValue(path, out var found) ? found : [];

    /// <summary>Checks the manifests among files.</summary>
    public static ManifestSet Check(ImmutableArray<AdditionalText> files, BuildSettings settings, CancellationToken cancellation)
    {
        var texts = new List<(string Path, SourceText Text)>();
        foreach (var file in files)
        {
            if (IsManifest(file) && ManifestText.IsReadable(file) && file.GetText(cancellation) is { } text)
                texts.Add((file.Path, text));
        }

        var settingsKey = SettingsKeyOf(settings);
        var key = KeyOf(settingsKey, texts);
        while (true)
        {
            Lazy<ManifestSet> mine;
            lock (Kept)
            {
                var index = Kept.FindIndex(k => k.Key == key);
                if (index >= 0)
                {
                    mine = Kept[index].Set;
                    Kept.RemoveAt(index);
                }
                else
                {
                    var before = Kept.FindLast(k => k.Set.IsValueCreated && k.Set.Value._settingsKey == settingsKey
                        && k.Set.Value._analysis is not null && SharesFiles(k.Set.Value, texts)).Set?.Value;
                    mine = new Lazy<ManifestSet>(() => new ManifestSet(settingsKey, texts, settings, before, cancellation));
                }

                // Whoever asks for the same while it is checked waits for that check.
                Kept.Add((key, mine));
                if (Kept.Count > MaxKept)
                    Kept.RemoveAt(0);
            }

            try
            {
                var set = mine.Value;
                Forget();
                return set;
            }
            catch (OperationCanceledException)
            {
                lock (Kept)
                    Kept.RemoveAll(k => k.Set == mine);
                // Somebody else was told to stop, not we.
                cancellation.ThrowIfCancellationRequested();
            }
            catch
            {
                lock (Kept)
                    Kept.RemoveAll(k => k.Set == mine);
                throw;
            }
        }
    }

    // Only the newest state of a project is gone on from; of the others what was found is enough.
    private static void Forget()
    {
        lock (Kept)
        {
            for (var i = 0; i < Kept.Count; i++)
            {
                if (Kept[i].Set.IsValueCreated && Kept.FindIndex(i + 1, k => k.Set.IsValueCreated
                    && k.Set.Value._settingsKey == Kept[i].Set.Value._settingsKey) >= 0)
                    Kept[i].Set.Value._analysis = null;
            }
        }
    }

    private static bool SharesFiles(ManifestSet set, List<(string Path, SourceText Text)> texts)
    {
        var shared = 0;
        foreach (var (path, _) in texts)
        {
            if (set._texts.ContainsKey(path))
                shared++;
        }

        return shared * 2 >= texts.Count;
    }

    private static ManifestFinding Of(Finding finding)
    {
        var (span, lines) = (finding.FileSpan, finding.Range);
        return new ManifestFinding(finding.Rule, finding.Severity, finding.Message,
            Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(span.Start, span.End),
            new LinePositionSpan(PositionOf(lines.Start), PositionOf(lines.End)));
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition PositionOf(Core.Text.LinePosition position) =>
        new(position.Line, position.Character);

    private static string SettingsKeyOf(BuildSettings settings)
    {
        var key = new StringBuilder(settings.Root).Append('\n').Append(settings.Text).Append('\n');
        foreach (var rule in settings.ForManifests.Rules)
            key.Append(rule.Key).Append('=').Append(rule.Value).Append(' ');
        return key.ToString();
    }

    private static string HashOf(SourceText text)
    {
        var hash = text.GetChecksum();
        var bytes = new byte[hash.Length];
        hash.CopyTo(bytes);
        return Convert.ToBase64String(bytes);
    }

    // Two states that differ have different keys, and a key is short whatever the number of files.
    private static string KeyOf(string settingsKey, List<(string Path, SourceText Text)> texts)
    {
        var key = new StringBuilder(settingsKey);
        foreach (var (path, text) in texts)
            key.Append('\n').Append(path).Append(' ').Append(HashOf(text));
        using var sha = System.Security.Cryptography.SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(key.ToString())));
    }
}
