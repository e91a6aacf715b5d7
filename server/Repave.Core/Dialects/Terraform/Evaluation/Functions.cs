using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Shapes;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Terraform's functions.</summary>
internal static partial class Functions
{
    private const int MaxItems = 100_000;

    private static readonly TerraformType S = TerraformType.String;
    private static readonly TerraformType N = TerraformType.Number;
    private static readonly TerraformType B = TerraformType.Bool;
    private static readonly TerraformType Any = TerraformType.Any;
    private static readonly TerraformType ListOfAny = TerraformType.List(TerraformType.Any);
    private static readonly TerraformType ListOfText = TerraformType.List(TerraformType.String);
    private static readonly TerraformType SetOfAny = TerraformType.Set(TerraformType.Any);

    private static readonly Dictionary<string, Function> Table = Make();

    /// <summary>The names of all functions.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>A function by its name, with <c>core::</c> before it or not; null if there is none.</summary>
    public static Function? Find(string name) =>
        Table.TryGetValue(name.StartsWith("core::", StringComparison.Ordinal) ? name.Substring(6) : name, out var found) ? found : null;

    /// <summary>Calls a function.</summary>
    public static TerraformValue Call(Evaluator evaluator, HclCall call)
    {
        if (call.Name.StartsWith("provider::", StringComparison.Ordinal))
            return TerraformValue.Unknown;
        if (Find(call.Name) is not { } function)
        {
            return evaluator.Fail(call.NameSpan,
                $"There is no function '{call.Name}'.{(NearestName.Of(call.Name, Names) is { } near ? $" Did you mean '{near}'?" : "")}");
        }

        // These look at expressions, not at values.
        if (function.Name is "try" or "can")
            return Attempt(evaluator, function.Name, call);
        var arguments = new List<TerraformValue>();
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var value = evaluator.Evaluate(call.Arguments[i]);
            if (!call.Expands || i + 1 < call.Arguments.Count)
            {
                arguments.Add(value);
                continue;
            }

            if (value.IsNull)
                return evaluator.Fail(call.Arguments[i].Span, "What is expanded is null.", function.Result);
            if (value.IsUnknown)
                return TerraformValue.UnknownOf(function.Result).MarkedLike(value);
            if (value.Kind is not (SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple))
                return evaluator.Fail(call.Arguments[i].Span, "What is expanded is a list.", function.Result);
            arguments.AddRange(value.Items.Select(item => item.MarkedLike(value)));
        }

        return Run(evaluator, function, call, arguments);
    }

    private static TerraformValue Run(Evaluator evaluator, Function function, HclCall call, List<TerraformValue> arguments)
    {
        if (arguments.Count < function.Parameters.Count)
        {
            return evaluator.Fail(call.Span, $"The function '{function.Name}' takes {Counted(function)}; {arguments.Count} are given.",
                function.Result);
        }

        if (function.More is null && arguments.Count > function.Parameters.Count)
        {
            var at = Math.Min(function.Parameters.Count, call.Arguments.Count - 1);
            return evaluator.Fail(call.Arguments[at].Span,
                $"The function '{function.Name}' takes {Counted(function)}; {arguments.Count} are given.", function.Result);
        }

        var isSensitive = false;
        var isUnknown = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var type = i < function.Parameters.Count ? function.Parameters[i] : function.More!;
            var value = arguments[i];
            var place = call.Arguments.Count == 0 ? call.Span : call.Arguments[Math.Min(i, call.Arguments.Count - 1)].Span;
            if (value.IsNull && (function.Traits & FunctionTraits.Null) == 0)
                return evaluator.Fail(place, "The argument is null.", function.Result);
            if (Conversion.To(value, type, out var reason) is not { } converted)
                return evaluator.Fail(place, $"The argument does not fit: {reason}.", function.Result);
            if ((function.Traits & FunctionTraits.KeepsMarks) == 0)
            {
                isSensitive |= converted.HoldsSecrets;
                converted = converted.Revealed();
            }
            else
            {
                isSensitive |= converted.IsSensitive;
            }

            isUnknown |= (function.Traits & FunctionTraits.Unknown) == FunctionTraits.Unknown ? false
                : (function.Traits & FunctionTraits.PartlyKnown) != 0 ? converted.IsUnknown : !converted.IsWhollyKnown;
            arguments[i] = converted;
        }

        if (isUnknown || (function.Traits & FunctionTraits.NeverKnown) != 0)
            return TerraformValue.UnknownOf(function.Result).Marked(isSensitive);
        var result = function.Body(new FunctionCall(evaluator, call, arguments, function.Result));
        return function.Name is "nonsensitive" or "issensitive" ? result : result.Marked(isSensitive || result.IsSensitive);
    }

    private static string Counted(Function function)
    {
        var count = function.Parameters.Count;
        var words = count == 1 ? "1 argument" : $"{count} arguments";
        return function.More is null ? words : $"{words} or more";
    }

    private static TerraformValue Attempt(Evaluator evaluator, string name, HclCall call)
    {
        if (call.Arguments.Count == 0 || (name == "can" && call.Arguments.Count > 1))
            return evaluator.Fail(call.Span,
                name == "can" ? "The function 'can' takes 1 argument." : "The function 'try' takes 1 argument or more.");
        foreach (var argument in call.Arguments)
        {
            var value = evaluator.Try(argument, out var isFine);
            if (name == "can")
            {
                return !isFine ? TerraformValue.False
                    : value.IsWhollyKnown ? TerraformValue.True : TerraformValue.UnknownOf(TerraformType.Bool);
            }

            if (isFine)
                return value.IsUnknown && value.Kind == SchemaTypeKind.Any ? TerraformValue.Unknown.MarkedLike(value) : value;
        }

        return evaluator.Fail(call.Span, "None of the expressions has a value.");
    }

    private static Dictionary<string, Function> Make()
    {
        var table = new Dictionary<string, Function>(StringComparer.Ordinal);
        void Add(string name, TerraformType[] parameters, TerraformType result, Func<FunctionCall, TerraformValue> body,
            FunctionTraits traits = FunctionTraits.None, TerraformType? more = null) =>
            table[name] = new Function(name, parameters, more, result, traits, body);
        AddNumbers(Add);
        AddTexts(Add);
        AddCollections(Add);
        AddEncodings(Add);
        AddConversions(Add);
        AddTimes(Add);
        AddNetworks(Add);
        AddFiles(Add);
        return table;
    }

    private delegate void Adder(string name, TerraformType[] parameters, TerraformType result, Func<FunctionCall, TerraformValue> body,
        FunctionTraits traits = FunctionTraits.None, TerraformType? more = null);
}
