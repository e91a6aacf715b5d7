namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A function that templates call.</summary>
/// <param name="Parameters">Its parameters, a letter each (<see cref="TypeOf"/>); a star makes the last one any number of them.</param>
/// <param name="Call">What it does.</param>
internal sealed record GoFunction(string Parameters, Func<TemplateExecutor, GoValue?[], GoValue?> Call)
{
    public bool IsVariadic => Parameters.EndsWith('*');

    /// <summary>How many parameters it has, the repeated one included.</summary>
    public int Count => IsVariadic ? Parameters.Length - 1 : Parameters.Length;

    /// <summary>The letter of the parameter that an argument is given to.</summary>
    public char ParameterAt(int index) => Parameters[Math.Min(index, Count - 1)];

    /// <summary>Go's name of a parameter's type.</summary>
    public static string TypeOf(char parameter) => parameter switch
    {
        's' => "string",
        'i' => "int",
        'b' => "bool",
        'f' => "float64",
        'u' => "uint32",
        'm' => "map[string]interface {}",
        't' => "time.Time",
        'l' => "[]interface {}",
        'h' => "sprig.HashAlgorithm",
        'c' => "sprig.certificate",
        'r' => "reflect.Value",
        _ => GoValue.AnyType,
    };

    /// <summary>Whether nil can be given to a parameter.</summary>
    public static bool CanBeNil(char parameter) => parameter is 'a' or 'm' or 'l' or 'r';
}
