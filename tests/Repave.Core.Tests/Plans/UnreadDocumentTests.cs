using Repave.Core.Plans;

namespace Repave.Core.Tests.Plans;

/// <summary>What breaks before it says what it is takes nothing away.</summary>
public class UnreadDocumentTests
{
    private const string Whole = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

    [Theory]
    [InlineData("kind: ConfigMap\n  apiVersion: v1\nmetadata:\n  name: a\n")]
    [InlineData("\"a: b\nkind: ConfigMap\napiVersion: v1\n")]
    [InlineData("metadata:\n  name: \"a\nkind: ConfigMap\napiVersion: v1\n")]
    [InlineData("AWSTemplateFormatVersion: \"2010-09-09\nResources:\n  V:\n    Type: AWS::EC2::VPC\n")]
    public void IsUnknown(string broken)
    {
        Assert.Equal(PlanAction.Unknown, Assert.Single(Planning.Plan(Whole, broken).Changes).Action);
        Assert.Equal(PlanAction.Unknown, Assert.Single(Planning.Plan(broken, Whole).Changes).Action);
    }

    [Fact]
    public void WhatHasNoNameIsNotDeleted() =>
        Assert.DoesNotContain(Planning.Plan("apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", Whole).Changes,
            c => c.Action == PlanAction.Delete);

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("-0", "0")]
    [InlineData("0777", "511")]
    public void WhatReachesTheServerAsTheSameIsTheSame(string before, string after)
    {
        string Finalizers(string value) =>
            $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  finalizers: [{value}]\n"
            + $"data:\n  k: {value}\n";
        Assert.Equal(PlanAction.None, Planning.Plan(Finalizers(before), Finalizers(after)).Of("ConfigMap", "a").Action);
    }
}
