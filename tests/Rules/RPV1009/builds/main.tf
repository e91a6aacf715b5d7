data "aws_ami" "web" {
  owners = ["123456789012"]
  filter {
    name   = "name"
    values = ["web-*"]
  }
}

resource "aws_ami_copy" "cache" {
  name              = "copy-of-cache"
  source_ami_id     = data.aws_ami.web.id
  source_ami_region = "eu-west-1"
}
