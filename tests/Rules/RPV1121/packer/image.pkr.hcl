source "null" "a" {}
build {
  sources = ["source.null.a"]
  provisioner "ansible" {
    playbook_file = "${path.root}/ansible/image.yml"
  }
}
