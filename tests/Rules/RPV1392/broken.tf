resource "aws_iam_role" "app" {
  name               = [|"app"|]
  assume_role_policy = "{}"

  lifecycle {
    create_before_destroy = true
  }
}
