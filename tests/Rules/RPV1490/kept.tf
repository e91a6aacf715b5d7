variable "names" {
  type = set(string)
}

resource "aws_sqs_queue" "all" {
  for_each = var.names
  name     = each.key
}
