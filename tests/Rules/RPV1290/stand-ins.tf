variable "token" {
  type = string
}

provider "aws" {
  access_key = "mock"
  secret_key = "mock_secret"
}

provider "cloudflare" {
  token = var.token
}

provider "azurerm" {
  client_secret = [|"v7Qq8Zr2Lk9"|]
}
