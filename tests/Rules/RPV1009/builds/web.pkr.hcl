source "amazon-ebs" "web" {
  ami_name = "web-{{timestamp}}"
}

source "amazon-ebs" "cache" {
  ami_name = [|"cache-{{timestamp}}"|]
}

source "googlecompute" "web" {
  image_name   = [|"web-{{timestamp}}"|]
  image_family = "web"
}

source "amazon-ebs" "unknown" {
  ami_name = "{{timestamp}}"
}

source "docker" "other" {
  ami_name = "docker-{{timestamp}}"
}
