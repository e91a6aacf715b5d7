using Repave.Core.Dialects.Kubernetes.Cel;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Tests.Plans;

/// <summary>Transition rules of custom resources.</summary>
public class TransitionRuleTests
{
    [Theory]
    [InlineData("self == oldSelf", "a", "a", true)]
    [InlineData("self == oldSelf", "a", "b", false)]
    [InlineData("self >= oldSelf", "3", "2", true)]
    [InlineData("self.size() >= oldSelf.size() && oldSelf.all(x, x in self)", "[a, b, c]", "[a, c]", true)]
    [InlineData("oldSelf.all(x, self.exists(y, y.name == x.name))", "[{name: b}]", "[{name: a}]", false)]
    [InlineData("!has(oldSelf.a) || has(self.a)", "{b: 1}", "{a: 1}", false)]
    [InlineData("has(self.a) == has(oldSelf.a) ? true : self.a == 'x'", "{a: x}", "{b: 1}", true)]
    [InlineData("self.name.startsWith(oldSelf.name + '-')", "{name: web-2}", "{name: web}", true)]
    [InlineData("quantity(self).compareTo(quantity(oldSelf)) >= 0", "2Gi", "1024Mi", true)]
    [InlineData("duration(self) <= duration('1h')", "90m", "1m", false)]
    [InlineData("self.map(x, x * 2).sum() == 12 && self.filter(x, x > 1) == [2, 3]", "[1, 2, 3]", "[]", true)]
    [InlineData("self + 2 == 3", "1", "1", true)]
    [InlineData("self * 2 == 2", "1", "1", true)]
    [InlineData("2 * self == 2", "1", "1", true)]
    [InlineData("self.map(x, x * 2) == [2, 4, 6]", "[1, 2, 3]", "[]", true)]
    [InlineData("self.filter(x, x > 1) == [2, 3]", "[1, 2, 3]", "[]", true)]
    [InlineData("self.matches('^v[0-9]+$') && oldSelf in ['v1', \"v2\"]", "v3", "v2", true)]
    [InlineData("self.?a.orValue(5) == 5", "{b: 1}", "{}", true)]
    [InlineData("self[0].b == 2 || oldSelf[9] == 1", "[{b: 2}]", "[]", true)]
    [InlineData("self.unknownFunction()", "a", "a", null)]
    [InlineData("self / 0 == 1", "1", "1", null)]
    [InlineData("[self, self].map(x, [x, x].map(y, [y, y].map(z, z))).size() == 2", "1", "1", true)]
    public void ExpressionsAreEvaluated(string rule, string self, string oldSelf, bool? holds) =>
        Assert.Equal(holds, CelEvaluator.Holds(rule, CelEvaluator.ValueOf(YamlLanguage.Instance.ParseDocument(self).Root, null),
            CelEvaluator.ValueOf(YamlLanguage.Instance.ParseDocument(oldSelf).Root, null)));

    [Fact]
    public void NoExpressionTakesForever()
    {
        var list = new List<object?>(Enumerable.Range(0, 400).Select(i => (object?)(long)i));
        Assert.Null(CelEvaluator.Holds("self.all(a, self.all(b, self.all(c, self.all(d, true))))", list, list));
    }

    [Theory]
    [InlineData("rule: self == oldSelf", "size: 1", "size: 2", PlanAction.Replace, Certainty.Certain)]
    [InlineData("rule: self >= oldSelf", "size: 1", "size: 2", PlanAction.InPlace, Certainty.Conditional)]
    [InlineData("rule: self >= oldSelf", "size: 2", "size: 1", PlanAction.Replace, Certainty.Certain)]
    [InlineData("rule: self == oldSelf", "other: x", "size: 2", PlanAction.InPlace, Certainty.Conditional)]
    [InlineData("{rule: oldSelf.hasValue() && self == oldSelf.value(), optionalOldSelf: true}", "other: x", "size: 2",
        PlanAction.Replace, Certainty.Certain)]
    [InlineData("rule: self == oldSelf || ip(oldSelf).family() == 4", "size: 1", "size: 2", PlanAction.Replace, Certainty.Conditional)]
    public void RulesOfADefinitionDecide(string rule, string before, string after, PlanAction action, Certainty certainty)
    {
        var definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: gadgets.example.com}\n"
            + "spec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Gadget, plural: gadgets}\n  versions:\n    - name: v1\n"
            + "      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n"
            + "          properties:\n            spec:\n              type: object\n              properties:\n"
            + "                other: {type: string}\n                size:\n                  type: integer\n"
            + $"                  x-kubernetes-validations:\n                    - {rule}\n---\n";
        static string Gadget(string spec) => $"apiVersion: example.com/v1\nkind: Gadget\nmetadata: {{name: g}}\nspec:\n  {spec}\n";
        var change = Planning.Plan(definition + Gadget(before), definition + Gadget(after)).Of("Gadget", "g");
        Assert.Equal((action, certainty), (change.Action, change.Certainty));
    }

    [Fact]
    public void NumbersAreWhatTheirShapeSays() =>
        Assert.IsType<double>(CelEvaluator.ValueOf(YamlLanguage.Instance.ParseDocument("3").Root, new Shape { Types = ShapeTypes.Number }));
}
