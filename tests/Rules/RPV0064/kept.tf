locals {
  name = "shop"
}

output "name" {
  value = local.name
}
