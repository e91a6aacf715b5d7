resource "aws_autoscaling_group" "web" {
  max_size = 3
  min_size = 1

  launch_template {
    id      = "lt-0abc"
    version = "3"
  }

  instance_refresh {
    strategy = "Rolling"
  }
}
