using System.Runtime.CompilerServices;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together, as one resource's check sees them. What is asked is remembered with its
/// answer, so that after an edit elsewhere only those are checked again whom it concerns.</summary>
public sealed class KubernetesSet
{
    private readonly KubernetesIndex _index;
    private readonly List<Question>? _asked;

    // The file of the resource whose check asks; null if all that names could mean is wanted, and nothing is remembered.
    private readonly string? _path;

    internal KubernetesSet(KubernetesIndex index, string? path = null) => (_index, _path, _asked) = (index, path, path is null ? null : []);

    /// <summary>All of them.</summary>
    public IEnumerable<KubernetesResource> All => Ask(new Question { Kind = QuestionKind.All });

    /// <summary>Those of a kind, in whatever group.</summary>
    public IEnumerable<KubernetesResource> OfKind(string kind) => Ask(new Question { Kind = QuestionKind.OfKind, ResourceKind = kind });

    /// <summary>Whether an image's name is a placeholder that kustomize or skaffold replaces.</summary>
    public bool IsPlaceholderImage(string repository) => _index.Kustomizations.IsPlaceholder(repository);

    /// <summary>Whether a resource of a core kind and a name may be anywhere: written in a file, or made by a generator.</summary>
    public bool Defines(string kind, string? @namespace, string name) =>
        Ask(new Question { Kind = QuestionKind.Anywhere, ResourceKind = kind, Name = name, Namespace = @namespace }).Any()
            || (_path is not null && _index.Kustomizations.Generates(_path, kind, name));

    /// <summary>Whether a resource goes to the same place as those of a namespace beside whom is asked.</summary>
    public bool IsBeside(KubernetesResource resource, string? @namespace) =>
        _path is null ? SameNamespace(resource.Id.Namespace, @namespace) : _index.AreTogether(_path, @namespace, resource);

    /// <summary>The resources of a core kind and a name that a resource of the given namespace means.</summary>
    public IEnumerable<KubernetesResource> Find(string kind, string? @namespace, string name) =>
        Ask(new Question { Kind = QuestionKind.Named, ResourceKind = kind, Name = name, Namespace = @namespace });

    /// <summary>The resources of a file, in the order of its text.</summary>
    public IEnumerable<KubernetesResource> InFile(Manifest manifest) =>
        Ask(new Question { Kind = QuestionKind.InFile, Name = manifest.Path });

    /// <summary>The resources that name a resource of a core kind.</summary>
    public IEnumerable<KubernetesResource> UsersOf(KubernetesResource resource) =>
        Ask(new Question
        {
            Kind = QuestionKind.Users,
            ResourceKind = resource.Kind,
            Name = resource.Id.Name,
            Namespace = resource.Id.Namespace,
        });

    /// <summary>The autoscalers that set a workload's replicas.</summary>
    public IEnumerable<KubernetesResource> AutoscalersOf(KubernetesResource workload) =>
        Ask(new Question
        {
            Kind = QuestionKind.Autoscalers,
            ResourceKind = workload.Kind,
            Name = workload.Id.Name,
            Namespace = workload.Id.Namespace,
        });

    /// <summary>The workloads that a label selector (the value of a <c>selector</c> field) selects in a namespace.</summary>
    public IEnumerable<KubernetesResource> SelectedBy(Node? selector, string? @namespace) => selector?.Resolved is MapNode map
        ? Ask(
            new Question { Kind = QuestionKind.Selected, Selector = LabelSelector.Of(Validation.Field.Root(map)), Namespace = @namespace })
        : [];

    /// <summary>The workloads whose pods have all of some labels (the value of a Service's <c>selector</c>).</summary>
    public IEnumerable<KubernetesResource> WithLabels(Node? selector, string? @namespace) =>
        selector?.Resolved is MapNode map && LabelSelector.OfLabels(Validation.Field.Root(map)) is { Known: not null } labels
            ? Ask(new Question { Kind = QuestionKind.Selected, Selector = labels, Namespace = @namespace })
            : [];

    /// <summary>The first resource of a resource's file that runs an image under another tag; null if none does before it.</summary>
    public KubernetesResource? OtherTag(KubernetesResource resource, string repository, string tag) =>
        Ask(new Question
        {
            Kind = QuestionKind.OtherTag,
            Namespace = resource.Manifest.Path,
            Name = repository,
            ResourceKind = tag,
            Document = resource.Slot.Document,
            Item = resource.Item,
        }).FirstOrDefault();

    /// <summary>The budgets that speak of a workload's pods; of very many the first ones.</summary>
    public IEnumerable<KubernetesResource> BudgetsOf(KubernetesResource workload) =>
        Ask(new Question { Kind = QuestionKind.Budgets, Document = workload.Slot.Document, Item = workload.Item, Namespace = workload.Id.Namespace });

    /// <summary>The labels of a workload's pods.</summary>
    public static Dictionary<string, string> LabelsOf(PodSpec pod) =>
        Validation.Field.Root(pod.Template)["metadata"]["labels"].TextMap();

    /// <summary>Whether two namespaces may be the same: one that is not written is chosen when the manifest is applied.</summary>
    public static bool SameNamespace(string? one, string? other) => one is null || other is null || one == other;

    /// <summary>What was asked; null if it was not remembered.</summary>
    internal IReadOnlyList<Question>? Asked => _asked;

    /// <summary>Whether everything that was asked before has the same answer in an index: the same documents.</summary>
    internal static bool AnswersTheSame(IReadOnlyList<Question> asked, KubernetesIndex index)
    {
        foreach (var question in asked)
        {
            if (HashOf(question.Answer(index)) != question.AnswerHash)
                return false;
        }

        return true;
    }

    private IEnumerable<KubernetesResource> Ask(Question question)
    {
        question.Path = _path;
        var answer = question.Answer(_index);
        if (_asked is not null)
        {
            // Several rules ask the same.
            var list = answer as IReadOnlyCollection<KubernetesResource> ?? [.. answer];
            question.AnswerHash = HashOf(list);
            _asked.Add(question);
            return list;
        }

        return answer;
    }

    // An unchanged document is the same object in every state of the set.
    private static int HashOf(IEnumerable<KubernetesResource> answer)
    {
        var hash = 17;
        foreach (var resource in answer)
            hash = unchecked((hash * 31) + (RuntimeHelpers.GetHashCode(resource.Slot.Document) * 7) + resource.Item);
        return hash;
    }

    internal enum QuestionKind
    {
        All,
        OfKind,
        Named,
        Anywhere,
        InFile,
        Users,
        Autoscalers,
        Selected,
        OtherTag,
        Budgets,
    }

    /// <summary>What was asked, and a hash of the answer.</summary>
    internal struct Question
    {
        public QuestionKind Kind;
        public string? ResourceKind;
        public string? Name;
        public string? Namespace;
        public string? Path;
        public LabelSelector? Selector;
        public Document? Document;
        public int Item;
        public int AnswerHash;

        public readonly IEnumerable<KubernetesResource> Answer(KubernetesIndex index)
        {
            return Kind switch
            {
                QuestionKind.OfKind => index.OfKind(ResourceKind!),
                QuestionKind.Named => KubernetesIndex.Nearest(Path, Namespace, Beside(index, index.Named(ResourceKind!, Name!, Namespace))),
                QuestionKind.Anywhere => index.Named(ResourceKind!, Name!, Namespace),
                QuestionKind.InFile => index.InFile(Name!),
                QuestionKind.Users => Beside(index, index.UsersOf(ResourceKind!, Name!, Namespace)),
                QuestionKind.Autoscalers => Beside(index, index.AutoscalersOf(ResourceKind!, Name!, Namespace)),
                QuestionKind.Selected => Beside(index, index.SelectedBy(Selector!, Namespace)),
                QuestionKind.OtherTag => index.OtherTag(Namespace!, Name!, ResourceKind!, Document!, Item) is { } other ? [other] : [],
                QuestionKind.Budgets => Beside(index, index.BudgetsOf(Document!, Item)),
                _ => index.All,
            };
        }

        private readonly IEnumerable<KubernetesResource> Beside(KubernetesIndex index, IEnumerable<KubernetesResource> found)
        {
            var (path, @namespace) = (Path, Namespace);
            return path is null ? found.Where(r => SameNamespace(r.Id.Namespace, @namespace))
                : found.Where(r => index.AreTogether(path, @namespace, r));
        }
    }
}
