using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans.Drift;

/// <summary>Compares running containers with the services that they were made from.</summary>
internal static class ComposeDrift
{
    /// <summary>What was changed in containers, service by service.</summary>
    public static IReadOnlyList<DriftItem> Find(PlanInput input, List<string> notes)
    {
        if (input.Baseline.Evidence is not ComposeEvidence evidence)
        {
            if (input.Baseline.Unreadable.Count == 0)
                notes.Add("Compose files were left out: what was changed in containers only an engine says (--live).");
            return [];
        }

        var found = new List<DriftItem>();
        var rules = ComposePlanner.RulesOf(input);
        foreach (var files in ProjectFiles.Of(input.Desired, input.DesiredManifests, input.Options.Roots, notes))
        {
            var project = ComposeLoader.Load(files.Files, files.Paths, ComposePlanner.OptionsOf(files, evidence, rules));
            if (project.Problems.FirstOrDefault(p => p.Kind != ProblemKind.FileNotRead) is { } problem)
            {
                notes.Add($"{files.Key}: Compose refuses the project ({problem.Message}); its containers were not compared.");
                continue;
            }

            var state = ProjectState.Of(evidence, project.Name);
            foreach (var (name, service) in project.Services)
            {
                var resource = files.Resources.LastOrDefault(r => r.Id.Type == "service" && r.Id.Name == name)
                    ?? Included(files, name, service);
                if (resource is not null && state.Services.TryGetValue(name, out var there))
                    found.AddRange(OfService(project, service, resource, there, state, evidence, notes));
            }
        }

        return found;
    }

    private static List<DriftItem> OfService(ComposeProject project, ComposeValue service, Resource resource, ServiceState there,
        ProjectState state, ComposeEvidence evidence, List<string> notes)
    {
        var found = new List<DriftItem>();
        var hash = state.HashOf(project, service);
        foreach (var container in there.Containers)
        {
            var drift = new ContainerDrift(project, service, resource, container, evidence);
            // What its definition was, nobody knows any more: what of it was changed since cannot be told.
            if (container.Hash == hash)
                drift.CompareSettings();
            else
                notes.Add($"The container '{container.Name}' was made from another definition of '{resource.Id.Name}', so only its "
                    + "files were compared; a plan says what becomes of it.");
            drift.CompareFiles(notes);
            found.AddRange(drift.Found);
        }

        return found;
    }

    // What an included file defines.
    private static ComposeResource? Included(ProjectFiles files, string name, ComposeValue service) => service.Place is { } place
        ? new ComposeResource(new ResourceId(ComposeDialect.DialectName, "service", files.Folder == "." ? null : files.Folder, name),
            place.File.Manifest, place.File.Slot, "services", false)
        : null;
}
