resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 60
}

moved {
  from = aws_sqs_queue.main
  to   = aws_sqs_queue.orders
}
