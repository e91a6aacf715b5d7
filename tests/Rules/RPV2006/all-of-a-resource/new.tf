resource "terraform_data" [|[|"new"|]|] {
  count = 2
  input = "a-${count.index}"
}
