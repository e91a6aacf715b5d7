module "a" {
  source = [|"git::https://git.example.com/a.git?ref=master&depth=1"|]
}

module "b" {
  source = "git::https://git.example.com/b.git?ref=mainline-2"
}

module "c" {
  source = "git::https://git.example.com/c.git?ref=0f3a9c1"
}
