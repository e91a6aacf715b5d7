resource "aws_sqs_queue" [|[|"main"|]|] {
  for_each = toset(["orders", "parcels"])
  name     = each.key
}
