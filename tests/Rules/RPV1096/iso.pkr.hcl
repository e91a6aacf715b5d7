source "qemu" "unchecked" {
  iso_url      = "https://example.com/a.iso"
  iso_checksum = [|"none"|]
}

source "qemu" "several" {
  iso_urls     = ["a.iso", "http://example.com/a.iso"]
  iso_checksum = [|"none"|]
}

source "qemu" "computed" {
  iso_url      = var.iso
  iso_checksum = [|"none"|]
}

source "qemu" "here" {
  iso_url      = "file:///srv/a.iso"
  iso_checksum = "none"
}

source "qemu" "disk" {
  iso_url      = "build/a.qcow2"
  iso_checksum = "none"
}

source "qemu" "checked" {
  iso_url      = "https://example.com/a.iso"
  iso_checksum = "file:https://example.com/SHA256SUMS"
}
