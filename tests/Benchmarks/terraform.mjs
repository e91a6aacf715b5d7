// Times Repave on a tree of Terraform modules of some 10,000 lines: an edit to its diagnostics and to the plan that follows it, memory; beside
// `terraform validate` and `terraform plan -refresh=false` on the same folder, where terraform and its AWS provider are there.
// Usage: node terraform.mjs LINES SERVER…          SERVER: how the language server is started (repave lsp)
// TF_CLI_CONFIG_FILE names a mirror of the provider; without a terraform on the PATH its lines are left out. REPAVE_AWS_PROVIDER names the
// provider's binary: then the plan after an edit is timed once more against a state, with the provider asked.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { editToPlan } from "./edit-to-plan.mjs";

const [size, ...command] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "repave-bench-"));
const perModule = 20;

const queue = (i) => `resource "aws_sqs_queue" "q${i}" {
  name                       = "\${var.stage}-q${i}"
  visibility_timeout_seconds = 60
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead${i}.arn
    maxReceiveCount     = 3
  })
  tags = merge(local.tags, { Index = "${i}" })
}
resource "aws_sqs_queue" "dead${i}" {
  name = "\${var.stage}-dead${i}"
  tags = local.tags
}
resource "aws_cloudwatch_metric_alarm" "alarm${i}" {
  alarm_name          = "late-\${aws_sqs_queue.q${i}.name}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 600
  dimensions = {
    QueueName = aws_sqs_queue.q${i}.name
  }
}
`;

const modules = Math.max(1, Math.round(Number(size) / (perModule * 30)));
let root = `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "5.100.0" }\n  }\n}\nprovider "aws" {\n  region = "us-east-1"\n  access_key = "x"\n  secret_key = "x"\n  skip_credentials_validation = true\n  skip_requesting_account_id = true\n  skip_metadata_api_check = true\n}\n`;
let lines = 0;
for (let m = 0; m < modules; m++) {
  let text = `variable "stage" {\n  type = string\n}\nlocals {\n  tags = { Module = "m${m}", Stage = var.stage }\n}\n`;
  for (let i = 0; i < perModule; i++) text += queue(i);
  text += `output "first" {\n  value = aws_sqs_queue.q0.arn\n}\n`;
  mkdirSync(path.join(folder, `m${m}`));
  writeFileSync(path.join(folder, `m${m}`, "main.tf"), text);
  lines += text.split("\n").length;
  root += `module "m${m}" {\n  source = "./m${m}"\n  stage  = ${m === 0 ? '"prod"' : `module.m${m - 1}.first == "" ? "x" : "prod"`}\n}\n`;
}
writeFileSync(path.join(folder, "main.tf"), root);
lines += root.split("\n").length;
const git = (...args) => spawnSync("git", ["-C", folder, "-c", "user.name=b", "-c", "user.email=b@example.com", ...args]);
git("init", "-q");
git("add", "-A");
git("commit", "-qm", "b");

const edit = async (baseline, what) => console.log(`Repave, ${lines} lines in ${modules + 1} modules, ${what}: ${await editToPlan({ command, folder, file: path.join(folder, "m0", "main.tf"), language: "terraform", before: "visibility_timeout_seconds = ", names: "visibility_timeout_seconds", baseline, settle: baseline.startsWith("git:") ? 5000 : 15000 })}`);

await edit("git:HEAD", "against git");
if (process.env.REPAVE_AWS_PROVIDER) {
  writeState();
  const place = path.join(folder, ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64");
  mkdirSync(place, { recursive: true });
  symlinkSync(process.env.REPAVE_AWS_PROVIDER, path.join(place, path.basename(process.env.REPAVE_AWS_PROVIDER)));
  await edit("terraform.tfstate", "against a state, the provider asked");
}

// What applying all of it would have left.
function writeState() {
  const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
  const resources = [];
  for (let m = 0; m < modules; m++) {
    const tags = { Module: `m${m}`, Stage: "prod" };
    const add = (type, name, version, attributes) => resources.push({ module: `module.m${m}`, mode: "managed", type, name, provider, instances: [{ schema_version: version, attributes }] });
    const sqs = (name, more) => ({ arn: `arn:aws:sqs:us-east-1:123456789012:${name}`, content_based_deduplication: false, deduplication_scope: "", delay_seconds: 0, fifo_queue: false, fifo_throughput_limit: "", id: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`, kms_data_key_reuse_period_seconds: 300, kms_master_key_id: "", max_message_size: 262144, message_retention_seconds: 345600, name, name_prefix: "", policy: "", receive_wait_time_seconds: 0, redrive_allow_policy: "", redrive_policy: "", sqs_managed_sse_enabled: true, tags, tags_all: tags, timeouts: null, url: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`, visibility_timeout_seconds: 30, ...more });
    for (let i = 0; i < perModule; i++) {
      const own = { ...tags, Index: String(i) };
      const dead = `arn:aws:sqs:us-east-1:123456789012:prod-dead${i}`;
      add("aws_sqs_queue", `q${i}`, 0, sqs(`prod-q${i}`, { visibility_timeout_seconds: 60, redrive_policy: JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 3 }), tags: own, tags_all: own }));
      add("aws_sqs_queue", `dead${i}`, 0, sqs(`prod-dead${i}`, {}));
      add("aws_cloudwatch_metric_alarm", `alarm${i}`, 1, { actions_enabled: true, alarm_actions: [], alarm_description: "", alarm_name: `late-prod-q${i}`, arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:late-prod-q${i}`, comparison_operator: "GreaterThanThreshold", datapoints_to_alarm: 0, dimensions: { QueueName: `prod-q${i}` }, evaluate_low_sample_count_percentiles: "", evaluation_periods: 1, extended_statistic: "", id: `late-prod-q${i}`, insufficient_data_actions: [], metric_name: "ApproximateAgeOfOldestMessage", metric_query: [], namespace: "AWS/SQS", ok_actions: [], period: 60, statistic: "Maximum", tags: null, tags_all: {}, threshold: 600, threshold_metric_id: "", treat_missing_data: "missing", unit: "" });
    }
  }
  writeFileSync(path.join(folder, "terraform.tfstate"), JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 1, lineage: "bench", outputs: {}, resources }, null, 2));
}

const time = (name, program, args, options = {}) => {
  const start = performance.now();
  const answer = spawnSync(program, args, { cwd: folder, encoding: "utf8", ...options });
  console.log(`${name}: ${(performance.now() - start).toFixed(0)} ms, exit code ${answer.status}`);
};
const [tool, ...before] = command.slice(0, -1);
time("repave check", tool, [...before, "check", "."]);
time("repave plan --from git:HEAD", tool, [...before, "plan", ".", "--from", "git:HEAD"]);
if (spawnSync("terraform", ["version"]).status === 0 && spawnSync("terraform", ["init", "-input=false"], { cwd: folder }).status === 0) {
  time("terraform validate", "terraform", ["validate"]);
  time("terraform plan -refresh=false", "terraform", ["plan", "-refresh=false", "-input=false"]);
}
process.exit(0);
