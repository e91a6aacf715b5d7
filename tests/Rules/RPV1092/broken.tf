data "aws_ami" "base" {
  [|most_recent = true|]
  owners      = ["self"]
}

resource "aws_instance" "web" {
  ami           = data.aws_ami.base.id
  instance_type = "t3.small"
}
