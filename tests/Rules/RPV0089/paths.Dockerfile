FROM alpine:3.20 AS a
WORKDIR [|app|]
WORKDIR more
FROM alpine:3.20 AS b
WORKDIR /app
WORKDIR more
FROM b
WORKDIR more
FROM mcr.example.com/windows:1
WORKDIR c:/app
FROM alpine:3.20
ARG DIR=app
ENV HOME=/root
ARG OTHER
WORKDIR $OTHER
FROM alpine:3.20
ARG DIR=app
WORKDIR [|$DIR/x|]
