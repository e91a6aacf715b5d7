variable "password" {
  type      = string
  sensitive = true
  default   = [|"correct-horse-battery"|]
}

output "length" {
  value     = length(var.password)
  sensitive = true
}
