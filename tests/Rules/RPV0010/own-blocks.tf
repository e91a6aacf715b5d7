terraform {
  required_version = ">= 1.9"
  [|requierd|]     = 1
}

variable "size" {
  [|typ|]   = number
  default   = 1
  nullable  = false
  ephemeral = true
  validation {
    condition     = var.size > 0
    error_message = "More than nothing."
    [|severity|]  = "low"
  }
}

output "size" {
  value        = var.size
  [|sensitiv|] = true
}

resource "terraform_data" "one" {
  lifecycle {
    [|prevent_destory|]   = true
    create_before_destroy = true
  }
}

moved {
  from     = terraform_data.old
  to       = terraform_data.one
  [|when|] = "now"
}
