FROM debian:12.8
ARG VERSION=1
RUN [|curl -LO https://example.com/a.tgz|] && tar xf a.tgz
RUN apt-get update && [|wget -q "https://example.com/a-${VERSION}.tgz" -O /tmp/a|]
RUN wget https://example.com/a.tgz && echo "x  a.tgz" | sha256sum -c
RUN wget https://example.com/a.tgz https://example.com/a.tgz.asc && gpg --batch --verify a.tgz.asc a.tgz
RUN curl --head https://example.com/a
RUN curl -o /dev/null https://example.com/a
RUN curl http://localhost:80/
RUN curl --version
RUN curl -sL https://example.com/x.sh | bash
ARG GIT_COMMIT
RUN wget -O a.tgz "https://example.com/archive/$GIT_COMMIT.tar.gz"
RUN curl -LO https://example.com/archive/0123456789abcdef0123456789abcdef01234567.tar.gz
RUN [ [|"curl", "-O", "https://example.com/a"|] ]
RUN curl -LO https://example.com/archive/main.tar.gz
