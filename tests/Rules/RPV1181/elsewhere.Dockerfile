FROM alpine:3.20 AS a
VOLUME ["/data"]
FROM alpine:3.20
COPY a /data/
VOLUME $WHERE
COPY a /data/
