ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY answer.pl /
ENTRYPOINT ["perl", "/answer.pl", "8974"]
