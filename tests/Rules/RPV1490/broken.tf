variable "names" {
  type = list(string)
}

resource "aws_sqs_queue" "all" {
  [|count|] = length(var.names)
  name  = var.names[count.index]
}
