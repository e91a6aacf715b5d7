variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "shop" {
  allocated_storage   = 20
  engine              = "postgres"
  instance_class      = "db.t3.small"
  username            = "shop"
  password            = var.password
  skip_final_snapshot = true
}
