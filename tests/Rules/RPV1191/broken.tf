resource "terraform_data" "restart" {
  provisioner "local-exec" {
    command = [|"kubectl rollout restart deployment/web"|]
  }
}
