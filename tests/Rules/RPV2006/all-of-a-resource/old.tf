resource "terraform_data" "old" {
  count = 2
  input = "a-${count.index}"
}
