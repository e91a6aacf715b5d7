using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>Dockerfiles: each build stage is a resource. They are checked, and never planned by themselves: what a build gives is an image,
/// and what runs it is another manifest's.</summary>
public sealed class DockerfileDialect : Dialect
{
    internal const string DialectName = "dockerfile";

    // Before a template is rendered it is no Dockerfile.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) =>
        text.IndexOf("FROM", StringComparison.OrdinalIgnoreCase) >= 0
            && DockerfileLanguage.Instance.Claims(path, null) == LanguageClaim.Certain;

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not DockerfileDocument document || !document.Instructions.Any(i => i.Keyword == "FROM"))
            return DocumentReading.Foreign;
        if (!document.IsWhole && TemplateMarks.Any(mark => document.Text.IndexOf(mark, StringComparison.Ordinal) >= 0))
            return DocumentReading.Template;
        var build = new DockerfileBuild(document);
        var stages = new List<Resource>();
        for (var i = 0; i < document.Instructions.Count; i++)
        {
            if (document.Instructions[i].Keyword != "FROM")
                continue;
            var end = i + 1;
            while (end < document.Instructions.Count && document.Instructions[end].Keyword != "FROM")
                end++;
            var name = DockerfileStages.NameOf(document.Instructions[i])?.Text ?? $"{stages.Count}";
            stages.Add(new DockerfileStage(
                new ResourceId(DialectName, "stage", manifest.Path, name), manifest, slot, build, stages.Count, i, end));
        }

        return new DocumentReading(Recognition.Mine, stages);
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document is not DockerfileDocument file)
            return;
        foreach (var instruction in file.Instructions)
        {
            var parts = new List<string>(SecretNames.In(instruction.Text, out _));
            parts.AddRange(instruction.HereDocuments.SelectMany(here => SecretNames.In(here.Text, out _)));
            // ENV NAME value
            if (instruction is { Keyword: "ENV", Words: [{ Text: var name }, { Text: var value }, ..] } && name.IndexOf('=') < 0
                && SecretNames.Is(name))
                parts.Add(value);
            if (parts.Count > 0)
                found.Add(instruction.Span, parts);
        }
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) => new DockerfileSet();

    private sealed class DockerfileSet : DialectSet
    {
        private readonly DockerfileRule[] _rules = RuleCatalogue.Of<DockerfileRule>();

        public override object? Check(Resource resource, FindingSink sink)
        {
            foreach (var rule in _rules)
            {
                if (resource is DockerfileStage stage && sink.Settings.IsOn(rule, resource.Manifest.Path))
                    sink.Run(rule, resource, (rule, stage), static (on, sink) => on.rule.Check(on.stage, sink));
            }

            return null;
        }

        // Stages of other files are nothing to one.
        public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => true;
    }
}
