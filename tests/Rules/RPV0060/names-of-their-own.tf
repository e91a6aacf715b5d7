variable "rules" {
  type = map(object({ port = number }))
}

locals {
  ports = { for key, rule in var.rules : key => rule.port if rule.port > 0 }
}

resource "google_compute_firewall" "all" {
  for_each = local.ports
  name     = each.key
  network  = "default"

  dynamic "allow" {
    for_each = var.rules
    iterator = port
    content {
      protocol = "tcp"
      ports    = [port.value.port]
    }
  }

  lifecycle {
    ignore_changes = [name]
  }
}

output "names" {
  value = [for f in google_compute_firewall.all : f.name]
}

output "path" {
  value = "${path.module}/${terraform.workspace}"
}

output "wrong" {
  value = [for f in [|google_compute_firewall.al|] : f.name]
}

output "local" {
  value = [|local.port|]
}

output "data" {
  value = [|data.google_project.me|].id
}

output "module" {
  value = [|module.net|].id
}
