using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>Plans projects against earlier states of their files, or against an engine.</summary>
internal sealed class ComposePlanner
{
    // Where paths do not matter, because both sides are one project in different folders.
    private const string AnyFolder = "/project";

    private readonly PlanInput _input;
    private readonly List<string> _notes;
    private readonly ComposeEvidence? _evidence;
    private readonly ComposeRules _rules;

    public ComposePlanner(PlanInput input, List<string> notes)
    {
        (_input, _notes) = (input, notes);
        _evidence = input.Baseline.Evidence as ComposeEvidence;
        _rules = RulesOf(input);
    }

    /// <summary>The rules of the Compose that a plan is for: the one that was named, or the installed one, or the newest.</summary>
    public static ComposeRules RulesOf(PlanInput input)
    {
        var newest = ComposePack.Versions[ComposePack.Versions.Count - 1];
        return ComposeRules.Of(input.Options.Versions.GetValueOrDefault(ComposeDialect.DialectName)
            ?? (input.Baseline.Evidence as ComposeEvidence)?.Version
            ?? input.Settings.Versions.GetValueOrDefault(ComposeDialect.DialectName) ?? newest) ?? ComposeRules.Of(newest)!;
    }

    /// <summary>How a project is loaded that an engine runs.</summary>
    public static LoadOptions OptionsOf(ProjectFiles files, ComposeEvidence? evidence, ComposeRules rules) => new(rules)
    {
        Folder = evidence is null ? AnyFolder : evidence.Folders.GetValueOrDefault(files.Folder) ?? files.Folder,
        Name = evidence?.Project ?? (evidence is null ? "project" : null),
        Shell = evidence?.Shell ?? new Dictionary<string, string>(),
        Profiles = evidence?.Profiles,
        Home = evidence?.Home,
    };

    /// <summary>The changes, project by project; deletions last.</summary>
    public IReadOnlyList<ResourceChange> Plan()
    {
        var changes = new List<ResourceChange>();
        foreach (var broken in _input.Broken)
            changes.Add(new ResourceChange(broken.Id)
            {
                Desired = broken,
                Action = PlanAction.Unknown,
                Note = "its file cannot be read to the end",
            });
        var after = ProjectFiles.Of(_input.Desired, _input.DesiredManifests, _input.Options.Roots, _notes);
        var before = ProjectFiles.Of(_input.Before, _input.Baseline.Manifests, _input.Baseline.Roots, []);
        var isBroken = new HashSet<string>(_input.Broken.Select(b => b.Manifest.Path), StringComparer.Ordinal);
        foreach (var project in after)
        {
            if (project.Paths.Any(isBroken.Contains))
                continue;
            changes.AddRange(PlanOne(project, before.FirstOrDefault(b => b.Key == project.Key)));
        }

        foreach (var gone in before.Where(b => _input.Baseline.IsEarlierState && after.All(a => a.Key != b.Key)))
            _notes.Add($"The project in {gone.Key} is gone; its containers run on until somebody stops them.");
        return changes;
    }

    private IReadOnlyList<ResourceChange> PlanOne(ProjectFiles files, ProjectFiles? old)
    {
        if (_evidence is null && _input.Baseline.Unreadable.Count > 0)
            return [.. files.Resources.Select(r => new ResourceChange(r.Id)
            {
                Desired = r,
                Action = PlanAction.Unknown,
                Note = _input.Baseline.Unreadable.Values.First(),
            })];
        var options = OptionsOf(files, _evidence, _rules);
        var desired = ComposeLoader.Load(files.Files, files.Paths, options);
        var isGit = _input.Baseline.Name.StartsWith("git:", StringComparison.Ordinal);
        var before = old is null || _evidence is not null ? null
            : ComposeLoader.Load(isGit ? old.Files.Beside(files.Files, old.Folder, files.Folder) : old.Files, old.Paths, options);
        foreach (var missing in desired.Problems.Where(p => p.Kind == ProblemKind.FileNotRead).Select(p => p.Message).Distinct())
            _notes.Add($"{files.Key}: {missing} It was planned without it.");
        var state = before is not null ? ProjectState.Of(before)
            : _evidence is not null ? ProjectState.Of(_evidence, desired.Name) : null;
        var refusal = desired.Problems.FirstOrDefault(p => p.Kind != ProblemKind.FileNotRead);
        var plan = new ProjectPlan(desired, state, files, old, _evidence);
        return refusal is null ? plan.Plan() : plan.Refused(refusal);
    }
}
