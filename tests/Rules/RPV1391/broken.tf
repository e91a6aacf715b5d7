resource "aws_sqs_queue" "orders" {
  name = "orders"
}

data "aws_sqs_queue" "orders" {
  name       = "orders"
  [|depends_on|] = [aws_sqs_queue.orders]
}
