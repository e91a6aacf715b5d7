resource "terraform_data" "a" {
  triggers_replace = [[|uuid()|], "x"]
}

resource "terraform_data" "b" {
  input = timestamp()
}
