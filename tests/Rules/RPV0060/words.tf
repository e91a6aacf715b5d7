resource "terraform_data" "one" {
  input = [|word|]
  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "true"
  }
  lifecycle {
    ignore_changes = [input]
  }
}

output "kinds" {
  value = { plain = "a", (var.kind) = [for word in [var.kind] : word], whole = [|local|] }
}

variable "kind" {
  type = string
}

output "one" {
  value = [terraform_data.one.output, terraform_data.one.id]
}
