using Repave.Environments.Terraform;
using Repave.Schemas.Generator;

// Usage:
//   Generator                                    remakes every schema pack from the npm registry's packages and cfn-lint's data
//   Generator kubernetes, Generator cloudformation    only these
//   Generator facts --openapi FILE --api DIR     remakes the facts that those packages lack (see FactsImporter)
//   Generator cloudformation-updates --out FILE  writes what AWS publishes of single changes, for the tests of plans
//   Generator commands --helm DIR --compose DIR  measures which options of programs take a value (see CommandOptions)
//   Generator knative --serving DIR --version RELEASE  reads the kinds of Knative Serving from a checkout of it (see KnativeKinds)
//   Generator terraform --provider FILE          makes the pack of hashicorp/aws by asking its binary (its path ends in address, version,
// platform)
//   Generator terraform-facts --data DIR         makes the packs of providers whose Go schemas were read
//   Generator cloudformation-marks --out FILE    writes what the registry lists as replacing, for the test of the pack's marks
//   Generator kustomize --source DIR             reads what kustomize knows from a checkout of it (see KustomizeFacts)
//   Generator compose --compose-go DIR           remakes the packs of Docker Compose from a clone of compose-go (see ComposePacks)
//   Generator cloudinit --source DIR             remakes the packs of cloud-init from a clone of it (see CloudInitPacks)
//   Generator ignition --ignition DIR --butane DIR  remakes the packs of Ignition and Butane from clones of them (see IgnitionPacks)
//   Generator packer --packer DIR --sdk DIR      reads what Packer's templates consist of from clones of it and its SDK (see PackerFacts)
//   Generator ansible --source DIR               reads what playbooks consist of, and what modules change, from a clone of Ansible
//   Generator imagebuilder                       makes the pack of EC2 Image Builder's component documents (see ImageBuilderPack)
//   Generator talos --source DIR                 makes the pack of Talos' machine configuration from a clone of it (see TalosPack)
//   Generator controls --oscal FILE --guide FILE --kubernetes DIR --docker DIR    remakes the list of controls (see ControlCatalogues)
//   Generator statements --attestation DIR       writes the schema of in-toto statements for the tests (see StatementSchema)
//   Generator descriptions --out DIR             writes what the models say of their fields, for packing (see Descriptions)
const string Usage = """
    usage: Generator [kubernetes|cloudformation] [--out DIR] [--cfn-lint DIR]
           Generator facts --openapi FILE --api DIR [--out DIR]
           Generator descriptions --out DIR
           Generator cloudformation-actions [--cfn-lint DIR]
           Generator cloudformation-updates|cloudformation-marks --out FILE [--cfn-lint DIR]
           Generator commands --helm DIR --compose DIR
           Generator kustomize --source DIR
           Generator knative --serving DIR --version RELEASE
           Generator terraform --provider FILE [--types A,B] [--out DIR]
           Generator terraform-facts --data DIR [--out DIR]
           Generator compose --compose-go DIR
           Generator cloudinit --source DIR
           Generator ignition --ignition DIR --butane DIR
           Generator packer --packer DIR --sdk DIR
           Generator ansible --source DIR
           Generator imagebuilder
           Generator talos --source DIR
           Generator controls --oscal FILE --guide FILE --kubernetes DIR --docker DIR
           Generator statements --attestation DIR
    """;

var options = new Dictionary<string, string>(StringComparer.Ordinal);
var command = "packs";
for (var i = 0; i < args.Length; i++)
{
    if (args[i] is "kubernetes" or "cloudformation" or "facts" or "descriptions" or "cloudformation-updates"
        or "cloudformation-actions" or "cloudformation-marks" or "commands" or "kustomize" or "terraform" or "terraform-facts" or "compose"
        or "controls" or "statements" or "cloudinit" or "ignition" or "packer" or "knative" or "ansible" or "imagebuilder" or "talos"
        && i == 0)
    {
        command = args[i];
    }
    else if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
    {
        options[args[i][2..]] = args[++i];
    }
    else
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

var schemas = options.GetValueOrDefault("out") ?? RepositoryFolders.Schemas();
try
{
    if (command == "facts")
    {
        if (!options.TryGetValue("openapi", out var openApi) || !options.TryGetValue("api", out var api))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        FactsImporter.Write(openApi, api, RepositoryFolders.Facts(), Path.Combine(schemas, "kubernetes"));
        return 0;
    }

    if (command == "commands")
    {
        if (!options.TryGetValue("helm", out var helm) || !options.TryGetValue("compose", out var compose))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        CommandOptions.Write(Path.Combine(schemas, "commands"), helm, compose);
        return 0;
    }

    if (command == "kustomize")
    {
        if (!options.TryGetValue("source", out var source))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        KustomizeFacts.Write(Path.Combine(schemas, "kubernetes"), source);
        return 0;
    }

    if (command == "knative")
    {
        if (!options.TryGetValue("serving", out var serving) || !options.TryGetValue("version", out var release))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        KnativeKinds.Write(Path.Combine(schemas, "kubernetes"), serving, release);
        return 0;
    }

    if (command == "terraform")
    {
        if (!options.TryGetValue("provider", out var provider))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        TerraformProvider.Write(provider, Path.Combine(schemas, "terraform"), options.GetValueOrDefault("types"));
        return 0;
    }

    if (command == "terraform-facts")
    {
        if (!options.TryGetValue("data", out var data))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        TerraformFacts.Write(data, Path.Combine(schemas, "terraform"));
        TerraformCompletion.Write(Path.Combine(schemas, "terraform", "aws.pack"), Path.Combine(data, "aws.pack"));
        return 0;
    }

    if (command == "compose")
    {
        if (!options.TryGetValue("compose-go", out var clone))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        ComposePacks.Write(Path.Combine(schemas, "compose"), clone);
        return 0;
    }

    if (command == "cloudinit")
    {
        if (!options.TryGetValue("source", out var clone))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        CloudInitPacks.Write(Path.Combine(schemas, "cloudinit"), clone);
        return 0;
    }

    if (command == "ignition")
    {
        if (!options.TryGetValue("ignition", out var ignition) || !options.TryGetValue("butane", out var butane))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        IgnitionPacks.Write(Path.Combine(schemas, "ignition"), ignition, butane);
        return 0;
    }

    if (command == "packer")
    {
        if (!options.TryGetValue("packer", out var packer) || !options.TryGetValue("sdk", out var sdk))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        PackerFacts.Write(Path.Combine(schemas, "packer"), packer, sdk);
        return 0;
    }

    if (command == "ansible")
    {
        if (!options.TryGetValue("source", out var ansible))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        AnsibleFacts.Write(Path.Combine(schemas, "ansible"), ansible);
        return 0;
    }

    if (command == "imagebuilder")
    {
        ImageBuilderPack.Write(Path.Combine(schemas, "imagebuilder"));
        return 0;
    }

    if (command == "talos")
    {
        if (!options.TryGetValue("source", out var talos))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        TalosPack.Write(Path.Combine(schemas, "talos"), talos);
        return 0;
    }

    if (command == "statements")
    {
        if (!options.TryGetValue("attestation", out var attestation))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        StatementSchema.Write(Path.Combine(schemas, "..", "tests", "Fixtures", "in-toto-statement.schema.json"), attestation);
        return 0;
    }

    if (command == "controls")
    {
        if (!options.TryGetValue("oscal", out var oscal) || !options.TryGetValue("guide", out var guide)
            || !options.TryGetValue("kubernetes", out var kubernetes) || !options.TryGetValue("docker", out var docker))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        ControlCatalogues.Write(Path.Combine(schemas, "controls"), oscal, guide, kubernetes, docker);
        return 0;
    }

    if (command == "cloudformation-updates")
    {
        CloudFormationPack.WriteUpdates(
            options.GetValueOrDefault("out") ?? Path.Combine(schemas, "..", "tests", "Fixtures", "cloudformation-updates.tsv"),
            RegistrySchemas.Open(options.GetValueOrDefault("cfn-lint")));
        return 0;
    }

    if (command == "cloudformation-actions")
    {
        CloudFormationActions.Write(Path.Combine(schemas, "cloudformation"), RegistrySchemas.Open(options.GetValueOrDefault("cfn-lint")));
        return 0;
    }

    if (command == "cloudformation-marks")
    {
        CloudFormationPack.WriteMarks(options.GetValueOrDefault("out") ?? Path.Combine(schemas, "..", "tests", "Fixtures",
            "cloudformation-marks.tsv"),
            RegistrySchemas.Open(options.GetValueOrDefault("cfn-lint")));
        return 0;
    }

    if (command == "descriptions")
    {
        if (!options.TryGetValue("out", out var folder))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        Descriptions.Write(folder, KubernetesPacks.Newest);
        CloudFormationPack.WriteDescriptions(folder);
        return 0;
    }

    if (command != "cloudformation")
    {
        KubernetesPacks.Write(Path.Combine(schemas, "kubernetes"));
        TimeZones.Write(Path.Combine(schemas, "kubernetes"));
    }

    if (command != "kubernetes")
    {
        var registry = RegistrySchemas.Open(options.GetValueOrDefault("cfn-lint"));
        CloudFormationPack.Write(Path.Combine(schemas, "cloudformation"), registry);
        CloudFormationIdentities.Write(Path.Combine(schemas, "cloudformation"), registry);
        CloudFormationActions.Write(Path.Combine(schemas, "cloudformation"), registry);
        DemandsPack.Write(Path.Combine(schemas, "cloudformation"), registry);
    }

    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or ProviderException
    or System.ComponentModel.Win32Exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
