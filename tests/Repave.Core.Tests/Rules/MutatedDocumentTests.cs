using System.Diagnostics;
using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>Broken input of every sort: no exception, none that takes long, and every finding inside its text.</summary>
[Trait("Category", "Fuzz")]
[Collection(nameof(Alone))]
public class MutatedDocumentTests(ITestOutputHelper output)
{
    private const int Count = 30_000;

    private static readonly string[] Tokens =
        ["- ", ": ", "{", "}", "[", "]", "'", "\"", "|", ">", "&a ", "*a", "!!str ", "!", "%", "@", "`", "#", "---\n", "...\n", "\t",
            "\r\n", "\r", "\uFEFF", "\0", "<<: *a", "? ", ",", "~", "null", "0777", "yes", "1e309", "😀", "\uD83D", "\u0085", "\u2028",
            "{{ x }}", "-", "\n\n", "  "];

    [Fact]
    public void MutatedDocumentsGiveFindingsAndNothingElse()
    {
        var seeds = Seeds();
        var times = new (long Ticks, string Text)[Count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var random = new Random(i);
            var text = Mutate(seeds[random.Next(seeds.Count)], random);
            var clock = Stopwatch.StartNew();
            Check(text, i);
            times[i] = (clock.ElapsedTicks, text);
        });
        var candidates = times.OrderByDescending(t => t.Ticks).Take(10).Select(t => t.Text).ToList();
        times = [];
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        // A busy machine makes anything slow; what is slow by itself needs the CPU for so long once more.
        var (slowest, slowestText) = candidates.Select(text => (Took: CpuOf(() => Check(text, -1)), text)).Max();
        output.WriteLine($"{Count} documents, slowest {slowest.TotalMilliseconds} ms ({slowestText.Length} characters), "
            + $"{kept / 1024} KiB kept");
        Assert.True(slowest < TimeSpan.FromSeconds(1), $"one document took {slowest.TotalMilliseconds} ms:\n{slowestText}");
        Assert.True(kept < 64 * 1024 * 1024, $"{kept} bytes are kept");
    }

    private static TimeSpan CpuOf(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return Environment.CpuUsage.TotalTime - start;
    }

    private static void Check(string text, int seed)
    {
        try
        {
            foreach (var finding in ManifestAnalysis.Check([Manifest.Parse("mutated.yaml", text)],
                new AnalysisOptions(Settings.Default)).Findings)
            {
                Assert.InRange(finding.FileSpan.Start, 0, text.Length);
                Assert.InRange(finding.FileSpan.End, finding.FileSpan.Start, text.Length);
                Assert.NotEmpty(finding.Message);
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"seed {seed}: {exception.Message}\n{text}", exception);
        }
    }

    private static List<string> Seeds()
    {
        var seeds = new List<string>();
        foreach (var rule in RuleCatalogue.All)
            seeds.AddRange([rule.Bad, rule.Good]);
        var samples = Path.Combine(Repository.Root, "samples");
        if (Directory.Exists(samples))
            seeds.AddRange(Directory.EnumerateFiles(samples, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(File.ReadAllText));
        return seeds;
    }

    internal static string Mutate(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var changes = random.Next(1, 6); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text[at] = (char)random.Next(1, 0x250);
                    break;
                case 1:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 2:
                    text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                    break;
                case 3:
                    var length = Math.Min(random.Next(1, 80), text.Length - at);
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                case 4:
                    MoveLine(text, random);
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }

    // Structure changes most when a line changes its indentation or its place.
    private static void MoveLine(StringBuilder text, Random random)
    {
        var lines = text.ToString().Split('\n').ToList();
        var from = random.Next(lines.Count);
        var line = lines[from];
        lines.RemoveAt(from);
        line = random.Next(3) switch
        {
            0 => new string(' ', random.Next(8)) + line.TrimStart(),
            1 => "- " + line,
            _ => line,
        };
        lines.Insert(random.Next(lines.Count + 1), line);
        text.Clear().Append(string.Join('\n', lines));
    }
}
