data "aws_ami" "cache" {
  owners = ["self"]
  filter {
    name   = "name"
    values = ["cache-*"]
  }
}
