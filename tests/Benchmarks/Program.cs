using System.Globalization;
using BenchmarkDotNet.Running;
using Repave.Benchmarks;

// dotnet run --project tests/Benchmarks -c Release -- --filter '*'
if (args is ["template-edits", ..])
    TemplateEdits.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5_000);
else if (args is ["chart-edits", var folder])
    ChartEdits.Run(folder);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
