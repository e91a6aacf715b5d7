terraform {
  backend "local" {
  }
  [|backend|] "local" {
  }
}

resource "terraform_data" "one" {
  lifecycle {
    prevent_destroy = true
  }
  [|lifecycle|] {
    create_before_destroy = true
  }
}
