using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A kustomization that is being built: what it and what it includes have given so far.</summary>
internal sealed class KustomizeTarget
{
    // Every inclusion takes some frames; more than any repository has.
    private const int MaxDepth = 60;

    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly KustomizeContext _context;
    private readonly KustomizationFile _file;
    private readonly KustomizeTarget? _parent;
    private readonly string _root;
    private readonly int _depth;
    private readonly KustomizeMarks? _marks;
    private KustomizeResources _resources = new();
    private KustomizeVariables _variables = new();
    private KustomizeSpecs _specs = KustomizeSpecs.Empty;

    private KustomizeTarget(KustomizeContext context, KustomizationFile file, KustomizeTarget? parent, string path)
    {
        (_context, _file, _parent, _root) = (context, file, parent, file.Folder);
        _depth = parent is null ? 0 : parent._depth + 1;
        if (parent is null)
            _marks = KustomizeMarks.Of(file);
        else
            _marks = parent._marks?.In(path);
    }

    /// <summary>Builds a folder.</summary>
    /// <exception cref="KustomizeException">kustomize refuses it.</exception>
    public static List<KustomizeResource> Build(KustomizeContext context, string folder)
    {
        var file = Find(context, folder)
            ?? throw new KustomizeException($"unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                + $"directory '{folder}'");
        var target = new KustomizeTarget(context, file, null, "");
        context.Schemas.Set(file, node => target.Load(node, node.Value), true);
        target.Accumulate();
        var resources = target._resources;
        foreach (var resource in resources.All.Where(resource => resource.NeedsHash))
        {
            var hash = KustomizeGenerators.Hash(resource.Root);
            resource.Remember();
            var name = resource.Root.Get("metadata")?.Get("name")?.Text ?? GoText.Empty;
            resource.SetName(new GoTextBuilder().Append(name).Append("-" + hash, KustomizeGenerators.OriginOf(resource)).ToText());
        }

        KustomizeReferences.Fix(resources, target._specs);
        target._variables.Resolve(resources, target._specs["varReference"], context);
        var all = resources.All.FindAll(resource => !resource.Root.IsEmpty
            && !(resource.Annotations.TryGetValue("config.kubernetes.io/local-config", out var local) && local.Value != "false"));
        all = KustomizeOrder.Sort(all, file.File, file.Map("sortOptions"));
        foreach (var resource in all)
        {
            if (target._marks?.IsManaged == true)
                KustomizeMarks.Manage(resource);
            // kustomize writes its own annotations and takes them away, so all are texts then and an empty map is none.
            resource.SetMap("annotations", resource.Annotations);
            target._marks?.Write(resource);
        }

        return all;
    }

    /// <summary>The kustomization of a folder; null if there is none.</summary>
    /// <exception cref="KustomizeException">There are several, or it cannot be read.</exception>
    public static KustomizationFile? Find(KustomizeContext context, string folder)
    {
        var found = FileNames.Select(name => context.File(KustomizeContext.Join(folder, name))).OfType<KustomizeFile>().ToList();
        return found.Count switch
        {
            0 => null,
            1 => new KustomizationFile(found[0], folder),
            _ => throw new KustomizeException($"Found multiple kustomization files under: {folder}", found[1].Manifest, default),
        };
    }

    private void Accumulate()
    {
        Guard("accumulating resources", () =>
        {
            foreach (var path in _file.Texts("resources").Concat(_file.Texts("bases")))
                Include(path, false);
        });
        foreach (var configuration in _file.Texts("configurations"))
            _specs = _specs.With(KustomizeFacts.Instance.Specs.With(KustomizeSpecs.Read(Load(configuration, configuration.Value))));
        _specs = _specs.With(KustomizeFacts.Instance.Specs);
        foreach (var path in _file.Texts("crds"))
            _specs = _specs.With(KustomizeCustomKinds.Read(Load(path, path.Value)));
        Generate();
        Guard("accumulating components", () =>
        {
            foreach (var path in _file.Texts("components"))
                Include(path, true);
        });
        Transform();
        foreach (var validator in _file.Texts("validators"))
            _context.Left("plug-in:" + validator.Value, "Validators are not run here", _file.File.Written, _file.File.Wrong("",
                validator).Span);
        _variables.Add(_file, _resources);
    }

    private static void Guard(string what, Action act)
    {
        try
        {
            act();
        }
        catch (KustomizeException exception)
        {
            throw exception.Within(what);
        }
    }

    private void Include(ScalarNode node, bool isComponent)
    {
        var path = node.Value;
        if (KustomizeContext.IsRemote(path))
        {
            Unknown(path, $"'{path}'", node);
            return;
        }

        if (!isComponent && ReadResource(node) is { } resources)
        {
            _marks?.Mark(resources, path);
            _resources.Add(resources);
            return;
        }

        if (path.Length == 0)
            throw _file.File.Wrong("new root cannot be empty", node);
        if (path.StartsWith('/'))
            throw _file.File.Wrong($"new root '{path}' cannot be absolute", node);
        var root = KustomizeContext.Join(_root, path);
        for (var one = this; one is not null; one = one._parent)
        {
            if (KustomizeContext.IsWithin(one._root, root))
                throw Cycle(node, root, one._root);
        }

        if (_depth >= MaxDepth)
            throw _file.File.Wrong("kustomizations include each other more deeply than Repave follows", node);
        try
        {
            var file = Find(_context, root) ?? throw NotThere(node, root);
            if (isComponent && !file.IsComponent)
                throw _file.File.Wrong($"expected kind 'Component' for path '{root}' but got 'Kustomization'", node);
            if (!isComponent && file.IsComponent)
                throw _file.File.Wrong($"expected kind != 'Component' for path '{root}'", node);
            var inner = new KustomizeTarget(_context, file, this, path);
            _context.Schemas.Set(file, named => inner.Load(named, named.Value), false);
            if (isComponent)
                (inner._resources, inner._variables, inner._specs) = (_resources, _variables, _specs);
            inner.Accumulate();
            if (isComponent)
            {
                (_resources, _variables, _specs) = (inner._resources, inner._variables, inner._specs);
                return;
            }

            _resources.Add(inner._resources.All);
            _specs = _specs.With(inner._specs);
            _variables.Add(inner._variables);
        }
        catch (KustomizeException exception)
        {
            throw Led(exception, node);
        }
    }

    private KustomizeException Led(KustomizeException exception, ScalarNode node)
    {
        var here = _file.File.Wrong("", node);
        return exception.File == here.File && exception.Span == here.Span ? exception : exception.At(here.File, here.Span);
    }

    private KustomizeException Cycle(ScalarNode node, string root, string visited)
    {
        var wrong = _file.File.Wrong($"cycle detected: candidate root '{root}' contains visited root '{visited}'", node);
        return new KustomizeException(wrong.Message, wrong.File, wrong.Span)
        {
            Summary = $"'{node.Value}' includes this kustomization "
            + "again"
        };
    }

    private KustomizeException NotThere(ScalarNode node, string root)
    {
        var isThere = _context.Request.Files.Below(root).Count > 0;
        var wrong = _file.File.Wrong(isThere
            ? $"accumulation err='accumulating resources from '{node.Value}': '{root}' must resolve to a file': unable to find one of "
                + $"'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '{root}'"
            : $"accumulation err='accumulating resources from '{node.Value}': open {root}: no such file or directory': must build at "
                + $"directory: not a valid directory: evalsymlink failure on '{root}' : lstat {root}: no such file or directory", node);
        return new KustomizeException(wrong.Message, wrong.File, wrong.Span)
        {
            Summary = isThere ? $"'{node.Value}' holds no kustomization" : $"'{node.Value}' does not exist",
        };
    }

    // The resources of a file; null where there is none that may be read.
    private List<KustomizeResource>? ReadResource(ScalarNode node)
    {
        var path = node.Value.StartsWith('/') ? node.Value.TrimStart('/') : KustomizeContext.Join(_root, node.Value);
        if (!KustomizeContext.IsWithin(path, _root) || _context.File(path) is not { } file)
        {
            // A file beside is there, and may not be taken.
            if (path != _root && !KustomizeContext.IsWithin(path, _root) && _context.Request.Files.Read(path) is not null)
            {
                var wrong = _file.File.Wrong($"security; file '{path}' is not in or below '{_root}'", node);
                throw new KustomizeException(wrong.Message, wrong.File, wrong.Span)
                {
                    Summary = $"'{node.Value}' lies outside of this kustomization's folder, and kustomize reads no files there; "
                        + "give it a kustomization of its own and name that folder",
                };
            }

            return null;
        }

        try
        {
            return KustomizeReader.Read(file);
        }
        catch (KustomizeException exception)
        {
            throw Led(exception.Within($"accumulating resources from '{node.Value}'"), node);
        }
    }

    /// <summary>A file that this kustomization names; kustomize reads none outside of its folder.</summary>
    private KustomizeFile Load(ScalarNode node, string name) => Load(_file, node, name);

    private KustomizeFile Load(KustomizationReader from, ScalarNode node, string name)
    {
        var path = KustomizeContext.Join(_root, name);
        if (KustomizeContext.IsRemote(name))
        {
            var remote = from.File.Wrong($"'{name}' is remote, and is not read here", node);
            throw new KustomizeException(remote.Message, remote.File, remote.Span) { Summary = remote.Summary, IsOutside = true };
        }


        if (!KustomizeContext.IsWithin(path, _root) || path == _root)
        {
            var wrong = from.File.Wrong($"security; file '{path}' is not in or below '{_root}'", node);
            throw new KustomizeException(wrong.Message, wrong.File, wrong.Span)
            {
                Summary = $"'{name}' lies outside of this kustomization's folder, and kustomize reads nothing there",
            };
        }

        if (_context.File(path) is { } file)
            return file;
        var missing = from.File.Wrong($"open {path}: no such file or directory", node);
        throw new KustomizeException(missing.Message, missing.File, missing.Span) { Summary = $"'{name}' does not exist" };
    }

    private void Unknown(string key, string what, ScalarNode node)
    {
        var (file, span) = _file.File.Wrong("", node) is { File: { } written, Span: var at } ? (written, at) : (_file.File.Written,
            default);
        _context.Unknown(key, $"{what} is not in this repository and was left out", file, span);
    }

    private void Generate()
    {
        var options = _file.Map("generatorOptions");
        foreach (var isSecret in new[] { false, true })
        {
            var list = isSecret ? "secretGenerator" : "configMapGenerator";
            var made = _file.Items(list).Select(entry => (Entry: entry, Resource: KustomizeGenerators.Make(_file, entry, isSecret, options,
                Load)))
                .ToList();
            foreach (var (entry, resource) in made)
            {
                _context.Work(_resources.All.Count);
                _marks?.MarkGenerated(resource, _file, isSecret ? "SecretGenerator" : "ConfigMapGenerator");
                try
                {
                    Absorb(resource);
                }
                catch (KustomizeException exception)
                {
                    var here = _file.File.Wrong("", _file.At(entry, "name") ?? entry);
                    throw exception.Within("merging from generator").At(here.File, here.Span);
                }
            }
        }

        foreach (var chart in _file.Items("helmCharts").Concat(_file.Items("helmChartInflationGenerator")))
            AddChart(chart);
        foreach (var plugIn in PlugIns("generators"))
            Generate(plugIn);
    }

    private void Transform()
    {
        var merges = new List<KustomizeResource>();
        foreach (var patch in _file.Texts("patchesStrategicMerge"))
            merges.AddRange(MergesOf(patch));
        var patches = _file.Items("patches").Select(entry => KustomizePatches.Read(_file, entry,
            Load) with
        { IsOptional = _file.IsComponent }).ToList();
        var jsonPatches = _file.Items("patchesJson6902").Select(entry => KustomizePatches.ReadJson(_file, entry, Load) with
        {
            IsOptional = _file.IsComponent,
        }).ToList();
        Step("PatchStrategicMergeTransformer", _file["patchesStrategicMerge"] is ListNode { Items.Count: > 0 }, () =>
        {
            foreach (var merge in merges)
            {
                _context.Work(_resources.All.Count);
                KustomizePatches.ApplyMerge(_resources, merge, _context);
            }
        });
        foreach (var patch in patches)
            Step("PatchTransformer", true, () => At(patch.Place, () => KustomizePatches.Apply(_resources, patch, _context)));
        if (_file["namespace"] is ScalarNode { Value.Length: > 0 } space)
            Step("NamespaceTransformer", true, () => KustomizeTransformers.SetNamespace(_resources, _file.File.TextOf(space),
                _specs["namespace"]));
        if (_file["namePrefix"] is ScalarNode { Value.Length: > 0 } prefix)
            Step("PrefixTransformer", true, () => KustomizeTransformers.Affix(_resources, _file.File.TextOf(prefix), true,
                _specs["namePrefix"]));
        if (_file["nameSuffix"] is ScalarNode { Value.Length: > 0 } suffix)
            Step("SuffixTransformer", true, () => KustomizeTransformers.Affix(_resources, _file.File.TextOf(suffix), false,
                _specs["nameSuffix"]));
        foreach (var label in _file.Items("labels"))
            Step("LabelTransformer", true, () => SetLabels(label));
        var commonLabels = _file.PairsOf(_file["commonLabels"]);
        Step("LabelTransformer", commonLabels.Count > 0 || _file.Items("labels").Any(), () =>
            KustomizeTransformers.SetPairs(_resources, commonLabels, _specs["commonLabels"]));
        var annotations = _file.PairsOf(_file["commonAnnotations"]);
        Step("AnnotationsTransformer", annotations.Count > 0, () =>
            KustomizeTransformers.SetPairs(_resources, annotations, _specs["commonAnnotations"]));
        foreach (var patch in jsonPatches)
            Step("PatchJson6902Transformer", true, () => At(patch.Place, () => KustomizePatches.Apply(_resources, patch, _context)));
        foreach (var replica in _file.Items("replicas"))
            Step("ReplicaCountTransformer", true, () => SetReplicas(replica));
        foreach (var image in _file.Items("images").Concat(_file.Items("imageTags")))
            Step("ImageTagTransformer", true, () => KustomizeTransformers.SetImage(_resources, _file, image, _specs["images"]));
        Step("ReplacementTransformer", _file["replacements"] is ListNode { Items.Count: > 0 }, Replace);
        foreach (var plugIn in PlugIns("transformers"))
            Transform(plugIn);
    }

    private void Absorb(KustomizeResource resource)
    {
        var behavior = resource.Behavior;
        if (_resources.Absorb(resource, _context.HasUnknown) is { } old)
            _marks?.MarkLaidOver(resource, old, behavior == "replace");
    }

    private void Step(string name, bool isAsked, Action act, KustomizationReader? plugIn = null)
    {
        if (!isAsked)
            return;
        _context.Work(_resources.All.Count);
        act();
        _resources.DropEmpty();
        _marks?.MarkTransformed(_resources.All, _file, name, plugIn);
    }

    // What cannot be done for the sake of an entry leads back to it.
    private void At(Node place, Action act)
    {
        try
        {
            act();
        }
        catch (KustomizeException exception)
        {
            var here = _file.File.Wrong("", place);
            throw exception.At(here.File, here.Span);
        }
    }

    private List<KustomizeResource> MergesOf(ScalarNode patch)
    {
        try
        {
            var inline = KustomizeReader.Read(new KustomizeFile(_file.File.TextOf(patch), _file.File));
            if (inline.Count > 0 || patch.Value.Length == 0)
                return inline;
        }
        catch (KustomizeException) when (patch.Value.IndexOf('\n') < 0)
        {
            // The name of a file is no resource.
        }

        var file = Load(patch, patch.Value);
        try
        {
            return KustomizeReader.Read(file);
        }
        catch (KustomizeException exception)
        {
            throw Led(exception, patch);
        }
    }

    private void SetLabels(MapNode label)
    {
        var specs = KustomizeSpecs.Merge([.. (_file.At(label, "fields") as ListNode)?.ResolvedItems.OfType<MapNode>()
            .Select(KustomizeSpecs.SpecOf) ?? []], _specs["labels"]);
        Trace? decided = null;
        if (_file.IsTrueAt(label, "includeSelectors"))
        {
            specs = KustomizeSpecs.Merge(specs, _specs["commonLabels"]);
            decided = _file.File.TraceOf(_file.At(label, "includeSelectors")!);
        }
        else
        {
            if (_file.IsTrueAt(label, "includeTemplates"))
            {
                specs = KustomizeSpecs.Merge(specs, _specs["templateLabels"]);
                decided = _file.File.TraceOf(_file.At(label, "includeTemplates")!);
            }

            specs = KustomizeSpecs.Merge(specs, [new KustomizeSpec(new("", "", ""), "metadata/labels", true)]);
        }

        // What says that they are put there has a part in every one of them.
        KustomizeTransformers.SetPairs(_resources, [.. _file.PairsOf(_file.At(label, "pairs")).Select(pair =>
            (pair.Key, pair.Value.Trace is { } trace ? new GoText(pair.Value.Text, trace.Then(decided)) : pair.Value))], specs);
    }

    private void SetReplicas(MapNode entry)
    {
        var name = _file.TextAt(entry, "name");
        var count = _file.At(entry, "count") is ScalarNode said ? _file.File.TextOf(said) : new GoText("0", _file.File.TraceOf(entry));
        if (KustomizeTransformers.SetReplicas(_resources, name, count, _specs["replicas"]) || _context.HasUnknown)
            return;
        var kinds = string.Join(" ", _specs["replicas"].Select(spec => spec.Type));
        var wrong = _file.File.Wrong($"resource with name {name} does not match a config with the following GVK [{kinds}]",
            _file.At(entry, "name") ?? entry);
        throw new KustomizeException(wrong.Message, wrong.File, wrong.Span)
        {
            Summary = $"there is no resource '{name}' whose replicas could be set",
        };
    }

    private void Replace()
    {
        foreach (var entry in _file.Items("replacements"))
        {
            _context.Work(_resources.All.Count);
            if (_file.At(entry, "path") is not ScalarNode { Value.Length: > 0 } path)
            {
                KustomizeReplacements.Apply(_resources, _file, entry, _context);
                continue;
            }

            if (_file.At(entry, "source") is not null || _file.At(entry, "targets") is ListNode { Items.Count: > 0 })
                throw _file.File.Wrong("cannot specify both path and inline replacement", entry);
            var file = new KustomizationReader(Load(path, path.Value));
            var all = file.File.Root switch
            {
                ListNode list => list.ResolvedItems.OfType<MapNode>(),
                MapNode map => [map],
                var other => throw file.File.Wrong("unsupported replacement type encountered within replacement path", other),
            };
            foreach (var one in all)
                KustomizeReplacements.Apply(_resources, file, one, _context);
        }
    }

    private void AddChart(MapNode entry)
    {
        var chart = new KustomizeCharts(_context, _file, entry, _root);
        if (chart.Folder is null)
        {
            var here = _file.File.Wrong("", _file.At(entry, "name") ?? _file.At(entry, "chartName") ?? entry);
            var name = chart.Name;
            _context.Unknown($"chart:{name}", $"The chart '{name}' is not in this repository and was left out", here.File!, here.Span);
            return;
        }

        var resources = chart.Render((node, name) => Load(node, name));
        foreach (var resource in resources)
            _marks?.MarkGenerated(resource, _file, "HelmChartInflationGenerator");
        _resources.Add(resources);
    }

    // The configurations of kustomize's own plug-ins; others are not run.
    private List<(KustomizationReader File, MapNode Map, string Kind)> PlugIns(string member)
    {
        var found = new List<(KustomizationReader, MapNode, string)>();
        foreach (var node in _file.Texts(member))
        {
            KustomizeFile? file = new(_file.File.TextOf(node), _file.File);
            if (node.Value.IndexOf('\n') < 0)
            {
                var path = KustomizeContext.Join(_root, node.Value);
                file = KustomizeContext.IsWithin(path, _root) && !KustomizeContext.IsRemote(node.Value) ? _context.File(path) : null;
            }

            if (file is null)
            {
                Unknown("plug-in:" + node.Value, "The plug-in's configuration", node);
                continue;
            }

            foreach (var part in file.Parts())
            {
                if (part.Root is not MapNode map)
                    continue;
                var kind = map.TextAt("kind") ?? "";
                if (map.TextAt("apiVersion") == "builtin" && KustomizePlugIns.Kinds.Contains(kind))
                    found.Add((new KustomizationReader(part), map, kind));
                else
                    Unknown("plug-in:" + kind, $"What the plug-in '{kind}' does", node);
            }
        }

        return found;
    }

    private void Generate((KustomizationReader File, MapNode Map, string Kind) plugIn)
    {
        var (file, map, kind) = plugIn;
        var resource = KustomizeGenerators.Make(file, map, kind == "SecretGenerator", null, (node, name) => Load(file, node, name),
            file.At(map, "metadata") as MapNode);
        _marks?.MarkGenerated(resource, _file, kind, file);
        At(_file["generators"]!, () => Absorb(resource));
    }

    private void Transform((KustomizationReader File, MapNode Map, string Kind) plugIn) => Step(plugIn.Kind, true, () =>
        At(_file["transformers"]!, () => KustomizePlugIns.Transform(_resources, plugIn.File, plugIn.Map, plugIn.Kind, _context,
            (node, name) => Load(plugIn.File, node, name))), plugIn.File);
}
