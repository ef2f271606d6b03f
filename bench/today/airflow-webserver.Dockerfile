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
USER 50000
ENV VIRTUAL_ENV=/opt/airflow/.venv \
    PATH="/opt/airflow/.venv/bin:$PATH" \
    PYTHONPATH=/opt/airflow/dags \
    PORT=8080
COPY --from=python-builder ${VIRTUAL_ENV} ${VIRTUAL_ENV}
WORKDIR /opt/airflow
COPY dags /opt/airflow/dags
COPY today/airflow-webserver-start.sh /opt/airflow/airflow-webserver-start.sh
USER root
RUN chmod +x /opt/airflow/airflow-webserver-start.sh
USER 50000
EXPOSE 8080
ENTRYPOINT ["/opt/airflow/airflow-webserver-start.sh"]
