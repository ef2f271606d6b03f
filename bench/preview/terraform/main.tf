# The resources of `preprod`, as one would write them for Terraform. `terraform_data`, which is built in, stands for the
# passwords and the two images: their providers are not compared.
terraform {
  required_providers {
    scaleway = { source = "scaleway/scaleway" }
  }
}

provider "scaleway" {
  region = "fr-par"
}

locals {
  tags        = ["preprod", "lvao", "airflow", "owner:${terraform_data.password["owner"].id}"]
  bucket_tags = ["environment:preprod", "prefix:lvao", "airflow:logs"]
  secret      = { for name, each in terraform_data.password : name => "Aa1!${each.id}" }
  passwords   = ["owner", "fernet_key", "jwt_secret", "api_secret_key", "admin", "database_admin", "database"]
}

resource "terraform_data" "password" {
  for_each = toset(local.passwords)
}

resource "scaleway_vpc_private_network" "airflow" {
  name = "lvao-preprod-airflow"
  tags = local.tags
}

resource "scaleway_rdb_instance" "airflow" {
  name                      = "lvao-preprod-airflow"
  engine                    = "PostgreSQL-16"
  node_type                 = "DB-PLAY2-NANO"
  is_ha_cluster             = false
  volume_type               = "sbs_5k"
  volume_size_in_gb         = 10
  encryption_at_rest        = true
  user_name                 = "airflow_admin"
  password                  = local.secret["database_admin"]
  disable_backup            = false
  backup_schedule_frequency = 24
  backup_schedule_retention = 1
  backup_same_region        = false
  tags                      = concat(local.tags, ["database"])
  private_network {
    pn_id       = scaleway_vpc_private_network.airflow.id
    enable_ipam = true
  }
}

resource "scaleway_rdb_database" "airflow" {
  instance_id = scaleway_rdb_instance.airflow.id
  name        = "lvao-preprod-airflow"
}

resource "scaleway_rdb_user" "airflow" {
  instance_id = scaleway_rdb_instance.airflow.id
  name        = "airflow"
  password    = local.secret["database"]
  is_admin    = false
}

resource "scaleway_rdb_privilege" "airflow" {
  instance_id   = scaleway_rdb_instance.airflow.id
  database_name = scaleway_rdb_database.airflow.name
  user_name     = scaleway_rdb_user.airflow.name
  permission    = "all"
}

resource "scaleway_account_project" "logs" {
  name        = "lvao-preprod-airflow"
  description = "owner:${terraform_data.password["owner"].id}"
}

resource "scaleway_object_bucket" "logs" {
  name          = "lvao-preprod-airflow"
  project_id    = scaleway_account_project.logs.id
  force_destroy = true
  tags          = { environment = "preprod", prefix = "lvao", airflow = "logs" }
  lifecycle_rule {
    id                                     = "unfinished-uploads"
    enabled                                = true
    abort_incomplete_multipart_upload_days = 1
  }
  lifecycle_rule {
    id      = "retention"
    enabled = true
    expiration {
      days = 90
    }
  }
  versioning {
    enabled = false
  }
}

resource "scaleway_object_bucket_acl" "logs" {
  bucket     = scaleway_object_bucket.logs.id
  acl        = "private"
  project_id = scaleway_account_project.logs.id
}

resource "scaleway_object_bucket_server_side_encryption_configuration" "logs" {
  bucket     = scaleway_object_bucket.logs.name
  project_id = scaleway_account_project.logs.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "scaleway_iam_application" "logs" {
  name        = "lvao-preprod-airflow-logs"
  description = "Writes and reads Airflow's task logs in lvao-preprod-airflow"
  tags        = local.bucket_tags
}

resource "scaleway_iam_policy" "logs" {
  name           = "lvao-preprod-airflow-logs"
  application_id = scaleway_iam_application.logs.id
  tags           = local.bucket_tags
  rule {
    project_ids          = [scaleway_account_project.logs.id]
    permission_set_names = ["ObjectStorageObjectsRead", "ObjectStorageObjectsWrite"]
  }
}

resource "scaleway_iam_api_key" "logs" {
  application_id     = scaleway_iam_application.logs.id
  default_project_id = scaleway_account_project.logs.id
  description        = "Airflow's task logs in lvao-preprod-airflow"
  depends_on         = [scaleway_iam_policy.logs]
}

resource "scaleway_registry_namespace" "airflow" {
  name        = "lvao-preprod-airflow"
  description = "owner:${terraform_data.password["owner"].id}"
  is_public   = false
}

resource "scaleway_container_namespace" "airflow" {
  name = "lvao-preprod"
  tags = local.tags
}

resource "terraform_data" "image" {
  for_each = toset(["webserver", "scheduler"])
  input    = "${scaleway_registry_namespace.airflow.endpoint}/lvao-airflow-${each.key}:latest"
}

locals {
  variables = {
    AIRFLOW_DATABASE_CERTIFICATE             = scaleway_rdb_instance.airflow.certificate
    AIRFLOW__API_AUTH__JWT_KID               = "1"
    AIRFLOW__API_AUTH__JWT_LEEWAY            = "60"
    AIRFLOW__CORE__AUTH_MANAGER              = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    AIRFLOW__CORE__EXECUTOR                  = "LocalExecutor"
    AIRFLOW__CORE__LOAD_EXAMPLES             = "false"
    AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE = "5"
    AIRFLOW__LOGGING__ENCRYPT_S3_LOGS        = "false"
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER = "s3://${scaleway_object_bucket.logs.name}"
    AIRFLOW__LOGGING__REMOTE_LOGGING         = "true"
    AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID     = "s3logs"
  }
  database_address = one(scaleway_rdb_instance.airflow.private_network)
  secret_variables = {
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN = "postgresql+psycopg2://${scaleway_rdb_user.airflow.name}:${urlencode(local.secret["database"])}@${local.database_address.ip}:${local.database_address.port}/${scaleway_rdb_database.airflow.name}"
    AIRFLOW__CORE__FERNET_KEY           = local.secret["fernet_key"]
    AIRFLOW__API_AUTH__JWT_SECRET       = local.secret["jwt_secret"]
    AIRFLOW__API__SECRET_KEY            = local.secret["api_secret_key"]
    AIRFLOW_CONN_S3LOGS = jsonencode({
      conn_type = "aws"
      login     = scaleway_iam_api_key.logs.access_key
      password  = scaleway_iam_api_key.logs.secret_key
      extra     = { endpoint_url = "https://s3.fr-par.scw.cloud", region_name = scaleway_object_bucket.logs.region }
    })
  }
}

resource "scaleway_container" "webserver" {
  name                         = "lvao-airflow-webserver"
  namespace_id                 = scaleway_container_namespace.airflow.id
  private_network_id           = scaleway_vpc_private_network.airflow.id
  image                        = terraform_data.image["webserver"].output
  port                         = 8080
  privacy                      = "public"
  protocol                     = "http1"
  https_connections_only       = true
  sandbox                      = "v2"
  timeout                      = 300
  cpu_limit                    = 1000
  memory_limit_bytes           = 2048000000
  local_storage_limit_bytes    = 1000000000
  min_scale                    = 1
  max_scale                    = 1
  tags                         = concat(local.tags, ["webserver"])
  secret_environment_variables = merge(local.secret_variables, { ADMIN_PASSWORD = local.secret["admin"] })
  environment_variables = merge(local.variables, {
    ADMIN_USERNAME                              = "admin"
    AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW = "9"
    AIRFLOW__FAB__COOKIE_SECURE                 = "true"
  })
  startup_probe {
    failure_threshold = 42
    interval          = "10s"
    timeout           = "5s"
    http {
      path = "/api/v2/version"
    }
  }
  liveness_probe {
    failure_threshold = 4
    interval          = "10s"
    timeout           = "5s"
    http {
      path = "/api/v2/version"
    }
  }
}

resource "scaleway_container" "scheduler" {
  name                         = "lvao-airflow-scheduler"
  namespace_id                 = scaleway_container_namespace.airflow.id
  private_network_id           = scaleway_vpc_private_network.airflow.id
  image                        = terraform_data.image["scheduler"].output
  args                         = ["scheduler", "dag-processor", "triggerer"]
  port                         = 8974
  privacy                      = "private"
  protocol                     = "http1"
  https_connections_only       = true
  sandbox                      = "v1"
  timeout                      = 300
  cpu_limit                    = 2000
  memory_limit_bytes           = 4096000000
  local_storage_limit_bytes    = 10000000000
  min_scale                    = 1
  max_scale                    = 1
  tags                         = concat(local.tags, ["scheduler"])
  secret_environment_variables = local.secret_variables
  environment_variables = merge(local.variables, {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL           = "${scaleway_container.webserver.public_endpoint}/execution/"
    AIRFLOW__CORE__PARALLELISM                        = "8"
    AIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW       = "0"
    AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL = "60"
    AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT           = "30"
  })
  startup_probe {
    failure_threshold = 42
    interval          = "10s"
    timeout           = "5s"
    http {
      path = "/health"
    }
  }
  liveness_probe {
    failure_threshold = 4
    interval          = "10s"
    timeout           = "5s"
    http {
      path = "/health"
    }
  }
}
