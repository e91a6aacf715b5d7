resource "aws_db_instance" "shop" {
  allocated_storage   = 20
  engine              = "postgres"
  instance_class      = "db.t3.small"
  username            = "shop"
  password            = [|"correct-horse-battery"|]
  skip_final_snapshot = true
}
