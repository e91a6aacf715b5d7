resource "null_resource" "build" {
  triggers = {
    always = [|timestamp()|]
  }
}
