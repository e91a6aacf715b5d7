variable "api_token" {
  default = [|"t9Kd7Qw2Xz4Lm8Vb"|]
}

variable "build_password" {
  default   = [|"t9Kd7Qw2Xz4Lm8Vb"|]
  sensitive = true
}

variable "ssh_password" {
  default = "packer"
}

variable "image_name" {
  default = "t9Kd7Qw2Xz4Lm8Vb"
}

variable "secret_key" {
  type = string
}

variables {
  access_key = [|"QX3MB7KD92LTZ5VN8RHC"|]
  region     = "eu-west-1"
}

local "admin_password" {
  expression = [|"t9Kd7Qw2Xz4Lm8Vb"|]
}

locals {
  password = [|"t9Kd7Qw2Xz4Lm8Vb"|]
  token    = var.api_token
}

source "amazon-ebs" "web" {
  access_key     = [|"QX3MB7KD92LTZ5VN8RHC"|]
  secret_key     = var.secret_key
  token          = "{{ user `token` }}"
  ssh_password   = "vagrant"
  winrm_password = "{{ build `Password` }}"
  client_secret  = ""
  token_file     = "t9Kd7Qw2Xz4Lm8Vb"
  tags = {
    api_key = [|"t9Kd7Qw2Xz4Lm8Vb"|]
  }
}

build {
  sources = ["source.amazon-ebs.web"]

  provisioner "shell" {
    environment_vars = [[|"API_TOKEN=t9Kd7Qw2Xz4Lm8Vb"|], "HOME=t9Kd7Qw2Xz4Lm8Vb", "DB_PASSWORD=${var.build_password}"]
  }

  provisioner "powershell" {
    environment_vars = [
      "REGION=eu-west-1",
      [|"API_TOKEN=t9Kd7Qw2Xz4Lm8Vb"|],
    ]
    elevated_password = "t9Kd7Qw2Xz4Lm8Vb${var.ssh_password}"
  }

  post-processor "vagrant-cloud" {
    access_token = [|"t9Kd7Qw2Xz4Lm8Vb"|]
  }
}
