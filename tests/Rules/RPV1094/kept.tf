module "net" {
  source = "git::https://git.example.com/net.git?ref=v2.4.0"
}
