# Nothing here builds images of AWS.
source "googlecompute" "web" {
  image_name = "web-{{timestamp}}"
}
