module "net" {
  source = "./net"
}

module "many" {
  source = "./net"
  count  = 2
}

output "id" {
  value = module.net.id
}

output "wrong" {
  value = module.net.[|idd|]
}

output "many" {
  value = module.many[0].[|ids|]
}

output "all" {
  value = module.many[*].id
}
