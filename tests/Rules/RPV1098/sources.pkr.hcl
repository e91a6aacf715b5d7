source "amazon-ebs" "newest" {
  source_ami_filter {
    most_recent = [|true|]
  }
}

source "amazon-ebs" "one" {
  source_ami_filter {
    most_recent = false
  }
}

source "docker" "moves" {
  image = [|"registry.example.com:5000/debian"|]
}

source "docker" "latest" {
  image = [|"debian:latest"|]
}

source "docker" "named" {
  image = "debian:12.8"
}

source "docker" "digest" {
  image = "debian@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d"
}

source "podman" "other" {
  image = "debian"
}

build {
  provisioner "shell" {
    most_recent = true
  }
}
