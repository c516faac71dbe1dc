# The command line in a small image, for CI systems that run containers. Nothing in it is native, so that Alpine will do.
#   docker build -t escapement .
#   docker run --rm -v "$PWD:/src:ro" escapement review ./...
# --fix writes: leave out `:ro` and add --user "$(id -u):$(id -g)".
FROM node:22-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && node scripts/release.mjs /release

FROM node:22-alpine
# git, for --new-from-*; the sources that are mounted belong to somebody else.
# hadolint ignore=DL3018
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /release /usr/local/lib/escapement
RUN ln -s ../lib/escapement/dist/escapement.js /usr/local/bin/escapement
# Nothing is kept in a container that ends with its review.
ENV ESCAPEMENT_CACHE=off
USER node
WORKDIR /src
ENTRYPOINT ["escapement"]
CMD ["review", "./..."]
