# One image for every process of the product; the command says which. The build needs BuildKit, Docker's default since 23.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install script here: what is native comes as a prebuilt package for this system.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build && npm run graphiql
# The image has a Node of its own, so the one that npm brings along need not go with it.
RUN npm prune --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-bookworm-slim
# NODE_ENV=production also keeps query plans out of the gateway's answers.
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/schema ./schema
# A volume that is mounted here for the first time takes over this owner.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4000
# Every process answers here on its own PORT; those that run to an end (migrate, demo) have no use for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/bin/all.js"]
