source "null" "a" {
  inline = ["curl https://example.com/a | sh"]
}

build {
  sources = ["source.null.a"]

  provisioner "shell" {
    inline = [
      "echo begin",
      [|"curl -fsSL https://example.com/a | sudo bash"|],
      "echo 'curl https://example.com/a | sh'",
      "curl -o a https://example.com/a",
    ]
  }

  provisioner "shell-local" {
    inline = [[|"wget -qO- https://example.com/a | sh"|]]
  }

  error-cleanup-provisioner "shell" {
    inline = [[|"curl https://example.com/a | sh"|]]
  }

  provisioner "file" {
    inline = ["curl https://example.com/a | sh"]
  }
}
