#!/bin/sh
# Makes the database cluster at the first start, then runs the server with the arguments given.
set -eu
umask 077
export PATH=/usr/local/pgsql/bin:$PATH

printf '%s' "$TLS_CERTIFICATE" > /tmp/server.crt
printf '%s' "$TLS_KEY" > /tmp/server.key
unset TLS_CERTIFICATE TLS_KEY

cluster=/data/cluster
if [ ! -d "$cluster" ]; then
  rm -rf "$cluster.new"
  initdb --pgdata="$cluster.new" --username=_rdb_superadmin --encoding=UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=scram-sha-256
  mv "$cluster.new" "$cluster"
fi

exec postgres -D "$cluster" \
  -c listen_addresses='*' \
  -c unix_socket_directories=/control \
  -c unix_socket_permissions=0777 \
  -c hba_file=/control/pg_hba.conf \
  -c ssl=on -c ssl_cert_file=/tmp/server.crt -c ssl_key_file=/tmp/server.key \
  "$@"
