resource "terraform_data" "a" {
  lifecycle {
    ignore_changes = []
  }
}

resource "terraform_data" "b" {
  lifecycle {
    prevent_destroy = true
  }
}
