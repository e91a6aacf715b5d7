using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Shapes;

namespace Repave.Core.Tests.Dialects.Terraform.Packs;

public class ProviderPackTests
{
    private const string Pack = """
        # Terraform, example.com/x/shop.
        @provider example.com/x/shop 1.2.3
        [data.shop_image]
        name! string
        [shop_server] 2
        arn string computed renewed
        disk block-set replaces max-items=2 min-items=1
         kind string enum=a%2Cb,c
         limits nested-single
          cpu number min=1 max=8
        image! string replaces
        network block-list #0
        script string optional-computed may-replace stored=hash
        token string sensitive write-only
        types map(object({a=string,b=list(set(number))}))
        ~excludes image script
        [#0]
        subnet! string default=a%20b
        """;

    [Fact]
    public void TypesAreReadWithEverythingSaidOfThem()
    {
        var pack = new ProviderPack(Pack.ReplaceLineEndings("\n"));
        Assert.Equal(("example.com/x/shop", "1.2.3"), (pack.Source, pack.Version));
        Assert.Equal(["shop_server"], pack.ResourceTypes);
        Assert.Equal(["shop_image"], pack.DataTypes);
        Assert.Null(pack.Resource("shop_nothing"));
        Assert.Null(pack.Resource("#0"));
        var server = pack.Resource("shop_server")!;
        Assert.Equal(2, server.Version);
        Assert.Equal(["arn", "disk", "image", "network", "script", "token", "types"], server.Body.Members.Select(m => m.Name));
        Assert.Equal(new FieldDemand(FieldDemandKind.Excludes, "image", ["script"]).Field, Assert.Single(server.Body.Demands).Field);

        Assert.True(server.Body["arn"]!.IsReadOnly && server.Body["arn"]!.IsRenewed);
        var disk = server.Body["disk"]!;
        Assert.Equal((true, SchemaNesting.Set, UpdateEffect.Replaces, 1, 2),
            (disk.IsBlock, disk.Nesting, disk.Update, disk.MinItems, disk.MaxItems));
        Assert.Equal(["a,b", "c"], disk.Body!["kind"]!.Enum);
        Assert.Equal((1, 8), (server.Body.At(["disk", "limits", "cpu"])!.Minimum, server.Body.At(["disk", "limits", "cpu"])!.Maximum));
        Assert.Equal("set(object({kind=string,limits=object({cpu=number})}))", disk.Type.ToString());
        Assert.Equal((true, false, UpdateEffect.Replaces),
            (server.Body["image"]!.IsRequired, server.Body["image"]!.IsOptional, server.Body["image"]!.Update));
        Assert.Equal("a b", server.Body.At(["network", "subnet"])!.Default);
        var script = server.Body["script"]!;
        Assert.Equal((true, true, UpdateEffect.MayReplace, StoredForm.Hash),
            (script.IsComputed, script.IsOptional, script.Update, script.Stored));
        Assert.True(server.Body["token"]!.IsSensitive && server.Body["token"]!.IsWriteOnly);
        Assert.Equal("map(object({a=string,b=list(set(number))}))", server.Body["types"]!.Type.ToString());
    }

    [Fact]
    public void EveryTypeOfEveryPackIsRead()
    {
        foreach (var name in EmbeddedPacks.Versions("terraform"))
        {
            var pack = new ProviderPack(EmbeddedPacks.Text("terraform", name + ".pack"));
            Assert.Same(ProviderPacks.Embedded.Provider(pack.Source), ProviderPacks.Embedded.ForType(name + "_x"));
            Assert.NotEmpty(pack.ResourceTypes);
            foreach (var type in pack.ResourceTypes)
                Walk(pack.Resource(type)!.Body, type);
            foreach (var type in pack.DataTypes)
                Walk(pack.Data(type)!.Body, "data." + type);
            if (pack.Configuration is { } configuration)
                Walk(configuration, "provider");
        }
    }

    [Fact]
    public void ProvidersAreKnownByEveryWayOfWritingTheirAddress()
    {
        var random = ProviderPacks.Embedded.Provider("hashicorp/random");
        Assert.NotNull(random);
        Assert.Same(random, ProviderPacks.Embedded.Provider("random"));
        Assert.Same(random, ProviderPacks.Embedded.Provider("registry.terraform.io/hashicorp/random"));
        Assert.Same(random, ProviderPacks.Embedded.Provider("registry.opentofu.org/hashicorp/random"));
        Assert.Null(ProviderPacks.Embedded.Provider("example/random"));
        Assert.Null(ProviderPacks.Embedded.Provider("example.com/hashicorp/random"));
        var mine = new ProviderPack("@provider example.com/hashicorp/random 1\n[random_id]\nname string\n");
        Assert.Same(mine, new ProviderPacks([mine]).Provider("example.com/hashicorp/random"));
    }

    [Fact]
    public void AllPacksTogetherAreSmall()
    {
        long length = 0;
        foreach (var name in typeof(EmbeddedPacks).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("schemas/terraform/",
            StringComparison.Ordinal)))
        {
            using var stream = typeof(EmbeddedPacks).Assembly.GetManifestResourceStream(name)!;
            length += stream.Length;
        }

        Assert.InRange(length, 1, 500_000);
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        var below = new PackBody();
        below.Members.Add(new PackMember("a_long_name_of_an_attribute", "string") { IsRequired = true });
        below.Members.Add(new PackMember("another_long_name_of_an_attribute", "list(string)"));
        var body = new PackBody();
        body.Members.Add(new PackMember("one", "block-list", below));
        var two = new PackMember("two", "block-set", below);
        two.Mark("replaces");
        body.Members.Add(two);
        body.Demands.Add("~one one,two");
        var writer = new PackWriter("example.com/x/shop", "1.0.0", "Made by hand.");
        writer.Add("shop_server", 1, body);
        var text = writer.Write();
        Assert.Single(text.Split('\n'), line => line.StartsWith("a_long_name", StringComparison.Ordinal));
        var read = new ProviderPack(text).Resource("shop_server")!.Body;
        Assert.Equal(UpdateEffect.Replaces, read["two"]!.Update);
        Assert.Same(read["one"]!.Body, read["two"]!.Body);
        Assert.Equal(["one", "two"], Assert.Single(read.Demands).Fields);
    }

    private static void Walk(SchemaBlock block, string place)
    {
        Assert.True(block.Members.Count > 0 || place.Contains('.', StringComparison.Ordinal), place);
        foreach (var member in block.Members)
        {
            Assert.NotNull(member.Type);
            if (member.Body is { } body && place.Count(c => c == '.') < 6)
                Walk(body, $"{place}.{member.Name}");
        }
    }
}
