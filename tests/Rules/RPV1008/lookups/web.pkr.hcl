variable "name" {
  default = "shop"
}

source "amazon-ebs" "web" {
  ami_name = "web-{{timestamp}}"
}

source "amazon-ebs" "api" {
  ami_name = "api-${formatdate("YYYYMMDD", timestamp())}"
  source_ami_filter {
    filters = { name = [|"base-*"|] }
    owners  = ["self"]
  }
}

source "amazon-ebs" "of-others" {
  ami_name = "api-others"
  source_ami_filter {
    filters = { name = "al2023-ami-*" }
    owners  = ["amazon"]
  }
}

build {
  sources = ["source.amazon-ebs.web", "source.amazon-ebs.api", "source.amazon-ebs.of-others"]
}
