namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>A query of labels as <c>kubectl -l</c> takes it: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;1</c>.</summary>
internal sealed class KustomizeLabels
{
    private readonly List<(string Key, string Operator, string[] Values)> _requirements = [];

    private KustomizeLabels()
    {
    }

    /// <summary>Reads one; null where it is none.</summary>
    public static KustomizeLabels? Parse(string text)
    {
        var query = new KustomizeLabels();
        var at = 0;
        Skip();
        while (at < text.Length)
        {
            var isNot = text[at] == '!';
            if (isNot)
            {
                at++;
                Skip();
            }

            var key = Word();
            if (key.Length == 0)
                return null;
            Skip();
            if (isNot || at >= text.Length || text[at] == ',')
            {
                query._requirements.Add((key, isNot ? "!" : "exists", []));
            }
            else
            {
                var sign = Sign();
                if (sign is null)
                    return null;
                Skip();
                if (sign is "in" or "notin")
                {
                    var close = text.IndexOf(')', at);
                    if (at >= text.Length || text[at] != '(' || close < 0)
                        return null;
                    query._requirements.Add((key, sign, [.. text.Substring(at + 1, close - at - 1).Split(',').Select(v => v.Trim())]));
                    at = close + 1;
                }
                else
                {
                    query._requirements.Add((key, sign, [Word()]));
                }

                Skip();
            }

            if (at >= text.Length)
                break;
            if (text[at] != ',')
                return null;
            at++;
            Skip();
            if (at >= text.Length)
                return null;
        }

        return query;

        void Skip()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }

        string Word()
        {
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && "=!(),<>".IndexOf(text[at]) < 0)
                at++;
            return text.Substring(start, at - start);
        }

        string? Sign()
        {
            string[] signs = ["==", "!=", "=", "<", ">", "notin", "in"];
            var found = Array.Find(signs, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0);
            at += found?.Length ?? 0;
            return found;
        }
    }

    /// <summary>Whether labels satisfy it.</summary>
    public bool Matches(Dictionary<string, KustomizeNode> labels)
    {
        foreach (var (key, @operator, values) in _requirements)
        {
            var has = labels.TryGetValue(key, out var node);
            var value = node?.Value ?? "";
            var holds = @operator switch
            {
                "exists" => has,
                "!" => !has,
                "=" or "==" or "in" => has && values.Contains(value),
                "!=" or "notin" => !has || !values.Contains(value),
                _ => has && long.TryParse(value, out var number) && long.TryParse(values[0], out var bound)
                    && (@operator == ">" ? number > bound : number < bound),
            };
            if (!holds)
                return false;
        }

        return true;
    }
}
