FROM alpine:3.20
[|MAINTAINER|] Somebody <somebody@example.com>
[|maintainer|] "Some Body"
LABEL maintainer="x"
