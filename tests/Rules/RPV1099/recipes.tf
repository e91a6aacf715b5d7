variable "region" {
  type = string
}
variable "parent" {
  type = string
}
resource "aws_imagebuilder_image_recipe" "a" {
  name         = "a"
  version      = "1.0.0"
  parent_image = [|"arn:aws:imagebuilder:${var.region}:aws:image/amazon-linux-2023-x86/x.x.x"|]
  component {
    component_arn = [|"arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/x"|]
  }
  component {
    component_arn = [|"arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/1.0.x"|]
  }
  component {
    component_arn = "arn:aws:imagebuilder:eu-west-1:aws:component/xfs/1.0.2/1"
  }
}
resource "aws_imagebuilder_container_recipe" "b" {
  name           = "b"
  version        = "1.0.0"
  container_type = "DOCKER"
  parent_image   = [|"arn:aws:imagebuilder:eu-west-1:aws:image/base/latest"|]
}
resource "aws_imagebuilder_image_recipe" "c" {
  name         = "c"
  version      = "1.0.0"
  parent_image = var.parent
}
resource "aws_imagebuilder_image_recipe" "d" {
  name         = "d"
  version      = "1.0.0"
  parent_image = "arn:aws:imagebuilder:eu-west-1:aws:image/a/xenial"
}
data "aws_imagebuilder_image_recipe" "e" {
  arn = "arn:aws:imagebuilder:eu-west-1:aws:image-recipe/a/x.x.x"
}
