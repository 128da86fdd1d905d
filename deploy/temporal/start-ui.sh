#!/bin/sh
# Starts Temporal's web page on loopback of the API's own network namespace: it answers everybody who reaches it, and only the API
# does, which shows it to signed-in operators. TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and TEMPORAL_CODEC_ENDPOINT come from the environment.
set -eu
folder=$(mktemp -d)
cat >"$folder/behind-the-api.yaml" <<EOF
host: 127.0.0.1
port: 8080
temporalGrpcAddress: "$TEMPORAL_ADDRESS"
defaultNamespace: "$TEMPORAL_NAMESPACE"
enableUi: true
hideLogs: true
cors:
  # The API sends its requests over plain HTTP, inside this namespace.
  cookieInsecure: true
codec:
  endpoint: "${TEMPORAL_CODEC_ENDPOINT:-}"
EOF
cd /home/ui-server
exec ./ui-server --root / --config "${folder#/}" --env behind-the-api start
