using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Puts a project together as Compose does: files over files, what they include and extend, variables, defaults.</summary>
internal sealed class ComposeLoader
{
    private const int MaxNesting = 16;
    private const int MaxFiles = 500;

    private readonly ComposeFiles _files;
    private readonly LoadOptions _options;
    private readonly List<ComposeProblem> _problems = [];
    private readonly List<ComposeDocument> _documents = [];
    private readonly ComposePack _pack;
    private int _read;

    private ComposeLoader(ComposeFiles files, LoadOptions options) =>
        (_files, _options, _pack) = (files, options, ComposePack.Of(options.Rules.Version));

    /// <summary>Loads a project.</summary>
    /// <param name="files">The files that there are.</param>
    /// <param name="paths">The project's own, the later over the earlier.</param>
    /// <param name="options">How to load it.</param>
    public static ComposeProject Load(ComposeFiles files, IReadOnlyList<string> paths, LoadOptions options) =>
        new ComposeLoader(files, options).Load(paths);

    private ComposeProject Load(IReadOnlyList<string> paths)
    {
        var home = ComposePaths.FolderOf(paths[0]);
        var folder = _options.Folder ?? home;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in _options.Shell)
            environment[name] = value;
        AddEnvFile(environment, ComposePaths.Join(home, ".env"), null);
        var projectName = NameOf(paths, environment) ?? NormalizeName(_options.Name ?? FileNameOf(folder));
        environment["COMPOSE_PROJECT_NAME"] = projectName;

        var root = LoadModel(paths, home, folder, environment, []);
        ProjectDefaults.Normalize(root, projectName, name => environment.GetValueOrDefault(name), _options.Rules);
        var profiles = _options.Profiles
            ?? (environment.TryGetValue("COMPOSE_PROFILES", out var named) ? named.Split(',').Select(p => p.Trim()).ToArray() : []);
        var (enabled, disabled) = (new Dictionary<string, ComposeValue>(StringComparer.Ordinal),
            new Dictionary<string, ComposeValue>(StringComparer.Ordinal));
        foreach (var (name, service) in root["services"]?.Fields ?? [])
        {
            if (!service.IsMap)
                continue;
            var own = service["profiles"]?.Items ?? [];
            var isOn = own.Count == 0 || profiles.Contains("*") || own.Exists(p => p.IsText && profiles.Contains(p.Text));
            (isOn ? enabled : disabled)[name] = service;
        }

        if (root.Fields.Count == 0 && _problems.Count == 0)
            Say(ProblemKind.MissingField, "The Compose file is empty.", null, "");
        foreach (var (name, service) in enabled)
        {
            ResolveEnvironment(service, environment, home);
            // What cannot be read as what it is shows when it is written.
            var path = ValuePath.Root.Next("services").Next(name);
            new StructureJson(_pack, _problems).Write("ServiceConfig", service, path, ["env_file"]);
        }

        Consistency.Check(root, enabled, disabled, _options.Rules, _problems);
        return new ComposeProject(projectName, folder, _options.Rules, root, Distinct(_problems), _documents)
        {
            Services = enabled,
            Disabled = disabled,
        };
    }

    private static List<ComposeProblem> Distinct(List<ComposeProblem> problems)
    {
        var said = new HashSet<(Node?, string)>();
        return [.. problems.Where(p => said.Add((p.Place?.Node, p.Message)))];
    }

    // Several files, the later over the earlier, and what they include.
    private ComposeValue LoadModel(IReadOnlyList<string> paths, string home, string folder, Dictionary<string, string> environment,
        IReadOnlyList<string> included)
    {
        var root = ComposeValue.Map();
        foreach (var path in paths)
            root = LoadFile(path, home, folder, environment, root, included);
        ProjectDefaults.Set(root);
        Validation.Check(root, _options.Rules, _problems);
        PathResolver.Resolve(root, folder, _options.Home);
        ResolveReferences(root, environment);
        return root;
    }

    private ComposeValue LoadFile(string path, string home, string folder, Dictionary<string, string> environment, ComposeValue root,
        IReadOnlyList<string> included)
    {
        if (Open(path, null, "") is not { } manifest)
            return root;
        foreach (var slot in manifest.Source.Documents)
        {
            var document = new ComposeDocument(manifest, slot);
            _documents.Add(document);
            if (ReadDocument(document, environment, out var resets) is not { } model)
                continue;
            ApplyExtends(model, path, home, environment, 0);
            if (root.Fields.Count > 0)
                Reset(root, ValuePath.Root, resets);
            Include(model, path, home, folder, environment, included);
            var merge = new ProjectMerge(_problems);
            root = merge.Merge(root, model, ValuePath.Root);
            root = merge.Unify(root, ValuePath.Root);
            _problems.AddRange(SpecValidator.Validate(root, _pack.Schema));
            root.Fields.Remove("version");
            root = new Canonical(_problems, _options.Rules).Write(root, ValuePath.Root);
            DropEmptyDns(root);
            root = merge.Unify(root, ValuePath.Root);
        }

        return root;
    }

    private ComposeValue? ReadDocument(ComposeDocument document, Dictionary<string, string> environment, out List<ValuePath> resets)
    {
        var reader = new ComposeReader(document, _problems);
        resets = reader.Resets;
        if (document.Slot.Document.Root is not { } node)
            return null;
        var value = reader.Read(node, ValuePath.Root);
        if (value is not { IsMap: true })
        {
            if (value is { IsNull: false, IsUnknown: false })
                Say(ProblemKind.WrongType, "A Compose file must be a mapping.", new ValuePlace(document, node), "");
            return null;
        }

        return new Interpolation(name => environment.GetValueOrDefault(name), _files.IsWhole, _problems).Fill(value, ValuePath.Root);
    }

    private Manifest? Open(string path, ValuePlace? place, string field)
    {
        if (++_read > MaxFiles)
        {
            Say(ProblemKind.Contradiction, "The project takes in too many files.", place, field);
            return null;
        }

        if (_files[path] is { } manifest)
            return manifest;
        Say(ProblemKind.FileNotRead, $"There is no file {path}.", place, field);
        return null;
    }

    private void ApplyExtends(ComposeValue model, string file, string home, Dictionary<string, string> environment, int depth)
    {
        if (model["services"] is not { IsMap: true } services)
            return;
        foreach (var name in services.Fields.Keys.ToList())
            services.Fields[name] = Extended(name, services, file, home, environment, [], depth) ?? services.Fields[name];
    }

    private ComposeValue? Extended(string name, ComposeValue services, string file, string home, Dictionary<string, string> environment,
        IReadOnlyList<(string File, string Service)> chain, int depth)
    {
        if (services[name] is not { IsMap: true } service || service["extends"] is not { } extends)
            return services[name];
        var path = $"services.{name}.extends";
        if (extends.IsUnknown || chain.Count > MaxNesting || depth > MaxNesting)
            return service;
        if (chain.Contains((file, name)))
        {
            Say(ProblemKind.Contradiction, $"The service '{name}' extends itself.", extends.Place, path);
            return null;
        }

        var reference = extends.IsText ? extends.Text : extends.TextAt("service");
        if (reference is null)
        {
            if (extends.IsMap && extends["service"] is null)
                Say(ProblemKind.MissingField, "Missing required field 'service'.", extends.Place, path);
            return service;
        }

        var (from, of, folder) = (services, file, home);
        var isOther = false;
        if (extends.TextAt("file") is { } other)
        {
            of = ComposePaths.Join(home, other);
            folder = ComposePaths.FolderOf(of);
            isOther = true;
            if (Open(of, extends["file"]!.Place, path + ".file") is not { } manifest)
            {
                service.Fields.Remove("extends");
                // What it takes over is not known.
                if (!_files.IsWhole)
                    service.Set("image", service["image"] ?? ComposeValue.Unknown(extends.Place));
                return service;
            }

            from = BaseServices(manifest, environment);
        }

        if (from[reference] is null)
        {
            Say(ProblemKind.Dangling, $"There is no service '{reference}'{(isOther ? $" in {of}" : "")} to extend.",
                (extends["service"] ?? extends).Place, path);
            service.Fields.Remove("extends");
            return service;
        }

        var basis = Extended(reference, from, of, folder, environment, [.. chain, (file, name)], depth + 1);
        if (basis is not { IsMap: true })
            return service;
        var source = basis.Copy();
        if (isOther)
            PathResolver.ResolveService(source, RelativeTo(home, folder));
        var merged = new ProjectMerge(_problems).Merge(source, service.Copy(), ValuePath.Root.Next("services").Next(name));
        merged.Fields.Remove("extends");
        services.Fields[name] = merged;
        return merged;
    }

    private ComposeValue BaseServices(Manifest manifest, Dictionary<string, string> environment)
    {
        var root = ComposeValue.Map();
        foreach (var slot in manifest.Source.Documents)
        {
            var document = new ComposeDocument(manifest, slot);
            if (ReadDocument(document, environment, out _) is not { } model)
                continue;
            var merge = new ProjectMerge(_problems);
            root = merge.Unify(merge.Merge(root, model, ValuePath.Root), ValuePath.Root);
            root = new Canonical(_problems, _options.Rules).Write(root, ValuePath.Root);
        }

        return root["services"] is { IsMap: true } services ? services : ComposeValue.Map();
    }

    private void Include(ComposeValue model, string file, string home, string folder, Dictionary<string, string> environment,
        IReadOnlyList<string> included)
    {
        if (model["include"] is not { } includes)
            return;
        model.Fields.Remove("include");
        if (!includes.IsList)
        {
            if (!includes.IsUnknown && !includes.IsNull)
                Say(ProblemKind.WrongType, "'include' must be a list.", includes.Place, "include");
            return;
        }

        foreach (var include in includes.Items)
        {
            var named = include.IsText ? include : include["path"];
            List<ComposeValue> texts = [.. (named is { IsList: true } ? named.Items : named is null ? [] : [named]).Where(p => p.IsText)];
            if (texts.Count == 0)
                continue;
            var paths = texts.Select(p => ComposePaths.Join(home, p.Text)).ToList();
            // What is not on this machine is not read.
            if (texts.Exists(t => ComposePaths.IsRemote(t.Text) || t.Text.StartsWith("oci:", StringComparison.Ordinal)))
                continue;
            if (included.Contains(paths[0]) || paths[0] == file || included.Count > MaxNesting)
            {
                Say(ProblemKind.Contradiction, $"{texts[0].Text} includes itself.", texts[0].Place, "include");
                continue;
            }

            if (_files[paths[0]] is null)
            {
                Say(ProblemKind.FileNotRead, $"There is no file {paths[0]}.", texts[0].Place, "include");
                continue;
            }

            var directory = include.TextAt("project_directory") is { } own ? ComposePaths.Join(home, own) : ComposePaths.FolderOf(paths[0]);
            var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal);
            var envFiles = include["env_file"] is { } given ? (given.IsList ? given.Items : [given]).Where(f => f.IsText).ToList() : [];
            if (envFiles.Count == 0)
                AddEnvFile(variables, ComposePaths.Join(directory, ".env"), null);
            foreach (var envFile in envFiles)
                AddEnvFile(variables, ComposePaths.Join(home, envFile.Text), envFile);
            var model2 = LoadModel(paths, directory, ComposePaths.Join(folder, RelativeTo(home, directory)), variables,
                [.. included, file]);
            foreach (var section in (string[])["services", "volumes", "networks", "secrets", "configs", "models"])
                Import(model2, model, section);
        }
    }

    private void Import(ComposeValue from, ComposeValue to, string section)
    {
        if (from[section] is not { IsMap: true } taken)
            return;
        if (to[section] is not { IsMap: true } own)
            to.Set(section, own = ComposeValue.Map());
        foreach (var name in taken.Fields.Keys)
        {
            if (own[name] is { } conflict)
            {
                if (!ComposeValue.AreEqual(conflict, taken[name]))
                    Say(ProblemKind.Contradiction, $"'{section}.{name}' is also defined by an included file, in another way.",
                        own.PlaceOf(name), $"{section}.{name}");
                continue;
            }

            own.Take(name, taken);
        }
    }

    private void AddEnvFile(Dictionary<string, string> environment, string path, ComposeValue? place)
    {
        if (_files[path] is not { } manifest)
        {
            if (place is not null)
                Say(ProblemKind.FileNotRead, $"There is no file {place.Text}.", place.Place, "env_file");
            return;
        }

        var values = EnvText.Read(manifest.Source.Text.Content, name => environment.GetValueOrDefault(name), out var problem);
        if (problem is not null)
            Say(ProblemKind.Malformed, $"{manifest.Path} cannot be read: {problem}.", place?.Place, "");
        foreach (var (name, value) in values)
        {
            if (!environment.ContainsKey(name))
                environment[name] = value;
        }
    }

    // What .env, the shell and files of variables say stands in the environment of the container.
    private void ResolveEnvironment(ComposeValue service, Dictionary<string, string> environment, string home)
    {
        var own = new Dictionary<string, ComposeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in StructureJson.PairsOf(service["environment"]))
            own[name] = value.IsNull && environment.TryGetValue(name, out var known) ? ComposeValue.Of(known, value.Place) : value;
        if (service["env_file"] is { IsList: true } files)
        {
            var read = own.Where(v => !v.Value.IsNull && !v.Value.IsUnknown)
                .ToDictionary(v => v.Key, v => v.Value.Print(), StringComparer.Ordinal);
            var fromFiles = new Dictionary<string, ComposeValue>(StringComparer.Ordinal);
            foreach (var file in files.Items)
            {
                if (file["path"] is not { IsText: true } path)
                    continue;
                if (_files[Local(path.Text, home)] is not { } manifest)
                {
                    if (file["required"] is not { Kind: ValueKind.Boolean, IsTrue: false })
                        Say(ProblemKind.FileNotRead, $"There is no file {path.Text}.", path.Place, "env_file");
                    continue;
                }

                var format = file.TextAt("format") ?? "";
                if (format.Length > 0 && !(format == "raw" && _options.Rules.ReadsRawVariables))
                {
                    Say(ProblemKind.NotAllowed,
                        $"Compose {_options.Rules.Version.ToString(2)} reads no variables in the format '{format}'.",
                        file["format"]!.Place, "env_file");
                    continue;
                }

                var values = format == "raw" ? Raw(manifest.Source.Text.Content)
                    : EnvText.Read(manifest.Source.Text.Content, name => environment.TryGetValue(name, out var known) ? known
                        : own.TryGetValue(name, out var set) && !set.IsNull ? set.Print() : null, out var problem);
                foreach (var (name, value) in values)
                    fromFiles[name] = ComposeValue.Of(value, path.Place);
            }

            foreach (var (name, value) in fromFiles)
            {
                if (!own.ContainsKey(name))
                    own[name] = value;
            }
        }

        if (own.Count > 0)
        {
            var map = ComposeValue.Map(service["environment"]?.Place ?? service["env_file"]?.Place);
            foreach (var (name, value) in own)
                map.Set(name, value, value.Place);
            service.Set("environment", map);
        }

        ResolveLabels(service, home);
    }

    private static Dictionary<string, string> Raw(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf('=') is var sign and > 0 && !line.StartsWith('#'))
                values[line.Substring(0, sign)] = line.Substring(sign + 1).TrimEnd('\r');
        }

        return values;
    }

    private void ResolveLabels(ComposeValue service, string home)
    {
        if (service["label_file"] is not { IsList: true } files)
            return;
        var labels = new Dictionary<string, ComposeValue>(StringComparer.Ordinal);
        foreach (var file in files.Items.Where(f => f.IsText))
        {
            if (_files[Local(file.Text, home)] is not { } manifest)
            {
                Say(ProblemKind.FileNotRead, $"There is no file {file.Text}.", file.Place, "label_file");
                continue;
            }

            foreach (var (name, value) in EnvText.Read(manifest.Source.Text.Content,
                name => labels.TryGetValue(name, out var known) ? known.Text : null, out _))
                labels[name] = ComposeValue.Of(value, file.Place);
        }

        foreach (var (name, value) in StructureJson.PairsOf(service["labels"]))
            labels[name] = value;
        var map = ComposeValue.Map(service["labels"]?.Place ?? files.Place);
        foreach (var (name, value) in labels)
            map.Set(name, value, value.Place);
        service.Set("labels", map);
    }

    // Paths are below the project's folder, which the files may be named otherwise from.
    private string Local(string path, string home) =>
        _options.Folder is { } folder && path.StartsWith(folder + "/", StringComparison.Ordinal)
            ? ComposePaths.Join(home, path.Substring(folder.Length + 1)) : path;

    private static void ResolveReferences(ComposeValue root, Dictionary<string, string> environment)
    {
        foreach (var service in ProjectDefaults.Held(root["services"]))
        {
            if (service["environment"] is { IsList: true } list)
                service.Set("environment", ComposeValue.List(list.Place, list.Items.Select(item =>
                    item.IsText && environment.TryGetValue(item.Text, out var known) ? ComposeValue.Of($"{item.Text}={known}", item.Place)
                        : item)));
        }

        foreach (var config in ProjectDefaults.Held(root["configs"]))
        {
            if (config.TextAt("environment") is { } name && environment.TryGetValue(name, out var content))
                config.Set("content", ComposeValue.Of(content, config["environment"]!.Place));
        }
    }

    private static void Reset(ComposeValue value, ValuePath path, List<ValuePath> resets)
    {
        if (!value.IsMap || resets.Count == 0)
            return;
        foreach (var name in value.Fields.Keys.ToList())
        {
            var at = path.Next(name);
            if (resets.Exists(reset => reset.ToString() == at.ToString()))
                value.Fields.Remove(name);
            else
                Reset(value.Fields[name], at, resets);
        }
    }

    private static void DropEmptyDns(ComposeValue root)
    {
        foreach (var service in ProjectDefaults.Held(root["services"]))
            service["dns"]?.Items.RemoveAll(d => d.IsNull || d is { IsText: true, Text.Length: 0 });
    }

    private string? NameOf(IReadOnlyList<string> paths, Dictionary<string, string> environment)
    {
        if (environment.TryGetValue("COMPOSE_PROJECT_NAME", out var given))
            return NormalizeName(given);
        string? found = null;
        foreach (var slot in paths.Select(p => _files[p]).OfType<Manifest>().SelectMany(m => m.Source.Documents))
        {
            if (slot.Document.Root?.TextAt("name") is { Length: > 0 } name)
                found = name;
        }

        return found is null ? null
            : NormalizeName(new VariableText(name => environment.GetValueOrDefault(name)).Fill(found)) is { Length: > 0 } normal ? normal
            : null;
    }

    /// <summary>A project's name as Compose writes it: small letters, digits, dashes and underscores.</summary>
    public static string NormalizeName(string name) => new string([.. name.ToLowerInvariant()
        .Where(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')]).TrimStart('_', '-');

    private static string FileNameOf(string path) => path.Substring(path.LastIndexOf('/') + 1);

    // The folder as named from another one that lies above or beside it.
    private static string RelativeTo(string home, string folder)
    {
        if (folder.StartsWith('/') || home == folder)
            return folder.StartsWith('/') ? folder : ".";
        var from = home == "." ? [] : home.Split('/');
        var to = folder == "." ? [] : folder.Split('/');
        var same = 0;
        while (same < from.Length && same < to.Length && from[same] == to[same])
            same++;
        return ComposePaths.Clean(string.Join("/", Enumerable.Repeat("..", from.Length - same).Concat(to.Skip(same))));
    }

    private void Say(ProblemKind kind, string message, ValuePlace? place, string path) =>
        _problems.Add(new ComposeProblem(kind, message, place, path));
}
