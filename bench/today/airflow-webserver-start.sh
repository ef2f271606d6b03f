#!/bin/bash
set -e
airflow db migrate
airflow users create --role Admin --email admin@example.com --firstname Admin --lastname Admin \
  --username "$_AIRFLOW_WWW_USER_USERNAME" --password "$_AIRFLOW_WWW_USER_PASSWORD" || true
exec airflow api-server
