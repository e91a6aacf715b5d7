variable "image" {
  type    = string
  default = "db"
}

data "aws_ami" "web" {
  owners = ["self"]
  filter {
    name   = "name"
    values = ["web-*", [|"web_*"|]]
  }
}

data "aws_ami" "regex" {
  owners     = ["self"]
  name_regex = [|"^cache-\\d+$"|]
}

data "aws_ami" "either" {
  owners     = ["self"]
  name_regex = "^cache-\\d+$|^queue-"
}

data "aws_ami" "given" {
  owners = ["self"]
  filter {
    name   = "name"
    values = ["${var.image}-*"]
  }
}

data "aws_ami" "short" {
  owners = ["self"]
  filter {
    name   = "name"
    values = ["db*"]
  }
}

data "aws_ami" "long-enough" {
  owners = ["self"]
  filter {
    name   = "name"
    values = [[|"db1*"|]]
  }
}

data "aws_ami" "tagged" {
  owners = ["self"]
  filter {
    name   = "tag:Role"
    values = ["cache-*"]
  }
}

data "aws_ami" "anybody" {
  filter {
    name   = "name"
    values = ["cache-*"]
  }
}

data "aws_ami" "two-owners" {
  owners = ["self", "123456789012"]
  filter {
    name   = "name"
    values = ["cache-*"]
  }
}

data "aws_ssm_parameter" "image" {
  name = "/images/cache"
}
