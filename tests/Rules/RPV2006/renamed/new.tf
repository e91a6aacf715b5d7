resource "aws_sqs_queue" [|"orders"|] {
  name                       = "orders"
  visibility_timeout_seconds = 60
}
