variable "name" {
  type    = string
  default = "shop"
}

output "name" {
  value = var.name
}
