# The API, the bridge and the worker in one image; the command says which. Types are stripped at run time: nothing is built but the workflows' bundle and the operators' web page.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed at run time.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# The workflows are bundled here, once, so that no worker has to: its user could keep nothing in this folder.
COPY . .
ENV VOCERO_CACHE_DIR=/app/.cache
RUN node scripts/build-workflows.ts

# The web page is bundled with development packages, which stay behind.
FROM node:24.21.0-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build-console.ts

FROM node:24.21.0-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /data
WORKDIR /app
# The middle two as processes/vocero.mjs sets them: glibc gives back what it does not need.
ENV NODE_ENV=production DATA_DIR=/data MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072 VOCERO_CACHE_DIR=/app/.cache
COPY --from=packages /app/node_modules node_modules
COPY . .
COPY --from=console /app/console/dist console/dist
COPY --from=packages /app/.cache/workflows .cache/workflows
# Another user runs this than the one who checked the sources out, perhaps with files that nobody else may read.
RUN find . -path ./node_modules -prune -o \( -type d ! -perm -005 -o -type f ! -perm -004 \) -exec chmod a+rX {} +
# `vocero` on the command line: docker compose run --rm vocero doctor.
RUN ln --symbolic /app/processes/vocero.mjs /usr/local/bin/vocero && chmod a+x processes/vocero.mjs
USER node
EXPOSE 3000
VOLUME /data
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "processes/api.ts"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
  CMD ["node", "scripts/healthcheck.mjs", "http://127.0.0.1:3000/healthz"]
