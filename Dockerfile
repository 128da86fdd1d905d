# The API, the bridge and the worker in one image; the command says which. Types are stripped at run time: nothing is built but the operators' web page.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed at run time.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

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
ENV NODE_ENV=production DATA_DIR=/data
COPY --from=packages /app/node_modules node_modules
COPY . .
COPY --from=console /app/console/dist console/dist
USER node
EXPOSE 3000
VOLUME /data
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "api/main.ts"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=5 \
  CMD ["node", "scripts/healthcheck.mjs", "http://127.0.0.1:3000/healthz"]
