using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Dockerfile;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>Dockerfiles: each build stage is a resource. They are checked, and never planned by themselves: what a build gives is an image,
/// and what runs it is another manifest's.</summary>
public sealed class DockerfileDialect : Dialect
{
    internal const string DialectName = "dockerfile";

    // Before a template is rendered it is no Dockerfile.
    private static readonly string[] TemplateMarks = ["{{", "{%", "<%"];

    private static readonly string[] TemplateNames = [".template", ".tmpl", ".tpl", ".j2", ".jinja", ".in", ".m4", ".erb"];

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
        if (!IsNamedForIt(manifest.FileName) && IsOther(document.Instructions[0].Keyword))
            return DocumentReading.Foreign;
        if (!document.IsWhole && (TemplateMarks.Any(mark => document.Text.IndexOf(mark, StringComparison.Ordinal) >= 0)
            || TemplateNames.Any(name => manifest.FileName.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0)))
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

    // "dockerfile.go" and "Dockerfile.md" are about Dockerfiles, and none.
    private static bool IsNamedForIt(string file) =>
        string.Equals(file, "Dockerfile", StringComparison.OrdinalIgnoreCase)
        || string.Equals(file, "Containerfile", StringComparison.OrdinalIgnoreCase);

    private static bool IsOther(string keyword) =>
        DockerfileKeywords.Of(keyword) is null && NearestName.Of(keyword, DockerfileKeywords.All) is null;

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
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new DockerfileSet(ImagesIn(set));
    private static KnownImages ImagesIn(ResourceSet set)
    {
        var stages = set.All.OfType<DockerfileStage>().ToList();
        return new KnownImages(stages.Select(s => s.Manifest.Path).Distinct(),
            // One that is called as the image that it is built upon says nothing of that.
            stages.Where(s => s.Name is not null && !(s.Image ?? "").Contains(s.Name.Text, StringComparison.OrdinalIgnoreCase))
                .Select(s => s.Name!.Text),
            stages.SelectMany(DockerfileImage.Of).Select(i => i.Name).OfType<string>());
    }

    private sealed class DockerfileSet(KnownImages known) : DialectSet, INames, IPlaces, IImages
    {
        private readonly DockerfileRule[] _rules = RuleCatalogue.Of<DockerfileRule>();

        public override object? Check(Resource resource, FindingSink sink)
        {
            foreach (var rule in _rules)
            {
                if (resource is DockerfileStage stage && sink.Settings.IsOn(rule, resource.Manifest.Path))
                    sink.Run(rule, resource, (rule, stage, known), static (on, sink) => on.rule.Check(on.stage, on.known, sink));
            }

            return null;
        }

        // Stages are named in their own file only.
        public IEnumerable<Reference> ReferencesOf(Resource resource) => [];

        public IEnumerable<Resource> Find(ResourceId id) => [];

        public bool Means(Reference reference, Resource resource) => false;

        public IReadOnlyList<LocalName> LocalNamesAt(Document document, int offset)
        {
            if (document is not DockerfileDocument file)
                return [];
            var names = new DockerfileNames(file);
            return names.StageAt(offset) is { } stage ? [.. names.PlacesOf(stage)]
                : names.VariableAt(offset) is var (name, setting, _) && setting >= 0 ? [.. names.PlacesOf(name, setting)] : [];
        }

        public IEnumerable<ImageUse> ImagesOf(Resource resource) => resource is DockerfileStage stage
            ? DockerfileImage.Of(stage).Where(i => i.Name is { Length: > 0 }).Select(i => new ImageUse(stage, i.NameSpan, i.Name!)) : [];

        // A file says what is built, and not what that is called.
        public IEnumerable<ImageBuild> ImageBuildsOf(Resource resource) => [];

        public bool Owns(Document document) => document is DockerfileDocument;

        public PlaceDescription? DescribeAt(Document document, int offset) =>
            document is DockerfileDocument file ? DockerfilePlaces.Describe(file, offset) : null;

        public (TextSpan Word, IReadOnlyList<PlaceCompletion> Items) CompleteAt(Document document, int offset) =>
            document is DockerfileDocument file ? DockerfileCompletions.At(file, offset) : (new TextSpan(offset, offset), []);

        public IEnumerable<ResourcePart> PartsOf(Resource resource) =>
            resource is DockerfileStage stage ? DockerfilePlaces.PartsOf(stage) : [];

        // Of other files only what they say of images is anything to one.
        public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) =>
            before is DockerfileSet set && set.Known.IsSame(known);

        private KnownImages Known => known;
    }
}
