ARG VERSION=3.20
ARG SUFFIX
FROM --platform=$BUILDPLATFORM alpine:${VERSION}${SUFFIX} AS a
ARG LATER=1
FROM --platform=$[|BUILD_PLATFORM|] alpine:$[|LATER|]
FROM alpine:${[|VERSOIN|]} AS b
FROM alpine:${OTHER:-3.20}
FROM alpine:3${OTHER+.20}
FROM alpine:${[|OTHER|]#3}
FROM alpine:${VERSION:-${[|NONE|]}}
