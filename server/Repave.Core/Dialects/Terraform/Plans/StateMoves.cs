using System.Text;
using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The addresses of a state as <c>moved</c> blocks leave them.</summary>
internal static class StateMoves
{
    // A chain of moves is as long as its history; in a circle nobody gets anywhere.
    private const int MaxSteps = 50;

    /// <summary>The state under the addresses that the text gives its instances.</summary>
    /// <param name="state">The state.</param>
    /// <param name="moves">The addresses of modules with what their texts move.</param>
    public static Dictionary<InstanceAddress, StateInstance> Apply(IEnumerable<StateInstance> state,
        IReadOnlyList<(string Module, string From, string To)> moves)
    {
        var result = new Dictionary<InstanceAddress, StateInstance>();
        var open = new List<StateInstance>();
        foreach (var instance in state)
        {
            if (moves.Count == 0 || Target(instance.Address.ToString(), moves) is not { } target
                || InstanceAddress.Parse(target) is not { } moved)
                result[instance.Address] = instance;
            else
                open.Add(instance with { MovedFrom = instance.Address, Address = moved with { IsData = instance.Address.IsData } });
        }

        // Where something stands already, nothing is moved to.
        foreach (var instance in open)
        {
            if (result.ContainsKey(instance.Address))
                result[instance.MovedFrom!] = instance with { Address = instance.MovedFrom!, MovedFrom = null };
            else
                result[instance.Address] = instance;
        }

        return result;
    }

    /// <summary>What a module's text moves.</summary>
    public static IEnumerable<(string Module, string From, string To)> Of(string module, TerraformModule text)
    {
        foreach (var item in text.Items.Where(i => i.Kind == TerraformKind.Moved))
        {
            if (item.Body["from"] is { } from && item.Body["to"] is { } to && AddressOf(from) is { } first && AddressOf(to) is { } second)
                yield return (module, first, second);
        }
    }

    /// <summary>An address as it is written in an expression; null if it is none.</summary>
    public static string? AddressOf(HclExpression expression)
    {
        if (expression is not HclTraversal traversal)
            return null;
        var text = new StringBuilder(traversal.Root);
        foreach (var step in traversal.Steps)
        {
            if (step.Number is { } number)
                text.Append('[').Append(number).Append(']');
            else if (step.IsIndex)
                text.Append('[').Append(InstanceAddress.KeyOf(step.Name ?? "")).Append(']');
            else
                text.Append('.').Append(step.Name);
        }

        return text.ToString();
    }

    private static string? Target(string address, IReadOnlyList<(string Module, string From, string To)> moves)
    {
        var start = address;
        var seen = new HashSet<string>(StringComparer.Ordinal) { address };
        for (var step = 0; step < MaxSteps; step++)
        {
            var next = moves.Select(m => Once(address, m)).FirstOrDefault(t => t is not null && t != address);
            if (next is null || !seen.Add(next))
                break;
            address = next;
        }

        return address == start ? null : address;
    }

    private static string? Once(string address, (string Module, string From, string To) move)
    {
        var prefix = move.Module.Length == 0 ? "" : move.Module + ".";
        var from = prefix + move.From;
        if (!address.StartsWith(from, StringComparison.Ordinal))
            return null;
        var rest = address.Substring(from.Length);
        var isKeyed = move.From.EndsWith(']');
        // The whole, something in a module, or, where no key is written, every instance.
        if (rest.Length > 0 && rest[0] != '.' && (rest[0] != '[' || isKeyed || move.To.EndsWith(']')))
            return null;
        return prefix + move.To + rest;
    }
}
