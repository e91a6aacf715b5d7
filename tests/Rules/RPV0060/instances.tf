resource "terraform_data" "counted" {
  count = 2
}

resource "terraform_data" "keyed" {
  for_each = toset(["a"])
}

resource "terraform_data" "plain" {
  input = 1

  provisioner "local-exec" {
    command = "echo ${self.id} > ${path.module}/id"
  }

  lifecycle {
    postcondition {
      condition     = self.output == 1
      error_message = "Not one."
    }
  }
}

resource "terraform_data" "numbered" {
  count = 2
  input = "${count.index} of ${terraform_data.counted[count.index].id}"
}

resource "terraform_data" "named" {
  for_each = terraform_data.keyed
  input    = "${each.key} ${each.value.id} ${each.value}"
}

module "many" {
  source   = "./many"
  for_each = toset(["a"])
}

output "wrong" {
  value = [
    terraform_data.counted.[|id|],
    terraform_data.keyed.[|id|],
    terraform_data.keyed.[|a|],
    terraform_data.plain[|[0]|].id,
    [|each.key|],
    [|count.index|],
    [|self.id|],
    path.[|modul|],
    terraform.[|workspce|],
    [|output.right|],
  ]
}

output "right" {
  value = [
    terraform_data.counted[*].id,
    terraform_data.counted.*.id,
    terraform_data.counted[0].id,
    terraform_data.keyed["a"].id,
    values(terraform_data.keyed)[*].id,
    [for each in terraform_data.keyed : each.id],
    module.many.a,
    path.root,
    terraform.workspace,
    length(terraform_data.counted),
  ]
}

resource "terraform_data" "neither" {
  input    = [|count.index|]
  provider = [|terraform.other|]
}
