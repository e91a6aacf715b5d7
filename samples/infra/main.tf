variable "image" {
  description = "The machine image, built and tested before it comes here."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

variable "vpc" {
  description = "The id of the network."
  type        = string
}

variable "subnet" {
  description = "The id of the subnet."
  type        = string
}

resource "aws_security_group" "shop" {
  name        = "shop"
  description = "What may reach the shop."
  vpc_id      = var.vpc
}

resource "aws_instance" "shop" {
  ami                    = var.image
  instance_type          = "m7i.large"
  subnet_id              = var.subnet
  vpc_security_group_ids = [aws_security_group.shop.id]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group" "shop" {
  name     = "shop"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = var.vpc
}

resource "aws_lb_target_group_attachment" "shop" {
  target_group_arn = aws_lb_target_group.shop.arn
  target_id        = aws_instance.shop.id
}

resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "shop-busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  dimensions = {
    InstanceId = aws_instance.shop.id
  }
}
