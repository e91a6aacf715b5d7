using System.Globalization;
using Repave.Fuzz;

// dotnet run --project tests/Fuzz -c Release -- [first [count [folder of more seeds]]]
var first = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
var seeds = args.Length > 2
    ? Directory.EnumerateFiles(args[2], "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json" or ".template" && new FileInfo(f).Length < 20_000)
        .Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))
    : [];
var fuzzer = new Fuzzer(seeds);
var wrong = 0;
for (var number = first; number - first < count; number++)
{
    if (fuzzer.Run(number) is { } what)
    {
        wrong++;
        Console.WriteLine($"{number}: {what}");
        if (count == 1)
            Console.WriteLine($"{fuzzer.Make(number).Path}:\n{fuzzer.Make(number).Text}");
    }

    if ((number - first + 1) % 10_000 == 0)
        Console.WriteLine($"# {number - first + 1} inputs, {wrong} wrong, slowest {fuzzer.Slowest.Seconds:0.000} s of CPU time "
            + $"(input {fuzzer.Slowest.Number}), {Environment.CpuUsage.TotalTime.TotalSeconds:0} s in all");
}

return wrong == 0 ? 0 : 1;
