FROM alpine:3.20
ADD a.tar.gz b.git /opt/
COPY https://example.com/a /opt/
ADD https://example.com/only-where-to
