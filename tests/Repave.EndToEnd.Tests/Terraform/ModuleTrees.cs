using System.Globalization;
using System.Text;

namespace Repave.EndToEnd.Tests.Terraform;

/// <summary>
/// Trees of modules whose resources use one another within modules and through variables and outputs, with some of their words changed.
/// </summary>
internal sealed class ModuleTrees
{
    private readonly Random _random;
    private readonly int _count;
    private readonly HashSet<int> _edited = [];
    private int _words;
    private bool _isAfter;
    private Random _shape = new(0);

    /// <param name="seed">What they look like.</param>
    /// <param name="count">How many there are.</param>
    public ModuleTrees(int seed, int count)
    {
        (_random, _count, Seed) = (new Random(seed), count, seed);
        for (var tree = 0; tree < count; tree++)
        {
            var first = _words;
            Write([], tree);
            // One or two words in each.
            for (var i = _random.Next(1, 3); i > 0; i--)
                _edited.Add(_random.Next(first, _words));
        }
    }

    private int Seed { get; }

    /// <summary>The files of all trees and of the root that calls them.</summary>
    /// <param name="isAfter">Whether the words are changed.</param>
    public Dictionary<string, string> Files(bool isAfter)
    {
        (_words, _isAfter) = (0, isAfter);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var root = new StringBuilder();
        for (var tree = 0; tree < _count; tree++)
        {
            Write(files, tree);
            root.Append(CultureInfo.InvariantCulture, $"module \"t{tree}\" {{\n  source = \"./t{tree}\"\n}}\n");
        }

        files["main.tf"] = root.ToString();
        return files;
    }

    private void Write(Dictionary<string, string> files, int tree)
    {
        _shape = new Random((Seed * 1000) + tree);
        var folder = $"t{tree}";
        var net = Module([], 3 + _shape.Next(3));
        var app = Module(["first", "second"], 3 + _shape.Next(5));
        files[$"{folder}/net/main.tf"] = net.Text;
        files[$"{folder}/app/main.tf"] = app.Text;
        var repeated = _shape.Next(4) switch { 0 => "  count  = 2\n", 1 => "  for_each = toset([\"eu\", \"us\"])\n", _ => "" };
        var at = repeated.Length == 0 ? "" : repeated.Contains("count", StringComparison.Ordinal) ? "[0]" : "[\"eu\"]";
        var own = Module([], 2 + _shape.Next(3), [$"module.app{at}.out0", "module.net.out1", "local.stage"]);
        files[$"{folder}/main.tf"] = $"locals {{\n  stage = {Word("prod", "test")}\n}}\nmodule \"net\" {{\n  source = \"./net\"\n}}\n"
            + $"module \"app\" {{\n  source = \"./app\"\n{repeated}  first  = module.net.out0\n  second = local.stage\n}}\n" + own.Text;
    }

    private string Word(string first, string second) => $"\"{(_edited.Contains(_words++) && _isAfter ? second : first)}\"";

    private string Number(int first, int second) => Word(first.ToString(CultureInfo.InvariantCulture),
        second.ToString(CultureInfo.InvariantCulture)).Trim('"');

    private (string Text, int Outputs) Module(string[] variables, int resources, string[]? given = null)
    {
        var text = new StringBuilder();
        var known = new List<string>(given ?? []);
        foreach (var variable in variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"variable \"{variable}\" {{\n  type = string\n}}\n");
            known.Add($"var.{variable}");
        }

        var owners = new List<string>();
        var outputs = new List<string>();
        for (var i = 0; i < resources; i++)
        {
            string Use() => known.Count > 0 && _shape.Next(3) > 0 ? known[_shape.Next(known.Count)] : Word("one", "two");
            // Names take no addresses (arn) and no names of names, which grow.
            var ids = known.Where(k => k.EndsWith(".id", StringComparison.Ordinal)).ToList();
            string Text() => ids.Count > 0 && _shape.Next(3) == 0 ? $"\"n-${{{ids[_shape.Next(ids.Count)]}}}\""
                : Word($"name{i}", $"other{i}");
            var (type, body, gives) = Resource(Use, Text);
            var name = $"r{i}";
            var (repeated, key) = _shape.Next(6) switch
            {
                0 => ("  count = 2\n", "[1]"),
                1 => ("  for_each = toset([\"a\", \"b\"])\n", "[\"a\"]"),
                _ => ("", ""),
            };
            text.Append(CultureInfo.InvariantCulture, $"resource \"{type}\" \"{name}\" {{\n{repeated}{body}");
            var lifecycle = new StringBuilder();
            if (_shape.Next(6) == 0)
                lifecycle.Append("    create_before_destroy = true\n");
            if (owners.Count > 0 && _shape.Next(6) == 0)
                lifecycle.Append(CultureInfo.InvariantCulture, $"    replace_triggered_by = [{owners[_shape.Next(owners.Count)]}]\n");
            if (lifecycle.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"  lifecycle {{\n{lifecycle}  }}\n");
            if (owners.Count > 0 && _shape.Next(8) == 0)
                text.Append(CultureInfo.InvariantCulture, $"  depends_on = [{owners[_shape.Next(owners.Count)]}]\n");
            text.Append("}\n");
            owners.Add($"{type}.{name}");
            foreach (var attribute in gives)
            {
                known.Add($"{type}.{name}{key}.{attribute}");
                outputs.Add($"{type}.{name}{key}.{attribute}");
            }
        }

        for (var i = 0; i < 2; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"output \"out{i}\" {{\n  value = {outputs[_shape.Next(outputs.Count)]}\n}}\n");
        }

        return (text.ToString(), 2);
    }

    private (string Type, string Body, string[] Gives) Resource(Func<string> use, Func<string> text)
    {
        switch (_shape.Next(17))
        {
            case 0:
                return ("terraform_data", $"  input            = {use()}\n  triggers_replace = {use()}\n", ["id", "output"]);
            case 1:
                return ("terraform_data", $"  input = {use()}\n", ["output"]);
            case 2:
                return ("aws_sqs_queue", $"  name = {text()}\n  visibility_timeout_seconds = {Number(30, 60)}\n", ["id", "arn", "name"]);
            case 3:
                return ("aws_sns_topic", $"  name = {text()}\n  display_name = {use()}\n", ["arn", "name"]);
            case 4:
                return ("aws_vpc", $"  cidr_block = {Word("10.0.0.0/16", "10.1.0.0/16")}\n  tags = {{ Name = {use()} }}\n",
                    ["id", "arn", "cidr_block"]);
            case 5:
                return ("aws_subnet", $"  vpc_id = {use()}\n  cidr_block = {Word("10.0.1.0/24", "10.0.2.0/24")}\n", ["id", "vpc_id"]);
            case 6:
                return ("aws_security_group", $"  name = {text()}\n  description = {Word("One", "Two")}\n  vpc_id = {use()}\n",
                    ["id", "name"]);
            case 7:
                return ("aws_iam_role",
                    $"  name = {text()}\n  description = {use()}\n  assume_role_policy = jsonencode({{ Version = \"2012-10-17\", "
                        + "Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRole\", "
                        + "Principal = { Service = \"ec2.amazonaws.com\" } }] })\n",
                    ["name", "arn", "unique_id"]);
            case 8:
                return ("aws_iam_role_policy_attachment",
                    $"  role = {use()}\n  policy_arn "
                        + $"= {Word("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/PowerUserAccess")}\n", ["id"]);
            case 9:
                return ("aws_cloudwatch_log_group", $"  name = {text()}\n  retention_in_days = {Number(7, 14)}\n", ["arn", "name"]);
            case 10:
                return ("aws_ssm_parameter", $"  name = {text()}\n  type = \"String\"\n  value = {use()}\n", ["name", "arn"]);
            case 11:
                return ("aws_ebs_volume", $"  availability_zone = {Word("us-east-1a", "us-east-1b")}\n  size = {Number(10, 20)}\n"
                    + $"  tags = {{ Name = {use()} }}\n", ["id", "arn"]);
            case 12:
                return ("aws_dynamodb_table", $"  name = {text()}\n  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key = \"id\"\n"
                    + "  attribute {\n    name = \"id\"\n    type = \"S\"\n  }\n", ["arn", "name"]);
            case 13:
                return ("aws_kms_key", $"  description = {use()}\n  deletion_window_in_days = {Number(7, 9)}\n", ["arn", "key_id"]);
            case 14:
                return ("aws_db_subnet_group", $"  name = {Word("one", "two")}\n  subnet_ids = [{use()}, \"subnet-1\"]\n", ["id", "name"]);
            case 15:
                return ("aws_instance",
                    $"  ami = {Word("ami-1", "ami-2")}\n  instance_type = {Word("t3.micro", "t3.small")}\n  subnet_id = {use()}\n",
                    ["id", "private_ip", "ami"]);
            default:
                return ("aws_eip", $"  instance = {use()}\n  domain = \"vpc\"\n", ["id", "public_ip"]);
        }
    }
}
