resource "random_uuid" "orders" {
}

resource "aws_sqs_queue" "orders" {
  name = "orders-${random_uuid.orders.result}"
}
