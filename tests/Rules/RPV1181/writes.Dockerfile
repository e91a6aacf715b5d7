FROM alpine:3.20
RUN mkdir /data
VOLUME /data /var/log/
WORKDIR /data
COPY a [|/data/a|]
COPY a /database/
COPY a [|b/|]
ADD a [|.|]
RUN [|mkdir -p /data/x|] && cp /data/x /y
RUN [|chown app /var/log|]; cat /data/x
RUN [|cp /y /data/x|]
WORKDIR /
COPY a data2
COPY a [|data|]
