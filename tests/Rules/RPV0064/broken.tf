locals {
  [|name|] = "shop"
}

output "name" {
  value = "shop"
}
