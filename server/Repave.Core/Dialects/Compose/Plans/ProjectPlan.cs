using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What <c>docker compose up</c> makes of a project's state: the order and the rules of its convergence.</summary>
internal sealed class ProjectPlan
{
    private const string Recreate = "recreate";
    private const string ServicePrefix = "service:";

    private readonly ComposeProject _project;
    private readonly ProjectState? _state;
    private readonly ProjectFiles _files;
    private readonly ProjectFiles? _old;
    private readonly ComposeEvidence? _evidence;
    private readonly ComposeRules _rules;
    private readonly Dictionary<(string Type, string Name), ResourceChange> _changes = [];
    private readonly List<ResourceChange> _ordered = [];

    public ProjectPlan(ComposeProject project, ProjectState? state, ProjectFiles files, ProjectFiles? old, ComposeEvidence? evidence)
    {
        (_project, _state, _files, _old, _evidence) = (project, state, files, old, evidence);
        _rules = project.Rules;
    }

    /// <summary>The changes.</summary>
    public IReadOnlyList<ResourceChange> Plan()
    {
        foreach (var name in Names("networks", "network"))
            PlanNetwork(name);
        foreach (var name in Names("volumes", "volume"))
            PlanVolume(name);
        foreach (var (section, type) in ((string, string)[])[("secrets", "secret"), ("configs", "config")])
        {
            foreach (var name in Names(section, type))
                PlanFile(section, type, name);
        }

        foreach (var name in InOrder())
            PlanService(name);
        foreach (var name in _project.Disabled.Keys)
            PlanDisabled(name);
        foreach (var name in (_state?.Services.Keys ?? [])
            .Where(n => !_project.Services.ContainsKey(n) && !_project.Disabled.ContainsKey(n)))
            PlanOrphan(name);
        return _ordered;
    }

    /// <summary>What becomes of a project that Compose refuses: nothing.</summary>
    public IReadOnlyList<ResourceChange> Refused(ComposeProblem problem)
    {
        foreach (var resource in _files.Resources.GroupBy(r => r.Id).Select(g => g.First()))
        {
            var change = Change(resource.Id.Type, resource.Id.Name);
            var isThere = change.Baseline is not null || _state?.Services.ContainsKey(resource.Id.Name) == true;
            change.Action = isThere ? PlanAction.None : PlanAction.Unknown;
            if (!isThere)
                change.Note = "Compose refuses the project, so nothing is made";
            change.Warn(PlanWarningKind.Refused, $"Compose refuses the project: {problem.Message}");
        }

        return _ordered;
    }

    private IEnumerable<string> Names(string section, string type) => _project.Section(section).Keys
        .Concat(_old is null ? [] : _old.Resources.Where(r => r.Id.Type == type).Select(r => r.Id.Name)).Distinct();

    private void PlanNetwork(string name)
    {
        var change = Change("network", name);
        if (!_project.Section("networks").TryGetValue(name, out var network))
        {
            Left(change, "network", name, "networks");
            return;
        }

        if (IsExternal(network) || !_project.UsedNetworks().Contains(name))
        {
            change.Action = PlanAction.None;
            if (!IsExternal(network) && change.Baseline is null && _state is not null)
                change.Warn(PlanWarningKind.Notice, $"No service uses the network '{name}', so Compose does not make it.");
            return;
        }

        var real = ProjectState.RealName(_project, "networks", name);
        if (_state?.Networks.TryGetValue(real, out var hash) != true)
        {
            change.Action = PlanAction.Create;
            if (_state?.Before is { } before && before.Section("networks").ContainsKey(name))
            {
                AddReasons(change, before.Section("networks")[name], network, Effect.None, "Compose knows a network by its real name");
                change.Warn(PlanWarningKind.Notice,
                    $"The network '{ProjectState.RealName(before, "networks", name)}' stays where it is; remove it by hand.");
            }

            return;
        }

        if (hash!.Length == 0 && _state.Before is null)
            return;
        if (hash == _project.NetworkHash(name))
            return;
        var effect = _rules.RecreatesNetworks ? Effect.Replaces : Effect.None;
        AddReasons(change, _state.Before?.Section("networks").GetValueOrDefault(name), network, effect, _rules.RecreatesNetworks
            ? "Compose removes a network whose definition changed and creates it again"
            : $"Compose {_rules.Version.Major}.{_rules.Version.Minor} keeps a network as it is, whatever its definition says");
        if (!_rules.RecreatesNetworks)
        {
            change.Warn(PlanWarningKind.NotRolledOut,
                $"The network '{real}' stays as it is; only 'docker compose down' and 'up' create it again.");
            return;
        }

        change.Action = PlanAction.Replace;
        change.Mechanism = ResourceChange.DeleteAndCreate;
        var users = _project.Services.Where(s => ProjectState.NetworksOf(_project, s.Value).Contains(real)).Select(s => s.Key).ToList();
        change.Warn(PlanWarningKind.Downtime,
            $"All containers on the network are stopped while it is created again: {string.Join(", ", users)}.");
    }

    private void PlanVolume(string name)
    {
        var change = Change("volume", name);
        if (!_project.Section("volumes").TryGetValue(name, out var volume))
        {
            Left(change, "volume", name, "volumes");
            return;
        }

        if (IsExternal(volume) || !_project.UsedVolumes().Contains(name))
        {
            if (!IsExternal(volume) && change.Baseline is null && _state is not null)
                change.Warn(PlanWarningKind.Notice, $"No service uses the volume '{name}', so Compose does not make it.");
            if (IsExternal(volume) && _state?.Before is { } was
                && was.Section("volumes").TryGetValue(name, out var own) && !IsExternal(own))
                change.Warn(new PlanWarning(PlanWarningKind.DataLoss,
                    $"The data in '{ProjectState.RealName(was, "volumes", name)}' stays there, and services see that of "
                    + $"'{ProjectState.RealName(_project, "volumes", name)}' instead.")
                { KeepsData = true });
            return;
        }

        var real = ProjectState.RealName(_project, "volumes", name);
        if (_state?.Volumes.TryGetValue(real, out var hash) != true)
        {
            change.Action = PlanAction.Create;
            if (_state?.Before is { } before && before.Section("volumes").ContainsKey(name))
            {
                AddReasons(change, before.Section("volumes")[name], volume, Effect.None, "Compose knows a volume by its real name");
                change.Warn(new PlanWarning(PlanWarningKind.DataLoss,
                    $"The new volume is empty; the data stays in '{ProjectState.RealName(before, "volumes", name)}'.")
                { KeepsData = true });
            }

            return;
        }

        if (hash!.Length == 0 || hash == _project.VolumeHash(name))
            return;
        AddReasons(change, _state.Before?.Section("volumes").GetValueOrDefault(name), volume, Effect.None, _rules.ComparesVolumes
            ? "Compose asks whether to create the volume again without its data, and keeps it where nobody answers yes"
            : $"Compose {_rules.Version.Major}.{_rules.Version.Minor} keeps a volume as it is, whatever its definition says");
        if (_rules.ComparesVolumes)
            change.Warn(new PlanWarning(PlanWarningKind.DataLoss,
                $"'docker compose up -y' would remove the volume '{real}' with its data and make an empty one.")
            { KeepsData = true });
        else
            change.Warn(PlanWarningKind.NotRolledOut, $"The volume '{real}' stays as it is; its definition counts only when it is made.");
    }

    private void PlanFile(string section, string type, string name)
    {
        var change = Change(type, name);
        if (!_project.Section(section).TryGetValue(name, out var value) || _state?.Before is not { } before)
            return;
        if (!before.Section(section).TryGetValue(name, out var was))
            return;
        AddReasons(change, was, value, Effect.None, "containers keep what they were made with");
        if (change.Reasons.Count > 0)
            change.Warn(PlanWarningKind.NotRolledOut,
                $"Containers that have the {type} '{name}' keep the old one until they are recreated (--force-recreate).");
    }

    private void PlanService(string name)
    {
        var service = _project.Services[name];
        var change = Change("service", name);
        if (service["provider"] is not null)
        {
            change.Note = "what its provider does is not known here";
            return;
        }

        var scale = ComposeProject.ScaleOf(service);
        if (_state?.Services.TryGetValue(name, out var was) != true || was!.Scale == 0)
        {
            change.Action = scale > 0 || _state is null ? PlanAction.Create : PlanAction.None;
            return;
        }

        var causes = CausesOf(name, service, was, change);
        var restarts = causes.Count == 0 && change.Reasons.All(r => r.Effect < Effect.Rolls) ? RestartsOf(name, service) : [];
        change.CausedBy.AddRange(causes.Concat(restarts).Distinct());
        if (was.Definition is { } made && service["storage_opt"] is { } storage && !ComposeValue.AreEqual(storage, made["storage_opt"]))
        {
            change.Certainty = Certainty.Conditional;
            change.Warn(PlanWarningKind.Refused,
                "Most engines refuse 'storage_opt': their storage has no quotas. Then the new container is not "
                    + "made, and the old one stays.");
            Sort(change);
            return;
        }

        if (causes.Count > 0 || change.Reasons.Exists(r => r.Effect == Effect.Rolls))
        {
            change.Action = PlanAction.Roll;
            change.Mechanism = Recreate;
            // Compose replaces the containers of a service beside each other, each stopped before its successor starts.
            var (old, wanted) = ((int)Math.Min(int.MaxValue, was.Scale), (int)Math.Min(int.MaxValue, scale));
            change.Steps = new ReplacementSteps
            {
                Instance = "container",
                MinAvailable = 0,
                MaxTotal = Math.Max(old, wanted),
                PodsRolled = Math.Min(old, wanted),
                Steps = wanted > 0 ? [wanted] : [],
                NeedsPerson = false,
                CannotProgress = false,
            };
            WarnOfRecreation(change, name, service, was);
        }
        else if (restarts.Count > 0)
        {
            change.Action = PlanAction.InPlace;
            change.Reasons.Add(new Reason("", null, null, Effect.Interrupts, Certainty.Certain,
                $"its containers are stopped and started again with {string.Join(", ", restarts.Select(r => $"{r.Type} '{r.Name}'"))}",
                change.Desired, change.Desired?.NameSpan ?? default));
            change.Warn(PlanWarningKind.Downtime, $"The containers of '{name}' are stopped and started again.");
        }
        else if (scale != was.Scale)
        {
            change.Action = PlanAction.InPlace;
        }
        else if (was.Containers.FirstOrDefault(c => c.State is not "running") is { } idle && causes.Count == 0)
        {
            if (idle.State == "paused")
            {
                change.Warn(PlanWarningKind.Refused,
                    $"The container '{idle.Name}' is paused, and Compose cannot start it; unpause it first.");
                return;
            }

            change.Action = PlanAction.InPlace;
            change.Reasons.Add(new Reason("", null, null, Effect.Interrupts, Certainty.Certain,
                $"the container '{idle.Name}' is {idle.State} and is started again", change.Desired, change.Desired?.NameSpan ?? default));
        }

        if (scale != was.Scale && !change.Reasons.Exists(r => r.Path is "scale" or "deploy.replicas"))
        {
            var place = service["scale"]?.Place ?? service["deploy"]?["replicas"]?.Place;
            change.Reasons.Add(ReasonOf(change, "scale", ComposeValue.Of(was.Scale), ComposeValue.Of(scale), Effect.InPlace,
                "containers are added or removed, and the others stay", place));
        }

        if (scale > was.Scale && FixedPorts(service).FirstOrDefault() is { } port)
            change.Warn(PlanWarningKind.NoSideBySide,
                $"Only one container can have the host's port {port}; the others of '{name}' cannot start.");
        Sort(change);
    }

    // What makes the containers be recreated besides the service's own fields, which become reasons.
    private List<ResourceId> CausesOf(string name, ComposeValue service, ServiceState was, ResourceChange change)
    {
        var causes = new List<ResourceId>();
        var parents = ParentsOf(service).Where(p => IsRecreated(p)).ToList();
        causes.AddRange(parents.Select(p => IdOf("service", p)));
        if (parents.Count > 0)
            change.Reasons.Add(new Reason("", null, null, Effect.Rolls, Certainty.Certain,
                $"it shares what belongs to the containers of {string.Join(", ", parents)}, which are recreated", change.Desired,
                change.Desired?.NameSpan ?? default)
            { IsDragged = true });
        if (was.Definition is { } before)
        {
            CompareFields(change, before, service, name);
        }
        else if (was.Hash != _state!.HashOf(_project, service))
        {
            change.Reasons.Add(new Reason("", null, null, Effect.Rolls, Certainty.Certain,
                "its containers were made from another definition of the service", change.Desired, change.Desired?.NameSpan ?? default));
        }

        if (_evidence is not null && (service.TextAt("image") ?? $"{_project.Name}-{name}") is { } image
            && _evidence.Images.TryGetValue(image, out var id) && was.Containers.FirstOrDefault(c => c.Image != id) is { } stale)
            change.Reasons.Add(ReasonOf(change, "image", ComposeValue.Of(stale.Image), ComposeValue.Of(id), Effect.Rolls,
                "the name stands for another image than its containers were made from", service["image"]?.Place));
        if (_rules.ComparesVolumes)
        {
            foreach (var key in service["networks"]?.Fields.Keys ?? Enumerable.Empty<string>())
            {
                var real = ProjectState.RealName(_project, "networks", key);
                if (!was.Networks.Contains(real) && !IsReplaced("network", key) && was.Containers.All(c => c.State == "running"))
                    Moved(change, causes, "network", key, real);
            }

            foreach (var key in _project.VolumesIn(service))
            {
                if (!was.Volumes.Contains(ProjectState.RealName(_project, "volumes", key)))
                    Moved(change, causes, "volume", key, ProjectState.RealName(_project, "volumes", key));
            }
        }
        else if (was.Definition is not null)
        {
            WarnOfOldNames(change, service, was);
        }

        if (_rules.RebuildsByPolicy && was.Definition is { } earlier && service["build"] is not null
            && service.TextAt("pull_policy") == "build" && earlier.TextAt("pull_policy") != "build")
            change.Reasons.Add(new Reason("pull_policy", null, null, Effect.Rolls, Certainty.Conditional,
                "the image is built again, and its containers follow where that gives another one", change.Desired,
                change.Desired?.NameSpan ?? default));

        if (_rules.RecreatesDependents)
        {
            var recreated = (service["depends_on"]?.Fields.Keys ?? Enumerable.Empty<string>()).Where(IsRecreated).ToList();
            causes.AddRange(recreated.Select(d => IdOf("service", d)));
            if (recreated.Count > 0 && change.Reasons.TrueForAll(r => r.Effect != Effect.Rolls))
                change.Reasons.Add(new Reason("", null, null, Effect.Rolls, Certainty.Certain,
                    $"this version of Compose recreates what depends on a service that it recreates: {string.Join(", ", recreated)}",
                    change.Desired, change.Desired?.NameSpan ?? default)
                { IsDragged = true });
        }

        return causes;
    }

    private void Moved(ResourceChange change, List<ResourceId> causes, string type, string key, string real)
    {
        causes.Add(IdOf(type, key));
        if (change.Reasons.TrueForAll(r => r.Effect != Effect.Rolls))
            change.Reasons.Add(new Reason($"{type}s", null, null, Effect.Rolls, Certainty.Certain,
                $"its containers have another {type} than '{real}'", change.Desired, change.Desired?.NameSpan ?? default)
            { IsDragged = true });
    }

    private void WarnOfOldNames(ResourceChange change, ComposeValue service, ServiceState was)
    {
        foreach (var real in ProjectState.NetworksOf(_project, service).Except(was.Networks)
            .Concat(ProjectState.VolumesOf(_project, service).Except(was.Volumes)))
        {
            if (change.Reasons.TrueForAll(r => r.Effect != Effect.Rolls))
                change.Warn(PlanWarningKind.NotRolledOut,
                    $"Its containers do not come to have '{real}' until they are recreated (--force-recreate).");
        }
    }

    private void CompareFields(ResourceChange change, ComposeValue before, ComposeValue service, string name)
    {
        var isHashEqual = _state!.Before!.HashOf(name) == _project.HashOf(name);
        foreach (var field in service.Fields.Keys.Concat(before.Fields.Keys.Where(k => service[k] is null)).ToList())
        {
            if (field is "env_file" or "extends")
                continue;
            var effect = FieldEffects.Of(field, _rules);
            foreach (var one in ValueChange.Between(before[field], service[field], field, service.PlaceOf(field)))
            {
                var isScale = one.Path is "scale" or "deploy.replicas";
                var strength = isScale ? Effect.InPlace : effect.Effect == Effect.Rolls && isHashEqual ? Effect.None : effect.Effect;
                if (strength == Effect.None && effect.Effect == Effect.Rolls)
                    continue;
                change.Reasons.Add(ReasonOf(change, one.Path, one.From, one.To, strength,
                    isScale ? FieldEffects.Of("scale", _rules).Why : effect.Why, one.Place));
            }
        }

        if (!isHashEqual && change.Reasons.TrueForAll(r => r.Effect != Effect.Rolls))
            change.Reasons.Add(new Reason("", null, null, Effect.Rolls, Certainty.Certain, FieldEffects.Of("image", _rules).Why,
                change.Desired, change.Desired?.NameSpan ?? default));
        foreach (var field in (string[])["build"])
        {
            if (change.Reasons.Exists(r => r.Path == field || r.Path.StartsWith(field + ".", StringComparison.Ordinal)))
                change.Warn(PlanWarningKind.NotRolledOut,
                    $"The image of '{name}' is not built again by 'up' alone; say --build, and its containers follow.");
        }
    }

    // Services whose containers are named in this one's definition once it is made.
    private static IEnumerable<string> ParentsOf(ComposeValue service)
    {
        foreach (var field in (string[])["network_mode", "ipc", "pid"])
        {
            if (service.TextAt(field) is { } mode && mode.StartsWith(ServicePrefix, StringComparison.Ordinal))
                yield return mode.Substring(ServicePrefix.Length);
        }

        foreach (var from in (service["volumes_from"]?.Items ?? []).Where(v => v.IsText
            && !v.Text.StartsWith("container:", StringComparison.Ordinal)))
            yield return from.Text.Split(':')[0];
    }

    // What has the containers of a service stopped, which are started again then.
    private List<ResourceId> RestartsOf(string name, ComposeValue service)
    {
        var causes = new List<ResourceId>();
        foreach (var key in service["networks"]?.Fields.Keys ?? Enumerable.Empty<string>())
        {
            if (IsReplaced("network", key))
                causes.Add(IdOf("network", key));
        }

        if (!_rules.RecreatesDependents)
        {
            foreach (var (dependency, how) in service["depends_on"]?.Fields ?? [])
            {
                if (how["restart"] is { IsTrue: true } && IsRecreated(dependency))
                    causes.Add(IdOf("service", dependency));
            }
        }

        _ = name;
        return causes;
    }

    private void WarnOfRecreation(ResourceChange change, string name, ComposeValue service, ServiceState was)
    {
        change.Warn(PlanWarningKind.Downtime, was.Scale == 1
            ? $"The only container of '{name}' is stopped before the new one is started."
            : $"All {was.Scale} containers of '{name}' are stopped before the new ones are started.");
        if (service.TextAt("container_name") is { Length: > 0 } fixedName)
            change.Warn(PlanWarningKind.NoSideBySide, $"The name '{fixedName}' can be had by one container only, so old and new cannot run "
                + "side by side.");
        else if (FixedPorts(service).FirstOrDefault() is { } port)
            change.Warn(PlanWarningKind.NoSideBySide, $"The host's port {port} can be had by one container only, so old and new cannot run "
                + "side by side.");
        var targets = new HashSet<string>((service["volumes"]?.Items ?? []).Select(v => v.TextAt("target")).OfType<string>(),
            StringComparer.Ordinal);
        foreach (var volume in was.Definition?["volumes"]?.Items ?? [])
        {
            if (volume.TextAt("type") == "volume" && volume.TextAt("target") is { } target && !targets.Contains(target))
                change.Warn(volume.TextAt("source") is { } source
                    ? new PlanWarning(PlanWarningKind.DataLoss,
                        $"The new containers do not see the data of the volume '{source}', which stays where it is.")
                    { KeepsData = true }
                    : new PlanWarning(PlanWarningKind.DataLoss, $"The data in the anonymous volume on '{target}' is left behind."));
        }
    }

    private static IEnumerable<string> FixedPorts(ComposeValue service) => (service["ports"]?.Items ?? [])
        .Select(p => p["published"]?.Print()).OfType<string>().Where(p => p.Length > 0 && p != "0" && p.IndexOf('-') < 0);

    private void PlanDisabled(string name)
    {
        var change = Change("service", name);
        change.Action = PlanAction.None;
        if (_state?.Services.ContainsKey(name) == true)
            change.Warn(PlanWarningKind.NotRolledOut,
                $"No active profile has '{name}', so its containers are left as they are.");
    }

    private void PlanOrphan(string name)
    {
        var change = Change("service", name);
        change.Action = PlanAction.None;
        change.Warn(PlanWarningKind.Notice,
            $"'{name}' is no longer a service of the project, and its containers run on until they are removed (--remove-orphans).");
    }

    private static void Left(ResourceChange change, string type, string name, string section)
    {
        change.Action = PlanAction.None;
        change.Warn(PlanWarningKind.Notice, $"The {type} '{name}' is not defined any more, and stays on the engine until it is removed.");
        _ = section;
    }

    // Those that others depend on first, as Compose goes through them.
    private List<string> InOrder()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var start in _project.Services.Keys)
        {
            var walk = new Stack<(string Name, bool IsLeaving)>();
            walk.Push((start, false));
            while (walk.Count > 0)
            {
                var (name, isLeaving) = walk.Pop();
                if (isLeaving)
                {
                    order.Add(name);
                    continue;
                }

                if (!done.Add(name))
                    continue;
                walk.Push((name, true));
                foreach (var dependency in _project.Services[name]["depends_on"]?.Fields.Keys ?? Enumerable.Empty<string>())
                {
                    if (_project.Services.ContainsKey(dependency) && !done.Contains(dependency))
                        walk.Push((dependency, false));
                }
            }
        }

        return order;
    }

    private bool IsRecreated(string service) =>
        _changes.TryGetValue(("service", service), out var change) && change.Action == PlanAction.Roll;

    private bool IsReplaced(string type, string name) => _changes.TryGetValue((type, name), out var change)
        && change.Action == PlanAction.Replace;

    private static bool IsExternal(ComposeValue value) => value["external"] is { IsTrue: true };

    private void AddReasons(ResourceChange change, ComposeValue? from, ComposeValue to, Effect effect, string why)
    {
        foreach (var one in ValueChange.Between(from, to, "", to.Place).Where(c => from is not null))
            change.Reasons.Add(ReasonOf(change, one.Path, one.From, one.To, effect, why, one.Place));
        if (change.Reasons.Count == 0 && effect != Effect.None)
            change.Reasons.Add(new Reason("", null, null, effect, Certainty.Certain, why, change.Desired,
                change.Desired?.NameSpan ?? default));
    }

    private Reason ReasonOf(
        ResourceChange change, string path, ComposeValue? from, ComposeValue? to, Effect effect, string why, ValuePlace? place)
    {
        var source = place is { } at ? new ComposeResource(change.Id, at.File.Manifest, at.File.Slot, SectionOf(change.Id.Type), false)
            : change.Desired;
        var last = path.Substring(path.LastIndexOfAny(['.', '[']) + 1).TrimEnd(']');
        // What a file of variables says is shown by nobody's wish.
        var isSecret = SecretNames.Is(last) || (to?.IsText == true && place is { Node: ScalarNode written } && written.Value != to.Text
            && !written.Value.Contains(to.Text, StringComparison.Ordinal) && path.StartsWith("environment", StringComparison.Ordinal))
            || (place is { } here && Secrets.Of(here.File.Slot.Document).Touches(here.Node.Span));
        return new Reason(path, isSecret ? null : Show(from), isSecret ? null : Show(to), effect, Certainty.Certain, why, source,
            place?.Node.Span ?? change.Desired?.NameSpan ?? default)
        {
            IsSecret = isSecret,
            WasThere = from is not null,
            IsThere = to is not null,
        };
    }

    private static string? Show(ComposeValue? value)
    {
        const int most = 400;
        if (value is null)
            return null;
        var text = ValueJson.Of(value);
        return text.Length > most ? text.Substring(0, most) + "…" : text;
    }

    private static void Sort(ResourceChange change)
    {
        var ordered = change.Reasons.OrderByDescending(r => r.Effect).ToList();
        change.Reasons.Clear();
        change.Reasons.AddRange(ordered);
    }

    private ResourceId IdOf(string type, string name) => Change(type, name).Id;

    private ResourceChange Change(string type, string name)
    {
        if (_changes.TryGetValue((type, name), out var known))
            return known;
        var desired = _files.Resources.LastOrDefault(r => r.Id.Type == type && r.Id.Name == name)
            ?? Taken(type, name);
        var before = _old?.Resources.LastOrDefault(r => r.Id.Type == type && r.Id.Name == name);
        var id = desired?.Id ?? new ResourceId(ComposeDialect.DialectName, type, _files.Folder == "." ? null : _files.Folder, name);
        var change = new ResourceChange(id) { Desired = desired, Baseline = before, Action = PlanAction.None };
        _changes[(type, name)] = change;
        _ordered.Add(change);
        return change;
    }

    // What an included file defines.
    private ComposeResource? Taken(string type, string name) =>
        _project.Section(SectionOf(type)).TryGetValue(name, out var value) && value.Place is { } place
            ? new ComposeResource(new ResourceId(ComposeDialect.DialectName, type, _files.Folder == "." ? null : _files.Folder, name),
                place.File.Manifest, place.File.Slot, SectionOf(type), false)
            : null;

    private static string SectionOf(string type) => type + "s";
}
