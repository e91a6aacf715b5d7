using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Repave.Analyzers.CSharp.Starts;

namespace Repave.Analyzers.CSharp;

/// <summary>Runs the rules on C#.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InfrastructureCodeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Every rule on C#, in the order of their ids. A rule is a class that derives from <see cref="CSharpRule"/>.</summary>
    public static IReadOnlyList<CSharpRule> Rules { get; } =
        [.. typeof(CSharpRule).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(CSharpRule).IsAssignableFrom(t))
            .Select(t => (CSharpRule)Activator.CreateInstance(t)).OrderBy(r => r.Id, StringComparer.Ordinal)];

    private readonly IReadOnlyList<CSharpRule> _rules;

    /// <summary>Runs all of them.</summary>
    public InfrastructureCodeAnalyzer()
        : this(Rules)
    {
    }

    internal InfrastructureCodeAnalyzer(IReadOnlyList<CSharpRule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = Descriptors.All(rules);
    }

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        var registry = new RuleRegistry();
        var types = new Dictionary<CSharpRule, List<INamedTypeSymbol>>();
        foreach (var rule in _rules)
        {
            if (rule.TypesIn(context.Compilation) is not { Count: > 0 } known)
                continue;
            types[rule] = known;
            rule.Register(registry);
        }

        if (registry.IsEmpty)
            return;
        var settings = BuildSettings.Read(context.Options, context.Compilation, context.CancellationToken);
        var failed = new ConcurrentDictionary<CSharpRule, bool>();

        void Run<T>(OperationAnalysisContext operation, T one, CSharpRule rule, Action<T, OperationSink> look)
        {
            if (failed.ContainsKey(rule))
                return;
            try
            {
                look(one, new OperationSink(rule, types[rule], settings, operation.ReportDiagnostic, operation.Operation));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (failed.TryAdd(rule, true))
                    operation.ReportDiagnostic(Diagnostic.Create(Descriptors.Failure, operation.Operation.Syntax.GetLocation(),
                        $"{rule.Id} ({rule.GetType().Name})", exception.GetType().Name + ": " + exception.Message));
            }
        }

        var starts = new StartWatch(context.Compilation, settings);
        var first = registry.Starts.Values.OrderBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault();

        void LookAtStarts(OperationAnalysisContext operation)
        {
            if (first is null)
                return;
            Run(operation, operation.Operation, first, (one, _) =>
            {
                foreach (var (node, effect) in starts.Look(one))
                {
                    if (registry.Starts.TryGetValue(effect.Kind, out var rule)
                        && !settings.Options.Allows(rule.Id, "allowed_programs", effect.Program, node.SyntaxTree))
                        new OperationSink(rule, types[rule], settings, operation.ReportDiagnostic, one).Add(node, rule.MessageOf(effect));
                }
            });
        }

        context.RegisterOperationAction(
            operation =>
            {
                LookAtStarts(operation);
                switch (operation.Operation)
                {
                    case IInvocationOperation call:
                        foreach (var (rule, look) in registry.Of(call))
                            Run(operation, call, rule, look);
                        break;
                    case ISimpleAssignmentOperation assignment:
                        foreach (var (rule, look) in registry.Of(assignment))
                            Run(operation, assignment, rule, look);
                        break;
                    case IObjectCreationOperation creation:
                        foreach (var (rule, look) in registry.Of(creation))
                            Run(operation, creation, rule, look);
                        break;
                }
            },
            OperationKind.Invocation,
            OperationKind.SimpleAssignment,
            OperationKind.ObjectCreation);
    }
}
