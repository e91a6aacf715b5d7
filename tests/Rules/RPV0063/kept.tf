variable "zone" {
  type = string
}

output "name" {
  value = "shop-${var.zone}"
}
