resource "aws_sqs_queue" "main" {
  count = 2
  name  = ["orders", "parcels"][count.index]
}
