locals {
  first  = "${local.second}-a"
  second = "b"
}

output "first" {
  value = local.first
}
