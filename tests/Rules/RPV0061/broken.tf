output "name" {
  value = [|uper|]("shop")
}
