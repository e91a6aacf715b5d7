using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Rules;

/// <summary>The comments that hold findings back, as a record lists them.</summary>
public sealed class SuppressionCommentTests
{
    [Fact]
    public void EachIsListedWhereItStands()
    {
        var found = Suppressions.In(Manifest.Parse("a.yaml", """
            # repave: ignore-file RPV1001, rpv1002 -- local development
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: a # repave: ignore RPV1401
            ---
            # an ordinary comment
            # repave: ignore-resource RPV1104 -- network plugin -- for now
            # repave: nothing of ours
            apiVersion: v1
            kind: Secret
            """));
        Assert.Equal([("RPV1001,RPV1002", "file", 0, "local development"), ("RPV1401", "line", 4, ""),
            ("RPV1104", "resource", 7, "network plugin -- for now")],
            found.Select(s => (string.Join(',', s.Ids), s.Scope, s.Line, s.Reason)));
    }

    [Fact]
    public void WhereThereAreNoneThereIsNothing() =>
        Assert.Empty(Suppressions.In(Manifest.Parse("a.yaml", "apiVersion: v1\nkind: ConfigMap # repaved\n")));
}
