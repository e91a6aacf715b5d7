terraform {
  required_version = [|">= newest"|]
}

resource "terraform_data" [|"1st"|] {
}

variable [|"a b"|] {
}

variable [|"for_each"|] {
}

output "_fine-1" {
  value = [var.kind]
}

variable "kind" {
}
