using System.Collections.Concurrent;
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

/// <summary>The manifests of a project, checked together. What was found is kept for as long as the compiler's process lives, so that a
/// build in which no manifest has changed does not check them again.</summary>
internal sealed class ManifestSet
{
    private const int MaxKept = 256;

    private static readonly ConcurrentDictionary<string, ManifestSet> Kept = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<ManifestFinding>> _byPath = new(StringComparer.Ordinal);

    /// <summary>How often a set was checked, for tests.</summary>
    internal static int Checks;

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
            if (IsManifest(file) && file.GetText(cancellation) is { } text)
                texts.Add((file.Path, text));
        }

        var key = KeyOf(texts, settings);
        if (Kept.TryGetValue(key, out var known))
            return known;
        var set = new ManifestSet(texts, settings, cancellation);
        // Old states are of no use to anybody; forgetting all of them now and then costs less than telling which.
        if (Kept.Count >= MaxKept)
            Kept.Clear();
        Kept[key] = set;
        return set;
    }

    private ManifestSet(List<(string Path, SourceText Text)> texts, BuildSettings settings, CancellationToken cancellation)
    {
        Interlocked.Increment(ref Checks);
        var rules = settings.ForManifests;
        var context = new AnalysisOptions(rules);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var manifests = new List<Manifest>();
        foreach (var (path, text) in texts)
        {
            var known = settings.PathOf(path);
            if (rules.Exclude.Any(p => p.Matches(known)))
                continue;
            var content = text.ToString();
            if (!context.IsWorthReading(known, content))
                continue;
            paths[known] = path;
            manifests.Add(Manifest.Parse(known, content));
        }

        foreach (var finding in ManifestAnalysis.Check(manifests, context, cancellation).Findings)
        {
            var path = paths[finding.File.Path];
            if (!_byPath.TryGetValue(path, out var list))
                _byPath[path] = list = [];
            var (span, lines) = (finding.FileSpan, finding.Range);
            list.Add(new ManifestFinding(finding.Rule, finding.Severity, finding.Message,
                Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(span.Start, span.End),
                new LinePositionSpan(PositionOf(lines.Start), PositionOf(lines.End))));
        }
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition PositionOf(Core.Text.LinePosition position) =>
        new(position.Line, position.Character);

    private static string KeyOf(List<(string Path, SourceText Text)> texts, BuildSettings settings)
    {
        var key = new StringBuilder(settings.Root).Append('\n').Append(settings.Text).Append('\n');
        foreach (var rule in settings.ForManifests.Rules)
            key.Append(rule.Key).Append('=').Append(rule.Value).Append(' ');
        foreach (var (path, text) in texts)
        {
            key.Append('\n').Append(path).Append(' ');
            foreach (var one in text.GetChecksum())
                key.Append(one.ToString("x2"));
        }

        return key.ToString();
    }
}
