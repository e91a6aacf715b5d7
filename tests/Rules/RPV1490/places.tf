variable "names" {
  type = list(string)
}

variable "number" {
  type = number
}

resource "google_pubsub_topic" "a" {
  count = var.number
  name  = "a-${count.index}"
}

resource "google_pubsub_topic" "b" {
  [|count|] = length(var.names)
  name  = "b-${var.names[count.index]}"
}

resource "google_pubsub_topic" "c" {
  count = length(var.names) > 0 ? 1 : 0
  name  = "c"
}
