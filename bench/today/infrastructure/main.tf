# Stands for today's modules: the same containers, with the same variables, as far as DAGs without an application need them.

terraform {
  required_providers {
    scaleway = { source = "scaleway/scaleway" }
  }
}

provider "scaleway" {
  region = "fr-par"
}

variable "namespace" { type = string }

variable "images" {
  description = "Only for the first time: what comes later is set in the containers."
  type        = map(string)
}

variable "roles" {
  type = map(object({ port = number, cpu = number, memory = number, healthPath = string }))
}

variable "secrets" {
  description = "Passwords, and the connection to the log bucket that was typed by hand."
  type        = object({ admin = string, database = string, jwt = string, logs = string })
  sensitive   = true
}

locals {
  name = "${var.namespace}-airflow"
  variables = {
    AIRFLOW__API__AUTH_BACKENDS                = "airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session"
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION = "true"
    AIRFLOW__CORE__DAGS_FOLDER                 = "/opt/airflow/dags"
    AIRFLOW__CORE__ENABLE_XCOM_PICKLING        = "true"
    AIRFLOW__CORE__EXECUTOR                    = "LocalExecutor"
    AIRFLOW__CORE__FERNET_KEY                  = ""
    AIRFLOW__CORE__LOAD_EXAMPLES               = "false"
    AIRFLOW__LOGGING__ENCRYPT_S3_LOGS          = "false"
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER   = "s3://${scaleway_object_bucket.logs.name}"
    AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID       = "scalewaylogs"
    AIRFLOW__LOGGING__REMOTE_LOGGING           = "true"
    AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK    = "true"
    AIRFLOW__WEBSERVER__EXPOSE_CONFIG          = "true"
  }
  endpoint = scaleway_rdb_instance.database.load_balancer[0]
  secrets = {
    AIRFLOW__API_AUTH__JWT_SECRET       = var.secrets.jwt
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN = "postgresql://airflow:${var.secrets.database}@${local.endpoint.ip}:${local.endpoint.port}/${scaleway_rdb_privilege.database.database_name}"
    AIRFLOW_CONN_SCALEWAYLOGS           = var.secrets.logs
  }
  workers = {
    scheduler = {}
    dag-processor = {
      AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL = "300"
      AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES         = "1"
    }
  }
}

resource "scaleway_container_namespace" "main" {
  name = var.namespace
}

resource "scaleway_object_bucket" "logs" {
  name          = local.name
  force_destroy = true
}

# A public instance, as today's.
resource "scaleway_rdb_instance" "database" {
  name               = local.name
  engine             = "PostgreSQL-16"
  node_type          = "DB-PLAY2-NANO"
  is_ha_cluster      = true
  volume_type        = "sbs_5k"
  volume_size_in_gb  = 10
  encryption_at_rest = true
  user_name          = "airflow"
  password           = var.secrets.database
  load_balancer {}
}

resource "scaleway_rdb_database" "database" {
  instance_id = scaleway_rdb_instance.database.id
  name        = "airflow"
}

resource "scaleway_rdb_privilege" "database" {
  instance_id   = scaleway_rdb_instance.database.id
  user_name     = "airflow"
  database_name = scaleway_rdb_database.database.name
  permission    = "all"
  lifecycle {
    ignore_changes = [permission]
  }
}

resource "scaleway_container" "webserver" {
  name               = "lvao-airflow-webserver"
  namespace_id       = scaleway_container_namespace.main.id
  image              = var.images["webserver"]
  port               = var.roles["webserver"].port
  cpu_limit          = var.roles["webserver"].cpu
  memory_limit_bytes = var.roles["webserver"].memory * 1000000
  min_scale          = 1
  max_scale          = 1
  timeout            = 300
  privacy            = "public"
  protocol           = "http1"
  sandbox            = "v1"
  environment_variables = merge(local.variables, {
    AIRFLOW__CORE__AUTH_MANAGER = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    AIRFLOW__WEBSERVER__WORKERS = "1"
  })
  secret_environment_variables = merge(local.secrets, {
    _AIRFLOW_WWW_USER_USERNAME = "admin"
    _AIRFLOW_WWW_USER_PASSWORD = var.secrets.admin
  })
  # What `health_check` means to this version of the API.
  liveness_probe {
    http {
      path = var.roles["webserver"].healthPath
    }
    failure_threshold = 5
    interval          = "30s"
    timeout           = "5s"
  }
  lifecycle {
    ignore_changes = [image]
  }
}

resource "scaleway_container" "worker" {
  for_each              = local.workers
  name                  = "lvao-airflow-${each.key}"
  namespace_id          = scaleway_container_namespace.main.id
  image                 = var.images[each.key]
  port                  = var.roles[each.key].port
  cpu_limit             = var.roles[each.key].cpu
  memory_limit_bytes    = var.roles[each.key].memory * 1000000
  min_scale             = 1
  max_scale             = 1
  timeout               = 300
  privacy               = "public"
  protocol              = "http1"
  sandbox               = "v1"
  environment_variables = merge(local.variables, each.value)
  secret_environment_variables = merge(local.secrets, {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL = "${scaleway_container.webserver.public_endpoint}/execution/"
  })
  liveness_probe {
    http {
      path = var.roles[each.key].healthPath
    }
    failure_threshold = 5
    interval          = "30s"
    timeout           = "5s"
  }
  lifecycle {
    ignore_changes = [image]
  }
}

output "containers" {
  value = merge(
    { webserver = scaleway_container.webserver.id },
    { for role, container in scaleway_container.worker : role => container.id },
  )
}
