resource "aws_instance" "web" {
  ami                         = "ami-0abc"
  instance_type               = "t3.small"
  user_data                   = "#!/bin/sh\nexec /opt/start"
  user_data_replace_on_change = true
}
