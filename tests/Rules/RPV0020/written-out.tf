variable "size" {
  type    = number
  default = [|var.kind|]
  validation {
    condition     = [|1 > 0|]
    error_message = "Never."
  }
}

variable "kind" {
  type    = map(string)
  default = { kind = "a" }
}

variable "made" {
  default = [|upper("a")|]
}

module "near" {
  source      = "./near"
  [|version|] = "1.0.0"
}

resource "terraform_data" "one" {
  lifecycle {
    prevent_destroy      = [|var.size > 1|]
    replace_triggered_by = [[|var.kind|], terraform_data.two, terraform_data.two.output]
  }
}

resource "terraform_data" "two" {
}

removed {
  from = [|terraform_data.old[0]|]
}

resource "terraform_data" "three" {
  provisioner "local-exec" {
    when    = destroy
    command = "echo ${[|var.size|]} ${self.id}"
  }
}

variable "told" {
  type        = string
  description = [|"of ${var.size}"|]
}
