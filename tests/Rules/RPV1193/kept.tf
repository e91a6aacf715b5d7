resource "null_resource" "build" {
  triggers = {
    source = filesha256("app.zip")
  }
}
