resource "aws_s3_bucket" "uploads" {
  bucket        = "shop-uploads"
  [|force_destroy|] = true
}
