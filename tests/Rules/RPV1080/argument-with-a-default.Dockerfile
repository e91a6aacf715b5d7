ARG VERSION=latest
ARG BASE
ARG WHOLE=alpine:latest
FROM [|docker.io/library/alpine:${VERSION}|] AS one
FROM [|alpine:$VERSION|] AS two
FROM alpine:${OTHER:-3.20} AS three
FROM ${BASE:-alpine:3.20} AS four
FROM ${BASE} AS five
FROM alpine:${BASE:+x} AS six
FROM ${WHOLE} AS seven
FROM $WHOLE AS eight
FROM [|${WHOLE:-alpine}|] AS nine
