variable "recipe" {
  type = string
}

resource "aws_imagebuilder_image" [|"alone"|] {
  image_recipe_arn                 = var.recipe
  infrastructure_configuration_arn = "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/web"
}

resource "aws_imagebuilder_image" "handed-on" {
  image_recipe_arn                 = var.recipe
  infrastructure_configuration_arn = "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/web"
}

resource "aws_imagebuilder_image" "distributed" {
  image_recipe_arn                 = var.recipe
  infrastructure_configuration_arn = "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/web"
  distribution_configuration_arn   = "arn:aws:imagebuilder:eu-west-1:123456789012:distribution-configuration/web"
}

resource "aws_imagebuilder_image" "started" {
  image_recipe_arn                 = var.recipe
  infrastructure_configuration_arn = "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/web"
}

resource "aws_instance" "web" {
  ami           = one(aws_imagebuilder_image.started.output_resources[0].amis).image
  instance_type = "t3.small"
}

data "aws_imagebuilder_image" "other" {
  arn = "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0/1"
}

output "image" {
  value = aws_imagebuilder_image.handed-on.arn
}
