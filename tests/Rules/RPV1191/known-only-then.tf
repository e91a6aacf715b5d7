variable "name" {
  type = string
}

resource "terraform_data" "a" {
  provisioner "local-exec" {
    command = [|"kubectl delete pod ${var.name}"|]
  }

  provisioner "local-exec" {
    command = "kubectl get pod ${var.name}"
  }

  provisioner "local-exec" {
    command = var.name
  }
}
