#!/bin/sh
# Makes the namespace and the search attributes where they are missing. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE come from the environment.
set -eu
tries=0
until temporal operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS did not become healthy" >&2
    exit 1
  fi
  sleep 2
done
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
# A new namespace is known to every part of the server within some seconds.
tries=0
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name BookingStatus --type Keyword --name BookingChannel --type Keyword --name BookingResult --type Keyword; do
  tries=$((tries + 1))
  if [ "$tries" -ge 15 ]; then exit 1; fi
  sleep 2
done
