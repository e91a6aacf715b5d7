resource "terraform_data" "one" {
  input = 1
}

resource "terraform_data" "counted" {
  count = 2
}

resource "terraform_data" "keyed" {
  for_each = toset(["a"])
}

moved {
  from = terraform_data.one[0]
  to   = terraform_data.one
}

moved {
  from = terraform_data.counted
  to   = terraform_data.counted[0]
}

removed {
  from = terraform_data.gone
}

import {
  to = terraform_data.one[|[0]|]
  id = "a"
}

import {
  to = [|terraform_data.counted|]
  id = "a"
}

import {
  to = [|terraform_data.keyed|]
  id = "a"
}

import {
  to = terraform_data.counted[1]
  id = "a"
}

import {
  for_each = toset(["a"])
  to       = terraform_data.keyed[each.key]
  id       = each.key
}
