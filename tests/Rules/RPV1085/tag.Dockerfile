# syntax=[|docker/dockerfile:1.7-labs|]
# escape=\
FROM alpine:3.20
FROM alpine:3.20
