FROM debian:12.8
ARG VERSION
RUN [|curl -LO https://example.com/shop/archive/main.tar.gz|] && tar xf main.tar.gz
RUN [|wget -q https://example.com/shop/archive/master.zip|]
RUN apt-get update && [|wget -q "https://example.com/releases/latest/download/a_linux_amd64.tgz" -O /tmp/a|]
RUN wget https://example.com/debian/pool/main/r/runit/runit_2.1.2.orig.tar.gz
RUN wget https://example.com/debian/pool/main/r/runit/runit_$VERSION.tar.gz
RUN wget https://example.com/a/v1.2/a.tgz
RUN wget https://example.com/maintained/a.tgz?ref=main
RUN wget https://latest/a.tgz
RUN curl -sL https://example.com/main/x.sh | bash
RUN [ [|"curl", "-O", "https://example.com/HEAD/a"|] ]
RUN echo https://example.com/main/x
