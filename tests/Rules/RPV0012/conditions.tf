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
