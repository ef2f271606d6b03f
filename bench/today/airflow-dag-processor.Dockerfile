ARG BASE_IMAGE=apache/airflow:slim-3.3.2-python3.12

FROM ${BASE_IMAGE} AS python-builder
USER root
RUN apt-get update && \
    apt-get install -y --no-install-recommends libpq-dev python3-dev g++ git
USER 50000:0
# Stands for the copy of uv from its image, and for `uv sync` of a lock file: the same dependencies, as this checkout locks them.
ARG UV_VERSION=0.13.9
RUN python3 -m venv /tmp/uv && /tmp/uv/bin/pip install --quiet --no-cache-dir "uv==${UV_VERSION}"
WORKDIR /opt/airflow
COPY requirements-scheduler.txt requirements.txt
ENV UV_NO_CACHE=1 UV_SYSTEM_CERTS=1
RUN /tmp/uv/bin/uv venv --quiet .venv && VIRTUAL_ENV=/opt/airflow/.venv \
    /tmp/uv/bin/uv pip install --require-hashes --requirement requirements.txt

FROM ${BASE_IMAGE}
USER root
RUN apt-get update
RUN apt-get install -y unzip curl
RUN apt-get install -y nginx
RUN echo 'worker_processes 1; events { worker_connections 1024; } \
    http { server { listen 80 default_server; location / { return 200 "Hello"; } } }' > /etc/nginx/nginx.conf
USER 50000:0
WORKDIR /opt/airflow
ENV VIRTUAL_ENV=/opt/airflow/.venv \
    PYTHONPATH=/opt/airflow/dags \
    PATH="/opt/airflow/.venv/bin:$PATH"
COPY --from=python-builder ${VIRTUAL_ENV} ${VIRTUAL_ENV}
COPY dags /opt/airflow/dags/
COPY today/airflow-dag-processor-start.sh /opt/airflow/airflow-dag-processor-start.sh
RUN mkdir -p /opt/airflow/tmp
RUN chown -R 50000:0 /opt/airflow/tmp
USER 0
RUN touch /run/nginx.pid
RUN chown -R 50000:0 /var/lib/nginx /var/log/nginx /run/nginx.pid
RUN chmod +x /opt/airflow/airflow-dag-processor-start.sh
USER 50000:0
EXPOSE 80
ENTRYPOINT ["/opt/airflow/airflow-dag-processor-start.sh"]
