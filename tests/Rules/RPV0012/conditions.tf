variable "size" {
  type = number
  [|validation|] {
    error_message = "Too small."
  }
}

check "health" {
  [|assert|] {
    condition = var.size > 1
  }
}

[|removed|] {
}

[|import|] {
  to = terraform_data.one
}

check [|"nothing"|] {
}

resource "terraform_data" "one" {
  [|provisioner "local-exec"|] {
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo ${self.id}"
  }
}
