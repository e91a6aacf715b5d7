FROM alpine:3.20
ADD [|https://example.com/a-1.2.tar.gz|] [|HTTP://example.com/b2.tar.gz|] local.txt /opt/
ADD --chown=1:1 [|https://example.com/c-1.tar.gz|] /opt/
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tar.gz /opt/
