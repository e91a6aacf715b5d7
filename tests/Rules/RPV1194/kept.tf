resource "aws_sqs_queue" "orders" {
  name = "orders"

  lifecycle {
    ignore_changes = [tags]
  }
}
