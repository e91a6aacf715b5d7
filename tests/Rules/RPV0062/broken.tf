locals {
  [|first|]  = "${local.second}-a"
  second = "${local.first}-b"
}

output "first" {
  value = local.first
}
