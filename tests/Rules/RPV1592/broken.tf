resource "aws_db_instance" "shop" {
  allocated_storage   = 20
  engine              = "postgres"
  instance_class      = "db.t3.small"
  [|skip_final_snapshot|] = true
}
