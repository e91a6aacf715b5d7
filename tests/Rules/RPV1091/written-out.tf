terraform {
  required_providers {
    [|random|] = {
      source = "hashicorp/random"
    }
    local = {
      source  = "hashicorp/local"
      version = ">= 2.0"
    }
  }
}
