resource "terraform_data" "report" {
  provisioner "local-exec" {
    command = "kubectl get deployment/web"
  }
}
