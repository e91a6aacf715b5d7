using System.Globalization;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Plans.Steps;

/// <summary>How CodeDeploy moves traffic: all at once, a share first, or in equal shares.</summary>
/// <param name="Percents">The new side's percents, step by step.</param>
/// <param name="Minutes">From the first shift to the last.</param>
internal sealed record DeploymentShift(IReadOnlyList<int> Percents, double Minutes)
{
    private const int Most = 10_000;

    // CodeDeploy's predefined configurations say in their names what they do
    // (https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html).
    private static readonly BoundedRegex Predefined =
        new(@"^CodeDeployDefault\.(Lambda|ECS)(Canary|Linear)[0-9]{1,3}Percent(Every)?[0-9]{1,4}Minutes?$");

    /// <summary>All at once.</summary>
    public static DeploymentShift AtOnce { get; } = new([100], 0);

    /// <summary>A predefined configuration; null if the name is none.</summary>
    public static DeploymentShift? Of(string name)
    {
        if (name is "CodeDeployDefault.LambdaAllAtOnce" or "CodeDeployDefault.ECSAllAtOnce")
            return AtOnce;
        if (!Predefined.Matches(name))
            return null;
        var percentEnd = name.IndexOf("Percent", StringComparison.Ordinal);
        var minutesEnd = name.LastIndexOf("Minute", StringComparison.Ordinal);
        return NumberBefore(name, percentEnd) is { } percent && NumberBefore(name, minutesEnd) is { } minutes
            ? name.IndexOf("Canary", StringComparison.Ordinal) > 0 ? Canary(percent, minutes) : Linear(percent, minutes) : null;
    }

    /// <summary>A share first, and the rest after some minutes.</summary>
    public static DeploymentShift Canary(int percent, int minutes) => percent is > 0 and < 100 ? new([percent, 100], minutes) : AtOnce;

    /// <summary>Equal shares, some minutes between them.</summary>
    public static DeploymentShift Linear(int percent, int minutes)
    {
        if (percent is <= 0 or >= 100)
            return AtOnce;
        var percents = new List<int>();
        for (var all = percent; all < 100; all += percent)
            percents.Add(all);
        percents.Add(100);
        return new DeploymentShift(percents, (percents.Count - 1) * (double)Math.Min(Most, Math.Max(0, minutes)));
    }

    private static int? NumberBefore(string text, int end)
    {
        var start = end;
        while (start > 0 && text[start - 1] is >= '0' and <= '9')
            start--;
        return int.TryParse(text.Substring(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
    }
}
