resource "terraform_data" "a" {
  provisioner "local-exec" {
    command = "echo done"
  }
}

data "google_project" "me" {
}
