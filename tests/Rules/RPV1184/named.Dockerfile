FROM debian:12.8 AS a
USER app
FROM a
RUN x
