using System.Globalization;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Fills the variables of a file in, and makes numbers and truth values of the texts that stand where such are meant.</summary>
internal sealed class Interpolation
{
    private const string Whole = "whole";
    private const string Fraction = "fraction";
    private const string Truth = "truth";

    private static readonly PathTable<string> Casts = TableOf();

    private readonly Func<string, string?> _lookup;
    private readonly bool _isWhole;
    private readonly List<ComposeProblem> _problems;

    /// <param name="lookup">The value of a variable; null if it has none.</param>
    /// <param name="isWhole">Whether a variable that has none here has none: it is blank, rather than unknown.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    public Interpolation(Func<string, string?> lookup, bool isWhole, List<ComposeProblem> problems) =>
        (_lookup, _isWhole, _problems) = (lookup, isWhole, problems);

    /// <summary>The value with its variables filled in.</summary>
    public ComposeValue Fill(ComposeValue value, ValuePath path)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                return FillText(value, path);
            case ValueKind.List:
                for (var i = 0; i < value.Items.Count; i++)
                    value.Items[i] = Fill(value.Items[i], path.Item(i));
                return value;
            case ValueKind.Map:
                foreach (var name in value.Fields.Keys.ToList())
                    value.Fields[name] = Fill(value.Fields[name], path.Next(name));
                return value;
            default:
                return value;
        }
    }

    private ComposeValue FillText(ComposeValue value, ValuePath path)
    {
        var text = value.Text;
        if (text.IndexOf('$') >= 0)
        {
            var filling = new VariableText(_lookup);
            text = filling.Fill(text);
            if (filling.Problem is { } problem && (_isWhole || !filling.IsDemand))
            {
                _problems.Add(new ComposeProblem(filling.IsDemand ? ProblemKind.Demand : ProblemKind.Malformed,
                    $"'{path}' cannot be filled in: {problem}.", value.Place, path.ToString()));
                return ComposeValue.Unknown(value.Place);
            }

            if (!_isWhole && filling.Unset.Count > 0)
                return ComposeValue.Unknown(value.Place);
        }

        if (Casts.Find(path) is not { } cast)
            return ReferenceEquals(text, value.Text) ? value : ComposeValue.Of(text, value.Place);
        var number = cast == Truth ? TruthOf(text, value.Place) : cast == Whole ? WholeOf(text, value.Place)
            : FractionOf(text, value.Place);
        if (number is not null)
            return number;
        _problems.Add(new ComposeProblem(ProblemKind.WrongType, $"'{path}' must be {NameOf(cast)}, and is '{text}'.", value.Place,
            path.ToString()));
        return ComposeValue.Unknown(value.Place);
    }

    private static string NameOf(string cast) => cast switch
    {
        Truth => "true or false",
        Whole => "a whole number",
        _ => "a number",
    };

    private static ComposeValue? TruthOf(string text, ValuePlace? place) => text.ToLowerInvariant() switch
    {
        "true" or "y" or "yes" or "on" => ComposeValue.Of(true, place),
        "false" or "n" or "no" or "off" => ComposeValue.Of(false, place),
        _ => null,
    };

    private static ComposeValue? WholeOf(string text, ValuePlace? place) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? ComposeValue.Of(number, place)
            : null;

    private static ComposeValue? FractionOf(string text, ValuePlace? place) =>
        GoNumbers.ParseFloat(text) is { } number ? ComposeValue.Of(number, place) : null;

    private static PathTable<string> TableOf()
    {
        var table = new PathTable<string>();
        foreach (var path in (string[])["cpu_count", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares",
            "deploy.replicas", "deploy.update_config.parallelism", "deploy.rollback_config.parallelism",
            "deploy.restart_policy.max_attempts", "deploy.placement.max_replicas_per_node", "healthcheck.retries", "oom_score_adj",
            "pids_limit", "ports.[].target", "scale", "ulimits.*", "ulimits.*.hard", "ulimits.*.soft"])
            table["services.*." + path] = Whole;
        foreach (var path in (string[])["cpu_percent", "cpus", "deploy.update_config.max_failure_ratio",
            "deploy.rollback_config.max_failure_ratio"])
            table["services.*." + path] = Fraction;
        foreach (var path in (string[])["init", "healthcheck.disable", "oom_kill_disable", "privileged", "read_only", "stdin_open", "tty",
            "volumes.[].read_only", "volumes.[].volume.nocopy"])
            table["services.*." + path] = Truth;
        foreach (var path in (string[])["networks.*.external", "networks.*.internal", "networks.*.attachable", "networks.*.enable_ipv4",
            "networks.*.enable_ipv6", "volumes.*.external", "secrets.*.external", "configs.*.external"])
            table[path] = Truth;
        return table;
    }
}
