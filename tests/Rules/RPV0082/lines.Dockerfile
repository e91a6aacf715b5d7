ARG A=1 \
[|
|]    B=2
FROM alpine:3.20
RUN a \
  # a comment is no empty line
  b \
[|   |]
  c

RUN d
