# The platform as it runs today: names, sizes and variables as in its own modules.

terraform {
  required_providers {
    scaleway = { source = "scaleway/scaleway" }
  }
}

provider "scaleway" {
  region = "fr-par"
}

variable "image" { default = "" }
variable "database_password" { sensitive = true }
variable "secrets" {
  type      = map(string)
  sensitive = true
}

locals {
  name = "lvao-preprod-airflow"
  variables = {
    AIRFLOW__CORE__AUTH_MANAGER                = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION = "true"
    AIRFLOW__CORE__DAGS_FOLDER                 = "/opt/airflow/dags"
    AIRFLOW__CORE__EXECUTOR                    = "LocalExecutor"
    AIRFLOW__CORE__LOAD_EXAMPLES               = "false"
    AIRFLOW__CORE__PARALLELISM                 = "2"
    AIRFLOW__LOGGING__ENCRYPT_S3_LOGS          = "false"
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER   = "s3://${local.name}"
    AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID       = "scalewaylogs"
    AIRFLOW__LOGGING__REMOTE_LOGGING           = "true"
    AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK    = "true"
    ENVIRONMENT                                = "preprod"
    WEBAPP_URL                                 = "https://preprod.example"
    LOG_LEVEL                                  = "INFO"
    BATCH_SIZE                                 = "1000"
    FEATURE_CLUSTERING                         = "true"
    GEOCODER_URL                               = "https://geocoder.example"
    LOCALE                                     = "fr_FR.UTF-8"
    MAX_SOURCES                                = "12"
    SENTRY_ENVIRONMENT                         = "preprod"
    SSH_PUBLIC_KEY                             = "ssh-ed25519 AAAA test"
    TIMEZONE_OF_REPORTS                        = "Europe/Paris"
    WAREHOUSE_SCHEMA                           = "public"
  }
  endpoint = scaleway_rdb_instance.airflow.load_balancer[0]
  secrets = merge(var.secrets, {
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN = "postgresql+psycopg2://qfdmo:${var.database_password}@${local.endpoint.ip}:${local.endpoint.port}/${scaleway_rdb_privilege.airflow.database_name}"
  })
  start = ["/usr/bin/dumb-init", "--", "/entrypoint", "bash", "-c"]
}

resource "scaleway_registry_namespace" "ns-qfdmo" {
  name      = "ns-qfdmo"
  is_public = false
}

resource "scaleway_container_namespace" "main" {
  name = "lvao-preprod"
  tags = ["preprod", "lvao", "airflow"]
}

resource "scaleway_rdb_instance" "airflow" {
  name                      = local.name
  node_type                 = "DB-PLAY2-PICO"
  engine                    = "PostgreSQL-16"
  is_ha_cluster             = true
  user_name                 = "qfdmo"
  password                  = var.database_password
  volume_type               = "sbs_15k"
  volume_size_in_gb         = 20
  encryption_at_rest        = true
  backup_schedule_frequency = 24
  backup_schedule_retention = 14
  backup_same_region        = false
  tags                      = ["preprod", "postgresql", "airflow"]
  load_balancer {}
}

# A second database in the state, which is not Airflow's.
resource "scaleway_rdb_instance" "webapp" {
  name               = "lvao-preprod-webapp"
  node_type          = "DB-PLAY2-PICO"
  engine             = "PostgreSQL-16"
  user_name          = "web"
  password           = var.database_password
  volume_type        = "sbs_15k"
  volume_size_in_gb  = 10
  encryption_at_rest = true
}

resource "scaleway_rdb_database" "airflow" {
  instance_id = scaleway_rdb_instance.airflow.id
  name        = "airflow"
}

resource "scaleway_rdb_privilege" "airflow" {
  instance_id   = scaleway_rdb_instance.airflow.id
  user_name     = "qfdmo"
  database_name = scaleway_rdb_database.airflow.name
  permission    = "all"
  lifecycle {
    ignore_changes = [permission]
  }
}

resource "scaleway_object_bucket" "airflow" {
  name = local.name
}

resource "scaleway_object_bucket_acl" "airflow" {
  bucket = scaleway_object_bucket.airflow.id
  acl    = "private"
}

resource "scaleway_container" "webserver" {
  name                         = "lvao-airflow-webserver"
  tags                         = ["preprod", "lvao", "airflow", "webserver"]
  namespace_id                 = scaleway_container_namespace.main.id
  image                        = var.image
  command                      = local.start
  args                         = ["airflow db migrate && (airflow users create --role Admin --email a@example.com --firstname A --lastname B --username admin --password \"$ADMIN_PASSWORD_OF_TODAY\" || true) && exec airflow api-server"]
  port                         = 8080
  cpu_limit                    = 2000
  memory_limit                 = 4096
  min_scale                    = 1
  max_scale                    = 1
  timeout                      = 600
  sandbox                      = "v1"
  environment_variables        = local.variables
  secret_environment_variables = local.secrets
  liveness_probe {
    http {
      path = "/api/v2/version"
    }
    failure_threshold = 30
    interval          = "10s"
    timeout           = "5s"
  }
}

resource "scaleway_container" "scheduler" {
  name                  = "lvao-airflow-scheduler"
  namespace_id          = scaleway_container_namespace.main.id
  image                 = var.image
  command               = local.start
  args                  = ["exec airflow scheduler"]
  port                  = 8974
  cpu_limit             = 4000
  memory_limit          = 8192
  local_storage_limit   = 20480
  min_scale             = 1
  max_scale             = 1
  sandbox               = "v1"
  environment_variables = merge(local.variables, { ONLY_FOR_TASKS = "yes" })
  secret_environment_variables = merge(local.secrets, {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL = "https://${scaleway_container.webserver.domain_name}/execution/"
  })
}

resource "scaleway_container" "dag_processor" {
  name                         = "lvao-airflow-dag-processor"
  namespace_id                 = scaleway_container_namespace.main.id
  image                        = var.image
  command                      = local.start
  args                         = ["python -m http.server 8080 --directory /tmp & exec airflow dag-processor"]
  port                         = 8080
  cpu_limit                    = 1000
  memory_limit                 = 2048
  min_scale                    = 1
  max_scale                    = 1
  sandbox                      = "v1"
  environment_variables        = local.variables
  secret_environment_variables = local.secrets
  depends_on                   = [scaleway_container.webserver]
}
