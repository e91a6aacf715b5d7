using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of IP networks.</summary>
internal static partial class Functions
{
    private static void AddNetworks(Adder add)
    {
        add("cidrhost", [S, N], S, CidrHost);
        add("cidrnetmask", [S], S, c => Network.Parse(c.Text(0)) is not { } network ? c.Fail(0, NoNetwork)
            : network.Bits != 32 ? c.Fail(0, "Only networks of IPv4 have a mask.")
            : TerraformValue.Of(Network.Address((BigInteger.One << 32) - (BigInteger.One << (32 - network.Prefix)), 32)));
        add("cidrsubnet", [S, N, N], S, CidrSubnet);
        add("cidrsubnets", [S], ListOfText, CidrSubnets, more: N);
    }

    private const string NoNetwork = "This is not a network, such as 10.0.0.0/16.";

    private static TerraformValue CidrHost(FunctionCall call)
    {
        if (Network.Parse(call.Text(0)) is not { } network)
            return call.Fail(0, NoNetwork);
        if (!call.Number(1).IsWhole)
            return call.Fail(1, "The number of a host is whole.");
        var size = BigInteger.One << (network.Bits - network.Prefix);
        var host = call.Number(1).Whole;
        if (host >= size || host < -size)
            return call.Fail(1, $"The network has {size} addresses, and this is none of them.");
        return TerraformValue.Of(Network.Address(network.Start + (host < 0 ? size + host : host), network.Bits));
    }

    private static TerraformValue CidrSubnet(FunctionCall call)
    {
        if (Network.Parse(call.Text(0)) is not { } network)
            return call.Fail(0, NoNetwork);
        if (call.Number(1).Integer is not { } more || !call.Number(2).IsWhole)
            return call.Fail(1, "The number of bits and of the network are whole.");
        if (more < 0 || more > 128 || network.Prefix + more > network.Bits)
            return call.Fail(1, $"There are no {more} bits left behind a prefix of {network.Prefix}.");
        var number = call.Number(2).Whole;
        if (number < 0 || number >= BigInteger.One << (int)more)
            return call.Fail(2, $"With {more} bits there is no network of this number.");
        var prefix = network.Prefix + (int)more;
        return TerraformValue.Of($"{Network.Address(network.Start + (number << (network.Bits - prefix)), network.Bits)}/{prefix}");
    }

    private static TerraformValue CidrSubnets(FunctionCall call)
    {
        if (Network.Parse(call.Text(0)) is not { } network)
            return call.Fail(0, NoNetwork);
        var results = new List<TerraformValue>();
        var at = network.Start;
        var end = network.Start + (BigInteger.One << (network.Bits - network.Prefix));
        for (var i = 1; i < call.Count; i++)
        {
            if (call.Number(i).Integer is not { } more || more < 1 || network.Prefix + more > network.Bits)
                return call.Fail(i, $"This is not a number of bits behind a prefix of {network.Prefix}.");
            var prefix = network.Prefix + (int)more;
            var size = BigInteger.One << (network.Bits - prefix);
            // Each network begins where one of its size can.
            at = (at + size - 1) / size * size;
            if (at + size > end)
                return call.Fail(i, "The network is full before this.");
            results.Add(TerraformValue.Of($"{Network.Address(at, network.Bits)}/{prefix}"));
            at += size;
        }

        return TerraformValue.List(S, results);
    }

    private sealed record Network(BigInteger Start, int Prefix, int Bits)
    {
        public static Network? Parse(string text)
        {
            var slash = text.IndexOf('/');
            if (slash < 0 || !int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
                || !IPAddress.TryParse(text.Substring(0, slash), out var address))
                return null;
            // IPAddress takes "10.1" too.
            if (address.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') != 3)
                return null;
            var bytes = address.GetAddressBytes();
            var bits = bytes.Length * 8;
            if (prefix > bits)
                return null;
            var value = BigInteger.Zero;
            foreach (var b in bytes)
                value = (value << 8) + b;
            return new Network(value >> (bits - prefix) << (bits - prefix), prefix, bits);
        }

        public static string Address(BigInteger value, int bits)
        {
            var bytes = new byte[bits / 8];
            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                bytes[i] = (byte)(value & 0xFF);
                value >>= 8;
            }

            return new IPAddress(bytes).ToString();
        }
    }
}
