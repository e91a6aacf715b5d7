variable "password" {
  type      = string
  sensitive = true
}

output "length" {
  value     = length(var.password)
  sensitive = true
}
