resource "aws_sqs_queue" "main" {
  name                       = "orders"
  visibility_timeout_seconds = 60
}
