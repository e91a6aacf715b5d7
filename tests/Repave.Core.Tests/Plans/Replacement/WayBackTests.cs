using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>What going back to the baseline does.</summary>
public class WayBackTests
{
    [Theory]
    [InlineData("cache:2.1", "cache:2.2", BackHow.Roll)]
    [InlineData("cache", "cache:2.2", BackHow.Unknown)]
    [InlineData("cache:latest", "cache:2.2", BackHow.Unknown)]
    [InlineData("cache:2.1", "cache:latest", BackHow.Roll)]
    public void AnImageThatMovesCannotBeGoneBackTo(string old, string now, BackHow how) =>
        Assert.Equal(how, Back(Planning.Deployment("cache", old), Planning.Deployment("cache", now)).How);

    [Fact]
    public void OfAPausedDeploymentNoPodIsReplaced()
    {
        var back = Back(Planning.Deployment("cart", "cart:1"), Planning.Deployment("cart", "cart:2", spec: "replicas: 2\npaused: true"));
        Assert.Equal(BackHow.InPlace, back.How);
        Assert.Equal(BackHow.Roll, Back(Planning.Deployment("cart", "cart:1"), Planning.Deployment("cart", "cart:2")).How);
    }

    [Theory]
    [InlineData("1Gi", "3Gi", BackHow.Never)]
    [InlineData("3Gi", "3Gi", BackHow.Nothing)]
    public void AClaimDoesNotShrinkAgain(string old, string now, BackHow how) =>
        Assert.Equal(how, Back(Claim(old), Claim(now), "PersistentVolumeClaim").How);

    [Theory]
    [InlineData("Delete", BackHow.Loss)]
    [InlineData("Retain", BackHow.Replace)]
    public void TheReclaimPolicyDecidesWhetherADeletedClaimIsALoss(string policy, BackHow how)
    {
        var storage = Class(policy);
        Assert.Equal(how, Back(storage + Claim("1Gi", withClass: false), storage, "PersistentVolumeClaim").How);
    }

    [Theory]
    [InlineData(30, BackHow.Roll)]
    [InlineData(7200, BackHow.AtOnce)]
    public void AnOldSideThatIsKeptGetsTheTrafficBackAtOnce(int seconds, BackHow how) =>
        Assert.Equal(how, Back(Rollout("1", seconds), Rollout("2", seconds), "Rollout").How);

    [Theory]
    [InlineData("AWS::RDS::DBInstance", "EngineVersion: '14.9'", "EngineVersion: '15.4'", BackHow.Never)]
    [InlineData("AWS::RDS::DBInstance", "EngineVersion: '15.4'", "EngineVersion: '14.9'", BackHow.InPlace)]
    [InlineData("AWS::RDS::DBInstance", "AllocatedStorage: '20'", "AllocatedStorage: '40'", BackHow.Never)]
    [InlineData("AWS::RDS::DBInstance", "MultiAZ: false", "MultiAZ: true", BackHow.InPlace)]
    [InlineData("AWS::EC2::Volume", "AvailabilityZone: a", "AvailabilityZone: b", BackHow.Loss)]
    [InlineData("AWS::Lambda::Alias", "FunctionVersion: '4'", "FunctionVersion: '5'", BackHow.AtOnce)]
    [InlineData("AWS::SNS::Topic", "TopicName: a", "TopicName: b", BackHow.Replace)]
    [InlineData("AWS::DynamoDB::Table", "TableName: a", "TableName: b", BackHow.Loss)]
    public void PropertiesGoBackAsTheirServicesLetThem(string type, string old, string now, BackHow how) =>
        Assert.Equal(how, Back(Template(type, old), Template(type, now), type).How);

    [Theory]
    [InlineData("NodePort", "ClusterIP")]
    [InlineData("LoadBalancer", "NodePort")]
    [InlineData("ClusterIP", "LoadBalancer")]
    public void TheTypeOfAServiceGoesBackInPlace(string old, string now) =>
        Assert.Equal(BackHow.InPlace, Back(Service(old), Service(now)).How);

    [Theory]
    [InlineData("Service", "spec: {type: ClusterIP, ports: [{port: 80}]}", "spec: {type: ExternalName, externalName: a.example.com}",
        "gets another one")]
    [InlineData("Service", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec: {type: ExternalName, externalName: a.example.com}", null)]
    [InlineData("Service", "spec: {ports: [{port: 80}, {port: 81}]}", "spec: {ports: [{port: 80}, {port: 80}, {port: 81}]}",
        "The port 80 is a duplicate in the change: kubectl takes it away on the way back.")]
    [InlineData("Service", "spec: {ports: [{port: 80}]}", "spec: {ports: [{port: 80}, {port: 80, protocol: UDP, name: u}]}", null)]
    [InlineData("Secret", "stringData: {a: x}", "stringData: {a: x, b: y}", "The key 'b' stays, with an empty value")]
    [InlineData("Secret", "stringData: {a: x}", "stringData: {a: z}", null)]
    [InlineData("Secret", "data: {a: eA==}", "stringData: {a: z}", null)]
    public void WhatIsNotAsBeforeIsSaid(string kind, string old, string now, string? reason)
    {
        string Text(string content) => $"apiVersion: v1\nkind: {kind}\nmetadata: {{name: it}}\n{content}\n";
        var reasons = string.Join(" ", Back(Text(old), Text(now)).Reasons);
        Assert.Equal(reason is not null, reason is not null && reasons.Contains(reason, StringComparison.Ordinal)
            || (reason is null && (reasons.Contains("another one", StringComparison.Ordinal)
                || reasons.Contains("duplicate", StringComparison.Ordinal) || reasons.Contains(" stay", StringComparison.Ordinal))));
    }

    [Fact]
    public void AServiceThatWouldLoseItsLastPortIsRefusedOnTheWayBack() => Assert.Equal(BackHow.Replace,
        Back("apiVersion: v1\nkind: Service\nmetadata: {name: it}\nspec: {ports: [{port: 80}]}\n",
            "apiVersion: v1\nkind: Service\nmetadata: {name: it}\nspec: {ports: [{port: 80}, {port: 80}]}\n").How);

    [Theory]
    [InlineData("serviceAccountName: a", true)]
    [InlineData("hostNetwork: true", false)]
    public void AServiceAccountStays(string field, bool stays)
    {
        var (old, now) = (Planning.Deployment("web", "web:1"), Planning.Deployment("web", "web:1"));
        now = now.Replace("containers:", $"{field}\n      containers:", StringComparison.Ordinal);
        Assert.Equal(stays, Back(old, now).Reasons.Any(r => r.StartsWith("The service account 'a' stays", StringComparison.Ordinal)));
    }

    // There and back again is where one was.
    [Fact]
    public void ThereAndBackIsNothing()
    {
        string[] states =
        [
            Planning.Deployment("a", "a:1"), Planning.Deployment("a", "a:2"), Planning.Deployment("a", "a:1", spec: "replicas: 7"),
            Claim("1Gi"), Rollout("1", 30),
        ];
        foreach (var state in states)
        {
            foreach (var change in Planning.Plan(state, state, new PlanOptions { SaysWayBack = true }).Changes)
                Assert.Equal(BackHow.Nothing, change.Back!.How);
        }
    }

    [Fact]
    public void NobodyWhoDoesNotAskPaysForIt() =>
        Assert.All(Planning.Plan(Planning.Deployment("a", "a:1"), Planning.Deployment("a", "a:2")).Changes, c => Assert.Null(c.Back));

    private static WayBack Back(string old, string now, string? kind = null) =>
        Planning.Plan(old, now, new PlanOptions { SaysWayBack = true }).Changes
            .Single(c => kind is null || c.Id.Type == kind || c.Id.Type.Split('.')[0] == kind).Back!;

    private static string Class(string policy) => $$"""
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: disks
        provisioner: disks.example.com
        allowVolumeExpansion: true
        reclaimPolicy: {{policy}}
        ---

        """;

    private static string Claim(string size, bool withClass = true) => $$"""
        {{(withClass ? Class("Delete") : "")}}
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: orders
        spec:
          storageClassName: disks
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: {{size}}
        ---

        """;

    private static string Rollout(string version, int seconds) => $$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata:
          name: cart
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: cart
          strategy:
            blueGreen:
              activeService: cart
              scaleDownDelaySeconds: {{seconds}}
          template:
            metadata:
              labels:
                app: cart
            spec:
              containers:
                - name: cart
                  image: registry.example.com/cart:{{version}}
        """;

    private static string Service(string type) => $$"""
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
        spec:
          type: {{type}}
          selector:
            app: cart
          ports:
            - port: 80
        """;

    private static string Template(string type, string property) => $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          It:
            Type: {{type}}
            Properties:
              {{property}}
        """;
}
