ARG BASE_IMAGE=apache/airflow:slim-3.3.2-python3.12

FROM ${BASE_IMAGE} AS uv
ARG UV_VERSION=0.13.9
RUN --mount=type=cache,target=/tmp/.cache,uid=50000 \
    python -m venv /tmp/uv && /tmp/uv/bin/pip install --quiet "uv==${UV_VERSION}"

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Airflow scheduler" \
      org.opencontainers.image.description="Airflow's scheduler, DAG processor and triggerer, with the DAGs" \
      org.opencontainers.image.licenses="Apache-2.0"

# The webserver's layer, step for step, so that there is one for both images.
COPY requirements-webserver.txt requirements.txt
# Compiled here (80 MB more), Airflow starts in half the time on one CPU. What cannot be compiled runs all the same.
RUN --mount=type=cache,target=/tmp/.cache,uid=50000 \
    --mount=type=bind,from=uv,source=/tmp/uv/bin,target=/mnt \
    UV_LINK_MODE=copy UV_SYSTEM_CERTS=true \
    /mnt/uv pip install --require-hashes --requirement requirements.txt \
    && (python -m compileall -qq -j 0 "${VIRTUAL_ENV}/lib" || true)

# What the DAGs import besides.
COPY requirements-scheduler.txt requirements.txt
RUN --mount=type=cache,target=/tmp/.cache,uid=50000 \
    --mount=type=bind,from=uv,source=/tmp/uv/bin,target=/mnt \
    UV_LINK_MODE=copy UV_SYSTEM_CERTS=true \
    /mnt/uv pip install --require-hashes --requirement requirements.txt \
    && (python -m compileall -qq -j 0 "${VIRTUAL_ENV}/lib" || true)

# The base's entry point would spend one more start of Airflow on a check that start/ makes itself.
ENV CONNECTION_CHECK_MAX_COUNT=0 \
    AIRFLOW__CORE__HOSTNAME_CALLABLE=socket.gethostname

COPY --chown=50000:0 config /opt/airflow/config
COPY --chown=50000:0 start /opt/airflow/start
COPY --chown=50000:0 dags /opt/airflow/dags

EXPOSE 8974
ENTRYPOINT ["/usr/bin/dumb-init", "--", "/entrypoint", "python", "/opt/airflow/start/scheduler.py"]
CMD ["scheduler", "dag-processor", "triggerer"]
