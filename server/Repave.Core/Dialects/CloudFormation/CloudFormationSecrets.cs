using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What is secret in templates: the defaults of parameters that are not echoed, properties whose names say that they are
/// credentials, variables with such names, scripts of instances, and values of stored parameters.</summary>
internal static class CloudFormationSecrets
{
    private const int MaxDepth = 60;

    /// <summary>Finds the secrets of a template. Resources that were seen to hold none are not walked again.</summary>
    public static void Find(MapNode root, Template template, SecretNodes found)
    {
        foreach (var parameter in (root["Parameters"] as MapNode)?.AllEntries ?? [])
        {
            if (parameter.Value.Resolved is not MapNode one)
                continue;
            if (IsNoEcho(one) || (parameter.Name is { } name && SecretNames.IsCertain(name)))
            {
                found.Add(one["Default"]);
                found.Add(one["AllowedValues"]);
            }
        }

        foreach (var resource in (root["Resources"] as MapNode)?.AllEntries ?? [])
        {
            var key = template.KeyOf(resource);
            if (resource.Value.Resolved is not MapNode one || (key is not null && ResourceMemory.Has(nameof(Find), key)))
                continue;
            var (nodes, values) = (found.All.Count, found.Values.Count);
            Walk(one, one.TextAt("Type") ?? "", found, 0);
            if (key is not null && (nodes, values) == (found.All.Count, found.Values.Count) && found.MayStep)
                ResourceMemory.AddClean(nameof(Find), key);
        }
    }

    /// <summary>Whether a parameter's value is shown nowhere.</summary>
    public static bool IsNoEcho(Node? parameter) =>
        string.Equals(parameter?.Resolved?.TextAt("NoEcho"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a property, by the names that lead to it, holds a secret.</summary>
    public static bool IsSecret(string type, string name) =>
        SecretNames.IsCertain(name) || name is "UserData" or "Token" || (name == "Value" && type == "AWS::SSM::Parameter")
            || (SecretNames.Is(name) && !name.StartsWith("Secret", StringComparison.Ordinal));

    private static void Walk(Node node, string type, SecretNodes found, int depth)
    {
        if (depth > MaxDepth || !found.MayStep || Intrinsic.Of(node) is not null)
            return;
        switch (node)
        {
            case MapNode map:
                // A variable: its name and its value.
                if (map["Value"] is { } value && (map.TextAt("Name") ?? map.TextAt("Key")) is { } variable && SecretNames.Is(variable))
                    AddLiterals(value, found, 0);
                foreach (var entry in map.AllEntries)
                {
                    if (entry.Name is not { } name || entry.Value.Resolved is not { } inner)
                        continue;
                    if (SecretNames.IsCertain(name) || name == "UserData"
                        || (inner is ScalarNode { Kind: not ScalarKind.Boolean } && depth > 0 && IsSecret(type, name)))
                        AddLiterals(inner, found, 0);
                    else
                        Walk(inner, type, found, depth + 1);
                }

                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    Walk(item, type, found, depth + 1);
                break;
            case ScalarNode text when text.Value.IndexOf('=') >= 0 || text.Value.IndexOf("://", StringComparison.Ordinal) >= 0:
                if (SecretNames.In(text.Value, out _) is { Count: > 0 } parts)
                    found.Add(text, parts);
                break;
        }
    }

    // What functions name is no secret; the texts that they are given are.
    private static void AddLiterals(Node node, SecretNodes found, int depth)
    {
        if (depth > MaxDepth || !found.MayStep)
            return;
        if (Intrinsic.Of(node) is { } function)
        {
            if (function.Name is "Fn::Base64" or "Fn::Join" or "Fn::If" or "Fn::Sub")
            {
                foreach (var item in function.Items.Skip(function.Name == "Fn::If" ? 1 : 0))
                    AddPlain(item.Resolved, found, depth + 1);
            }

            return;
        }

        AddPlain(node, found, depth);
    }

    private static void AddPlain(Node? node, SecretNodes found, int depth)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Boolean or ScalarKind.Null }:
                break;
            case ScalarNode { Value.Length: > 200 } text:
                // A script: its whole text stands in no message, the credentials in it might.
                found.Add(text, SecretNames.In(text.Value, out _));
                break;
            case ScalarNode text:
                found.Add(text);
                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    AddLiterals(item, found, depth + 1);
                break;
            case MapNode map:
                foreach (var entry in map.AllEntries)
                {
                    if (entry.Value.Resolved is { } value)
                        AddLiterals(value, found, depth + 1);
                }

                break;
        }
    }
}
