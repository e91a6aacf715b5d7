output "id" {
  value = "n-1"
}
