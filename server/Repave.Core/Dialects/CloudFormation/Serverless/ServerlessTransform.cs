using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Expands a template of the Serverless Application Model to the resources that its stack holds, under the names that the model
/// gives
/// them, so that plans are of what is deployed. Policies by template name and the bodies of implicit APIs stand for themselves: that they
/// change counts, not how they are written out. See https://github.com/aws/serverless-application-model.</summary>
internal sealed class ServerlessTransform
{
    private const string Prefix = "AWS::Serverless::";
    private const int MaxResources = 20_000;

    private readonly Template _written;
    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly Dictionary<string, MapEntry> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    private ServerlessTransform(Template written, IReadOnlyDictionary<string, string> given) => (_written, _given) = (written, given);

    /// <summary>The template as it is written.</summary>
    public Template Written => _written;

    /// <summary>The APIs of the template: what events add to each.</summary>
    public ServerlessApis Apis { get; } = new();

    /// <summary>The template with all of the model's resources expanded; the same one where there are none.</summary>
    public static Template Expand(Template template, IReadOnlyDictionary<string, string> given) =>
        template.Resources.Values.Any(r => IsModel(r.Value.Resolved)
            || (template.IsServerless && r.Value.Resolved?["Connectors"] is MapNode))
            ? new ServerlessTransform(template, given).Expand() : template;

    /// <summary>Adds a resource of a type.</summary>
    /// <param name="name">Its logical id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="from">The resource that it is made from, whose attributes it takes.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="attributes">Attributes that it has besides.</param>
    public void Add(string name, string type, ServerlessResource from, MapNode properties, params (string Key, Node? Value)[] attributes)
    {
        if (_made.Count > MaxResources || (_made.ContainsKey(name) && name != from.Name))
            return;
        var nodes = from.Nodes;
        var entries = new List<(string Key, Node? Value)> { ("Type", nodes.Text(type)), ("Properties", properties) };
        foreach (var attribute in (string[])["Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn"])
        {
            if (attribute == "DependsOn" && name != from.Name)
                continue;
            if (!attributes.Any(a => a.Key == attribute) && from.Root[attribute] is { } value)
                entries.Add((attribute, TemplateNodes.Copy(value)));
        }

        entries.AddRange(attributes);
        _made[name] = new MapEntry(new ScalarNode(from.Entry.Key.Span, name, NodeStyle.Plain, Syntax.Yaml.YamlScalarReading.Instance),
            nodes.Map([.. entries]));
    }

    /// <summary>Lets a name of the template stand for a resource that is made.</summary>
    public void Rename(string name, string made) => _renamed[name] = made;

    /// <summary>Adds to the properties of a resource that is written.</summary>
    public MapNode? PropertiesOf(string name)
    {
        if (!_made.TryGetValue(name, out var entry) || entry.Value is not MapNode resource)
            return null;
        if (resource["Properties"] is MapNode properties)
            return properties;
        var made = new TemplateNodes(entry.Key.Span).Map();
        resource.Add(new MapEntry(new TemplateNodes(entry.Key.Span).Text("Properties"), made));
        return made;
    }

    /// <summary>What a parameter is worth, or null.</summary>
    public Node? ParameterOf(string name)
    {
        if (!_written.Parameters.TryGetValue(name, out var parameter))
            return null;
        return _given.TryGetValue(name, out var value) ? new TemplateNodes(parameter.Key.Span).Text(value)
            : parameter.Value.Resolved?["Default"] as ScalarNode;
    }

    /// <summary>A value as a text, if it is one or a parameter of a known value.</summary>
    public string? TextOf(Node? node)
    {
        if (node?.Resolved is not { } value)
            return null;
        if (Intrinsic.Of(value) is { } function)
            return function is { Name: "Ref", Text: { } name } ? (ParameterOf(name) as ScalarNode)?.Value : null;
        return value is ScalarNode { IsNull: false } scalar ? scalar.Value : null;
    }

    /// <summary>The JSON that names are hashes of.</summary>
    public string Json(Node? node) => TemplateNodes.Json(node, ParameterOf);

    private static bool IsModel(Node? resource) => resource?.TextAt("Type")?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    private Template Expand()
    {
        // What is written as AWS's own stays, and events may add to it.
        foreach (var resource in _written.Resources)
        {
            if (!IsModel(resource.Value.Value.Resolved))
                _made[resource.Key] = new MapEntry(TemplateNodes.Copy(resource.Value.Key), TemplateNodes.Copy(resource.Value.Value));
        }

        var models = _written.Resources.Where(r => r.Value.Value.Resolved is MapNode && IsModel(r.Value.Value.Resolved))
            .Select(r => new ServerlessResource(r.Key, r.Value, GlobalsFor(r.Value.Value.Resolved!))).ToList();
        // Functions first: APIs are made of their events.
        foreach (var model in models.OrderBy(m => m.Type is "Api" or "HttpApi" or "WebSocketApi" ? 1 : 0))
        {
            switch (model.Type)
            {
                case "Function":
                    ServerlessFunctions.Expand(model, this);
                    break;
                case "Api":
                    Apis.ExpandRest(model, this);
                    break;
                case "HttpApi":
                    Apis.ExpandHttp(model, this);
                    break;
                default:
                    ServerlessOthers.Expand(model, this);
                    break;
            }
        }

        Apis.ExpandImplicit(models, this, _written.Root["Globals"]);
        foreach (var resource in _written.Resources)
            ServerlessOthers.ExpandConnectors(resource.Key, resource.Value, this);
        var outputs = _written.Outputs.ToDictionary(o => o.Key,
            o => _renamed.Count == 0 ? o.Value : new MapEntry(TemplateNodes.Copy(o.Value.Key), TemplateNodes.Copy(o.Value.Value, _renamed)),
            StringComparer.Ordinal);
        var resources = _made.ToDictionary(r => r.Key,
            r => _renamed.Count == 0 ? r.Value : new MapEntry(r.Value.Key, TemplateNodes.Copy(r.Value.Value, _renamed)),
                StringComparer.Ordinal);
        return _written.With(resources, outputs);
    }

    private MapNode? GlobalsFor(Node resource) => GlobalsFor(_written, resource);

    /// <summary>What the section Globals of a template says of a resource of the model; null if nothing.</summary>
    public static MapNode? GlobalsFor(Template template, Node resource)
    {
        var type = resource.TextAt("Type")!.Substring(Prefix.Length);
        if (resource["IgnoreGlobals"] is ScalarNode { Value: "*" } || template.Root["Globals"]?[type] is not MapNode globals)
            return null;
        var ignored = new HashSet<string>(resource.ItemsAt("IgnoreGlobals").OfType<ScalarNode>().Select(s => s.Value),
            StringComparer.Ordinal);
        if (ignored.Count == 0)
            return globals;
        var rest = new MapNode(globals.Span, globals.Style);
        foreach (var entry in globals.AllEntries.Where(e => e.Name is not { } name || !ignored.Contains(name)))
            rest.Share(entry);
        return rest;
    }
}
