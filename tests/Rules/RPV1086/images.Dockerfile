FROM alpine:3.20 AS build
FROM alpine:3.20
COPY --from=build /a /a
COPY --from=0 /a /a
COPY --from=tools /a /a
COPY --from=[|tools:1|] /a /a
COPY --chown=1 --from=[|ghcr.io/a/b|] /a /a
COPY --from=ghcr.io/a/b@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d /a /a
RUN --mount=type=bind,from=[|ghcr.io/a/b:1|],target=/x ls /x
RUN --mount=from=build,target=/x ls /x
