FROM alpine:3.20
ADD [|https://example.com/newest/setup.exe|] local /opt/
ADD https://example.com/v1/setup.exe /setup.exe
ADD https://example.com/main/setup.exe /setup.exe
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tgz /a
ADD https://example.com/only-where-to
