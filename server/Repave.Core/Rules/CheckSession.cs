using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Rules;

/// <summary>A check that goes on: what was found in every file, and the means to check a file again after an edit without the others. Used by
/// one thread at a time.</summary>
public sealed class CheckSession
{
    private readonly Checker _checker;
    private readonly Checker.FileWork[] _work;
    private readonly Dictionary<string, DialectCheck> _checks;
    private readonly Dictionary<string, Checker.FileWork> _byPath;

    internal CheckSession(Checker checker, Checker.FileWork[] work, Dictionary<string, DialectCheck> checks)
    {
        _checker = checker;
        _work = work;
        _checks = checks;
        _byPath = new Dictionary<string, Checker.FileWork>(StringComparer.Ordinal);
        foreach (var one in work)
            _byPath[one.Manifest.Path] = one;
    }

    /// <summary>The paths of the files.</summary>
    public IEnumerable<string> Paths => _byPath.Keys;

    /// <summary>The resources of all files, as they were last checked.</summary>
    public IEnumerable<Resource> Resources => _byPath.Values.SelectMany(w => w.Resources);

    /// <summary>The resources of a file, as they were last checked.</summary>
    public IReadOnlyList<Resource> ResourcesOf(string path) => _byPath.TryGetValue(path, out var work) ? work.Resources : [];

    /// <summary>The means of a dialect: shapes, references, names.</summary>
    public DialectCheck Of(string dialect)
    {
        if (!_checks.TryGetValue(dialect, out var check))
            _checks[dialect] = check = _checker.Prepare(dialect);
        return check;
    }

    /// <summary>What was found in a file when it was last checked.</summary>
    public IReadOnlyList<Finding> Findings(string path) => _byPath.TryGetValue(path, out var work) ? _checker.Finish(work) : [];

    /// <summary>Checks a file again. Documents that are the same objects as before are not looked at; what the others mean to the rest of the set
    /// is found by the next whole check.</summary>
    /// <param name="manifest">The file as it is now.</param>
    public IReadOnlyList<Finding> Recheck(Manifest manifest)
    {
        _byPath.TryGetValue(manifest.Path, out var before);
        var known = new Dictionary<Document, (DocumentSlot Slot, FindingSink? Sink)>();
        foreach (var slot in before?.Manifest.Source.Documents ?? [])
            known[slot.Document] = (slot, before!.Sinks.TryGetValue((before.Manifest, slot.Start), out var sink) ? sink : null);
        var resources = (before?.Resources ?? []).ToLookup(r => r.Slot.Document);
        var work = new Checker.FileWork(manifest);
        foreach (var slot in manifest.Source.Documents)
        {
            if (known.TryGetValue(slot.Document, out var old))
            {
                work.Resources.AddRange(resources[slot.Document].Select(r => r.In(manifest, slot)));
                if (old.Sink is { } kept)
                    work.Sinks[(manifest, slot.Start)] = kept.In(manifest, slot);
                continue;
            }

            var first = work.Resources.Count;
            _checker.ReadDocument(work, slot);
            foreach (var resource in work.Resources.Skip(first))
            {
                var check = Of(resource.Id.Dialect);
                check.Adopt(resource);
                check.Check(resource, work.Sinks[(manifest, slot.Start)]);
            }
        }

        _checker.ReportTooLong(work);
        _byPath[manifest.Path] = work;
        return _checker.Finish(work);
    }

    /// <summary>Takes a file out.</summary>
    public void Remove(string path) => _byPath.Remove(path);

    internal CheckResult Finish(int files, CancellationToken cancellation)
    {
        var findings = new List<Finding>[_work.Length];
        Checker.ForEach(_work.Length, i => findings[i] = _checker.Finish(_work[i]), cancellation);
        return new CheckResult(
            files,
            _work.Sum(w => w.Documents),
            _work.Sum(w => w.Resources.Count),
            _work.Sum(w => w.Templates),
            [.. findings.SelectMany(f => f)]);
    }
}
