# A file


ARG A
[|# something|]
ARG B=1
# C is the third
ARG C
# D or E
ARG E D
[|# the stage|]
FROM alpine:3.20 AS shop
# unnamed
FROM alpine:3.20
# shop
FROM alpine:3.20 AS shop
