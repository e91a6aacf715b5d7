variable "a" {
  type = string
}

output "two" {
  value = "${var.a}${var.a}"
}

output "text" {
  value = "x${var.a}"
}

output "list" {
  value = [[|"${var.a}"|], var.a]
}
