resource "google_pubsub_topic" "a" {
  name   = "a"
  labels = { made = timestamp() }

  lifecycle {
    ignore_changes = [labels]
  }
}

resource "google_pubsub_topic" "b" {
  name   = "b"
  labels = { made = [|timestamp()|] }
}
