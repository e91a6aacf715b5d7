using System.Security.Cryptography;
using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>ConfigMaps and Secrets that a kustomization generates, and the hashes in their names.</summary>
internal static class KustomizeGenerators
{
    private const int Base64Line = 70;

    /// <summary>Makes one.</summary>
    /// <param name="file">The kustomization.</param>
    /// <param name="entry">The generator.</param>
    /// <param name="isSecret">Whether a Secret.</param>
    /// <param name="options">What the kustomization says of all generators.</param>
    /// <param name="load">Reads a file that a text of the kustomization names.</param>
    /// <param name="head">What names it, where that is not the entry.</param>
    /// <exception cref="KustomizeException">kustomize refuses it.</exception>
    public static KustomizeResource Make(KustomizationReader file, MapNode entry, bool isSecret, MapNode? options,
        Func<ScalarNode, string, KustomizeFile> load, MapNode? head = null)
    {
        var trace = file.File.TraceOf(entry);
        KustomizeNode Fixed(string text) => KustomizeNode.Scalar(new GoText(text, trace), KustomizeNode.TextTag);
        var name = file.At(entry, "name") is null ? file.GoTextAt(head, "name") : file.GoTextAt(entry, "name");
        if (name.Text.Length == 0)
            throw file.File.Wrong("a configmap must have a name", entry);
        var root = KustomizeNode.Map(trace);
        root.Set("apiVersion", Fixed("v1"));
        root.Set("kind", Fixed(isSecret ? "Secret" : "ConfigMap"));
        var metadata = root.GetOrAdd("metadata", KustomizeKind.Map);
        metadata.Trace = trace;
        metadata.Set("name", KustomizeNode.Scalar(name, KustomizeNode.TextTag));
        if ((file.At(entry, "namespace") is null ? file.GoTextAt(head, "namespace") : file.GoTextAt(entry, "namespace")) is
            { Text.Length: > 0 } space)
            metadata.Set("namespace", KustomizeNode.Scalar(space, KustomizeNode.TextTag));
        var resource = new KustomizeResource(root) { Behavior = file.TextAt(entry, "behavior"), HashOrigin = trace };
        if (isSecret)
        {
            root.Set("type", file.GoTextAt(entry, "type") is { Text.Length: > 0 } type
                ? KustomizeNode.Scalar(type, KustomizeNode.TextTag) : Fixed("Opaque"));
            root.Set("data", new KustomizeNode { Kind = KustomizeKind.Map, Trace = trace });
        }

        var own = file.At(entry, "options") as MapNode;
        var data = Data(file, entry, name.Text, load);
        foreach (var pair in data.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (isSecret)
                root.Find("data")!.Set(pair.Key, KustomizeNode.Scalar(Encoded(pair.Value), KustomizeNode.TextTag));
            else
                AddData(root, pair.Key, pair.Value);
        }

        foreach (var field in new[] { "labels", "annotations" })
        {
            var pairs = file.PairsOf(file.At(own, field)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
            foreach (var (key, value) in file.PairsOf(file.At(options, field)))
                pairs.TryAdd(key, value);
            foreach (var pair in pairs.OrderBy(p => p.Key, StringComparer.Ordinal))
                metadata.GetOrAdd(field, KustomizeKind.Map).Set(pair.Key, KustomizeNode.Scalar(pair.Value, KustomizeNode.TextTag));
        }

        if (file.IsTrueAt(own, "immutable") || file.IsTrueAt(options, "immutable"))
        {
            var says = (file.At(own, "immutable") ?? file.At(options, "immutable"))!;
            root.Set("immutable", KustomizeNode.Scalar(new GoText("true", file.File.TraceOf(says)), "!!bool"));
        }

        resource.NeedsHash = !file.IsTrueAt(own, "disableNameSuffixHash") && !file.IsTrueAt(options, "disableNameSuffixHash");
        return resource;
    }

    /// <summary>Gives a generated resource what kustomize takes over from the one that it is laid over.</summary>
    public static void LayOver(KustomizeResource resource, KustomizeResource old)
    {
        resource.SetMap("labels", Merged(old.Labels, resource.Labels));
        resource.SetMap("annotations", Merged(old.Annotations, resource.Annotations));
        resource.SetName(old.Root.Get("metadata")?.Get("name")?.Text ?? new GoText(old.Name));
        resource.SetNamespace(old.Namespace);
        resource.RememberAs(old);
    }

    /// <summary>The entries of <c>data</c> or <c>binaryData</c>.</summary>
    public static Dictionary<string, GoText> DataOf(KustomizeNode root, string field)
    {
        var found = new Dictionary<string, GoText>(StringComparer.Ordinal);
        if (root.Get(field) is not { IsNull: false } map)
            return found;
        map.Expect(KustomizeKind.Map);
        for (var i = 0; i + 1 < map.Content.Count; i += 2)
            found[map.Content[i].Value] = map.Content[i + 1].IsNull ? GoText.Empty : map.Content[i + 1].Text;
        return found;
    }

    /// <summary>Writes the entries of <c>data</c> or <c>binaryData</c> anew.</summary>
    public static void SetData(KustomizeNode root, string field, Dictionary<string, GoText> data)
    {
        var trace = root.Get(field)?.Trace;
        root.Clear(field);
        foreach (var entry in data.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (field == "data")
                AddData(root, entry.Key, entry.Value);
            else
                root.GetOrAdd(field, KustomizeKind.Map).Set(entry.Key, KustomizeNode.Scalar(entry.Value, KustomizeNode.TextTag));
        }

        if (root.Get(field) is { } map)
            map.Trace ??= trace;
    }

    /// <summary>What is hung on the name of a resource: ten characters that change with what it holds.</summary>
    public static string Hash(KustomizeNode root)
    {
        var values = new GoMap();
        var kind = root.Find("kind")?.Value ?? "";
        if (kind is "ConfigMap" or "Secret")
        {
            values.Add("kind", new GoText(kind));
            // kustomize looks for a field "metadata/name", which there is not.
            values.Add("name", new GoText(""));
            values.Add("data", Or(root.Get("data")));
            if (kind == "Secret")
                values.Add("type", Or(root.Get("type")));
            var other = kind == "Secret" ? "stringData" : "binaryData";
            if (root.Get(other) is { Kind: KustomizeKind.Map } more)
                values.Add(other, KustomizeValues.Of(more));
        }
        else
        {
            values = (GoMap)KustomizeValues.Of(root, true)!;
        }

        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(GoQuoting.BytesOf(GoJson.Write(values).Text));
        var hex = string.Concat(hash.Take(5).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        return string.Concat(hex.Select(c => c switch
        {
            '0' => 'g',
            '1' => 'h',
            '3' => 'k',
            'a' => 'm',
            'e' => 't',
            _ => c,
        }));

        static GoValue? Or(KustomizeNode? node) => node is null ? new GoText("")
            : node.Kind == KustomizeKind.Scalar ? new GoText(node.Value) : KustomizeValues.Of(node);
    }

    /// <summary>The places that a hash depends on: what is generated from, the first first.</summary>
    public static Trace? OriginOf(KustomizeResource resource)
    {
        Trace? origin = null;
        var all = new GoTextBuilder();
        foreach (var text in DataOf(resource.Root, "data").Values.Concat(DataOf(resource.Root, "binaryData").Values))
        {
            if (text.Trace is { } trace)
                origin = origin is null ? new Trace(trace.File, trace.At, false, true, null) : origin.Then(trace with { Next = null });
            all.Append(text);
        }

        return origin is null ? resource.HashOrigin : origin with { Parts = all.ToText() };
    }

    private static Dictionary<string, KustomizeNode> Merged(
        Dictionary<string, KustomizeNode> one, Dictionary<string, KustomizeNode> other)
    {
        foreach (var entry in other)
            one[entry.Key] = entry.Value;
        return one;
    }

    private static Dictionary<string, GoText> Data(
        KustomizationReader file, MapNode entry, string name, Func<ScalarNode, string, KustomizeFile> load)
    {
        var data = new Dictionary<string, GoText>(StringComparer.Ordinal);
        var envs = file.TextsAt(entry, "envs").ToList();
        if (file.At(entry, "env") is ScalarNode { Value.Length: > 0 } env)
            envs.Add(env);
        foreach (var source in envs)
        {
            foreach (var (key, value) in Lines(load(source, source.Value)))
                Add(key, value, source);
        }

        foreach (var literal in file.TextsAt(entry, "literals"))
        {
            var equals = literal.Value.IndexOf('=');
            if (equals <= 0)
                throw file.File.Wrong($"invalid literal source {literal.Value}, expected key=value", literal);
            var value = file.File.TextOf(literal).Slice(equals + 1, literal.Value.Length - equals - 1);
            if (value.Text is ['"' or '\'', .., var last] && last == value.Text[0])
                value = value.Slice(1, value.Text.Length - 2);
            Add(literal.Value.Substring(0, equals), value.Text.Length > 0 ? value : new GoText("", file.File.TraceOf(literal)), literal);
        }

        foreach (var source in file.TextsAt(entry, "files"))
        {
            var parts = source.Value.Split('=');
            if (parts.Length > 2)
                throw file.File.Wrong($"source \"{source.Value}\" key name or file path contains '='", source);
            if (parts.Length == 2 && parts[0].Length == 0)
                throw file.File.Wrong($"missing key name for file path \"{parts[1]}\" in source \"{source.Value}\"", source);
            if (parts.Length == 2 && parts[1].Length == 0)
                throw file.File.Wrong($"missing file path for key name \"{parts[0]}\" in source \"{source.Value}\"", source);
            var path = parts[parts.Length - 1];
            var loaded = load(source, path);
            var key = parts.Length == 2 ? parts[0] : path.TrimEnd('/').Substring(path.TrimEnd('/').LastIndexOf('/') + 1);
            Add(key, WholeOf(loaded, file.File.TraceOf(source)), source);
        }

        return data;

        void Add(string key, GoText value, ScalarNode at)
        {
            if (data.ContainsKey(key))
                throw file.File.Wrong($"configmap {name} illegally repeats the key `{key}`", at);
            data[key] = value;
        }
    }

    // A file with each of its lines where it stands.
    private static GoText WholeOf(KustomizeFile file, Trace source)
    {
        var text = GoQuoting.TextOf(file.Bytes);
        if (text.Length == 0)
            return new GoText("", source);
        var shift = text.Length - file.Text.Length;
        return new GoText(text, new Trace(file.Manifest, new Text.TextSpan(-shift, text.Length - shift), shift == 0, true, source));
    }

    private static IEnumerable<(string Key, GoText Value)> Lines(KustomizeFile file)
    {
        var text = file.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var stop = end > start && text[end - 1] == '\r' ? end - 1 : end;
            var from = start;
            while (from < stop && char.IsWhiteSpace(text[from]))
                from++;
            start = end + 1;
            if (from >= stop || text[from] == '#')
                continue;
            var equals = text.IndexOf('=', from, stop - from);
            var trace = new Trace(file.Manifest, new Text.TextSpan(from, stop), false, true, null);
            if (equals < 0)
            {
                yield return (text.Substring(from, stop - from), new GoText("", trace));
                continue;
            }

            if (equals == from)
                continue;
            var value = text.Substring(equals + 1, stop - equals - 1);
            yield return (text.Substring(from, equals - from), value.Length == 0 ? new GoText("", trace)
                : new GoText(value, trace with { At = new Text.TextSpan(equals + 1, stop), IsCopy = true }));
        }
    }

    private static void AddData(KustomizeNode root, string key, GoText value)
    {
        var isText = IsUtf8(value.Text);
        root.GetOrAdd(isText ? "data" : "binaryData", KustomizeKind.Map).Set(key, KustomizeNode.Scalar(isText ? value : Encoded(value),
            KustomizeNode.TextTag));
    }

    private static bool IsUtf8(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && GoQuoting.IsByte(text, i))
                return false;
        }

        return true;
    }

    private static GoText Encoded(GoText value)
    {
        var encoded = Convert.ToBase64String(GoQuoting.BytesOf(value.Text));
        if (encoded.Length > 0 && (encoded.Length / Base64Line) + 1 > 1)
        {
            var lines = new System.Text.StringBuilder(encoded.Length + (encoded.Length / Base64Line) + 1);
            for (var at = 0; at < encoded.Length; at += Base64Line)
                lines.Append(encoded, at, Math.Min(Base64Line, encoded.Length - at)).Append('\n');
            encoded = lines.ToString();
        }

        return new GoText(encoded, value.Trace?.AsWhole());
    }
}
