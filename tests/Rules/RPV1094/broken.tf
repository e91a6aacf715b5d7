module "net" {
  source = [|"git::https://git.example.com/net.git?ref=main"|]
}
