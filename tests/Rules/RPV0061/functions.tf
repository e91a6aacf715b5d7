output "known" {
  value = core::upper("a")
}

output "provider" {
  value = provider::aws::arn_parse("x")
}

output "tried" {
  value = try(tonumber("x"), 1)
}

output "wrong" {
  value = tonumber([|"x"|])
}

output "few" {
  value = [|replace("a", "b")|]
}

output "zero" {
  value = 1 / 0
}
