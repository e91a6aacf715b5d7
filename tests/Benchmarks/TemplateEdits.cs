using System.Diagnostics;
using System.Globalization;
using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Benchmarks;

/// <summary>What an edit of a large CloudFormation template costs until its findings are there:
/// <c>dotnet run --project tests/Benchmarks -c Release -- template-edits [LINES]</c>.</summary>
internal static class TemplateEdits
{
    private const int Rounds = 400;

    public static void Run(int lines)
    {
        var text = TextOf(lines);
        var manifest = Manifest.Parse("template.yaml", text);
        var analysis = ManifestAnalysis.Of([manifest], new AnalysisOptions(Settings.Default));
        var (parses, edits) = (new List<double>(), new List<double>());
        var parsed = 0L;
        var allocated = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetTotalAllocatedBytes();
            var at = manifest.Source.Text.Content.IndexOf("VisibilityTimeout: ", text.Length / 2, StringComparison.Ordinal) + 19;
            var watch = Stopwatch.StartNew();
            var edit = new TextEdit(new TextSpan(at, at + 1), (i % 9 + 1).ToString(CultureInfo.InvariantCulture));
            manifest = manifest with { Source = manifest.Source.With(edit) };
            _ = manifest.Source.Documents[0].Document.Root;
            parses.Add(watch.Elapsed.TotalMilliseconds);
            parsed += GC.GetTotalAllocatedBytes() - before;
            analysis = analysis.With(manifest);
            _ = analysis.Findings(manifest.Path).Count;
            edits.Add(watch.Elapsed.TotalMilliseconds);
        }

        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine($"{text.Count(c => c == '\n')} lines: parsing {Median(parses):0.0} ms, "
            + $"edit to diagnostics {Median(edits):0.0} ms "
            + $"(medians of {Rounds / 2}); allocated by an edit {allocated / 1e6 / Rounds:0.0} MB, parsing {parsed / 1e6 / Rounds:0.0} MB of it");
    }

    private static double Median(List<double> values) => values.Skip(Rounds / 2).Order().ElementAt(Rounds / 4);

    private static string TextOf(int lines)
    {
        var text = new StringBuilder("AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Stage: {Type: String}\n"
            + "Conditions:\n  IsLive: !Equals [!Ref Stage, live]\nResources:\n");
        for (var i = 0; i * 25 < lines; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                  Queue{i}:
                    Type: AWS::SQS::Queue
                    Properties:
                      VisibilityTimeout: 5
                      Tags:
                        - Key: stage
                          Value: !Ref Stage
                  Role{i}:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument:
                        Version: "2012-10-17"
                        Statement:
                          - Effect: Allow
                            Principal: {"{"}Service: lambda.amazonaws.com{"}"}
                            Action: sts:AssumeRole
                  Function{i}:
                    Type: AWS::Lambda::Function
                    Condition: IsLive
                    Properties:
                      Role: !GetAtt Role{i}.Arn
                      Handler: index.handler
                      Runtime: provided.al2023
                      Code: {"{"}S3Bucket: builds, S3Key: !Sub "${"{"}Stage{"}"}-{i}.zip"{"}"}
                      MemorySize: !If [IsLive, 512, 128]

                """);
        }

        return text.ToString().TrimEnd() + "\n";
    }
}
