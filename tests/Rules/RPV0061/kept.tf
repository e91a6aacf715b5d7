output "name" {
  value = upper("shop")
}
