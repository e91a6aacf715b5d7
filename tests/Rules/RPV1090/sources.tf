module "local" {
  source = "./net"
}

module "tagged" {
  source = "git::https://git.example.com/net.git?ref=v1"
}

module "git" {
  source = [|"git::https://git.example.com/net.git"|]
}

module "github" {
  source = [|"github.com/example/net"|]
}

module "private" {
  source = [|"registry.example.com/shop/net/aws"|]
}

module "pinned" {
  source  = "registry.example.com/shop/net/aws"
  version = "1.2.0"
}

module "archive" {
  source = "https://example.com/net.zip"
}
