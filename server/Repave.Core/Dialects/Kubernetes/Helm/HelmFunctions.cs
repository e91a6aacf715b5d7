using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>All functions that Helm gives to templates.</summary>
internal static class HelmFunctions
{
    // What Helm puts around messages that are meant for people.
    private const string WarningStart = "HELM_ERR_START";
    private const string WarningEnd = "HELM_ERR_END";
    private const string Decoding = "error unmarshaling JSON: while decoding JSON: ";

    public static IReadOnlyDictionary<string, GoFunction> All { get; } = Make();

    /// <summary>The same for those who install with one of Helm's releases, some of which take what others refuse.</summary>
    public static IReadOnlyDictionary<string, GoFunction> OfAllReleases { get; } = MakeLenient();

    private static Dictionary<string, GoFunction> MakeLenient()
    {
        var functions = Make();
        // Before Helm 4.2 there was no third argument.
        functions["htpasswd"] = functions["htpasswd"] with { Parameters = "ssh*" };
        return functions;
    }

    private static Dictionary<string, GoFunction> Make()
    {
        var functions = new Dictionary<string, GoFunction>(StringComparer.Ordinal);
        GoBuiltins.AddTo(functions);
        SprigStrings.AddTo(functions);
        SprigLists.AddTo(functions);
        SprigDicts.AddTo(functions);
        SprigNumbers.AddTo(functions);
        SprigDates.AddTo(functions);
        SprigCrypto.AddTo(functions);
        SprigRegexes.AddTo(functions);
        SprigUrls.AddTo(functions);
        SprigSemVers.AddTo(functions);
        functions["hello"] = new("", (_, _) => new GoText("Hello!"));
        functions["getHostByName"] = new("s", (_, _) => GoText.Empty);

        functions["include"] = new("sa", (executor, a) => executor.Include(StringOf(a[0]), a[1]));
        functions["tpl"] = new("sa", (executor, a) => executor.Tpl(Traced(a[0]), a[1]));
        functions["required"] = new("sa", (_, a) => a[1] is null or GoText { IsBytes: false, Text.Length: 0 }
            ? throw Error(WarningStart + StringOf(a[0]) + WarningEnd) : a[1]);
        functions["fail"] = new("s", (_, a) => throw Error(WarningStart + StringOf(a[0]) + WarningEnd));
        functions["lookup"] = new("ssss", (_, _) => new GoMap());

        functions["toYaml"] = new("a", (executor, a) => Or(() => Yaml(executor, a[0], false)));
        functions["mustToYaml"] = new("a", (executor, a) => Yaml(executor, a[0], false));
        functions["toYamlPretty"] = new("a", (executor, a) => Or(() => Yaml(executor, a[0], true)));
        functions["fromYaml"] = new("s", (executor, a) => FromYaml(executor, Traced(a[0])));
        functions["fromYamlArray"] = new("s", (executor, a) => FromYamlArray(executor, Traced(a[0])));
        functions["toJson"] = new("a", (_, a) => Or(() => GoJson.Write(a[0])));
        functions["mustToJson"] = new("a", (_, a) => GoJson.Write(a[0]));
        functions["toPrettyJson"] = new("a", (_, a) => Or(() => GoJson.Write(a[0], indent: "  ")));
        functions["mustToPrettyJson"] = new("a", (_, a) => GoJson.Write(a[0], indent: "  "));
        functions["toRawJson"] = functions["mustToRawJson"] = new("a", (_, a) => GoJson.Write(a[0], escapesHtml: false));
        functions["fromJson"] = new("s", (_, a) => FromJson(Traced(a[0])));
        functions["mustFromJson"] = new("s", (_, a) => GoJson.Read(Traced(a[0])));
        functions["fromJsonArray"] = new("s", (_, a) => FromJsonArray(Traced(a[0])));
        functions["toToml"] = new("a", (_, a) => GoToml.Write(a[0]));
        functions["mustToToml"] = functions["toToml"];
        functions["fromToml"] = new("s", (_, a) => GoToml.Read(StringOf(a[0])));
        return functions;
    }

    private static GoText Or(Func<GoText> write)
    {
        try
        {
            return write();
        }
        catch (GoException)
        {
            return GoText.Empty;
        }
    }

    private static GoText Yaml(TemplateExecutor executor, GoValue? value, bool isPretty)
    {
        var text = GoYamlWriter.Write(value, isPretty);
        executor.Spend(text.Text.Length);
        return text.Slice(0, text.Text.Length - 1);
    }

    private static GoMap FromYaml(TemplateExecutor executor, GoText text)
    {
        executor.Spend(text.Text.Length);
        try
        {
            return GoYamlReader.Read(text) switch
            {
                GoMap map => map,
                null => new GoMap(),
                var other => Failed(Decoding + Unfit(other, "map[string]interface {}")),
            };
        }
        catch (GoException exception)
        {
            return Failed(exception.Error.Message);
        }
    }

    private static string Unfit(GoValue value, string type) =>
        $"json: cannot unmarshal {GoYamlReader.Kind(value)} into Go value of type {type}";

    private static GoMap Failed(string message) => new() { { "Error", new GoText(message) } };

    private static GoList FromYamlArray(TemplateExecutor executor, GoText text)
    {
        executor.Spend(text.Text.Length);
        try
        {
            return GoYamlReader.Read(text) switch
            {
                GoList list => list,
                null => new GoList([]),
                var other => new GoList([new GoText(Decoding + Unfit(other, "[]interface {}"))]),
            };
        }
        catch (GoException exception)
        {
            return new GoList([new GoText(exception.Error.Message)]);
        }
    }

    private static GoMap FromJson(GoText text)
    {
        try
        {
            return GoJson.Read(text) switch
            {
                GoMap map => map,
                null => new GoMap(),
                var other => Failed($"json: cannot unmarshal {GoYamlReader.Kind(other)} into Go value of type map[string]interface {{}}"),
            };
        }
        catch (GoException exception)
        {
            return Failed(exception.Error.Message);
        }
    }

    private static GoList FromJsonArray(GoText text)
    {
        try
        {
            return GoJson.Read(text) switch
            {
                GoList list => list,
                null => new GoList([]),
                var other => new GoList([new GoText(Unfit(other, "[]interface {}"))]),
            };
        }
        catch (GoException exception)
        {
            return new GoList([new GoText(exception.Error.Message)]);
        }
    }
}
