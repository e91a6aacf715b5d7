resource "aws_instance" "web" {
  ami           = "ami-0abc"
  instance_type = "t3.small"

  [|provisioner "remote-exec"|] {
    inline = ["sudo apt-get install -y nginx"]
  }
}
