FROM alpine:3.20
ARG REF
RUN [|git clone https://example.com/shop.git|]
RUN apk add git && [|git clone --depth 1 -b main https://example.com/shop.git /src|] && make
RUN git clone -b v1.2 https://example.com/shop.git
RUN git clone --branch=$REF https://example.com/shop.git
RUN git clone --mirror https://example.com/shop.git
RUN git clone https://example.com/shop.git && cd shop && git checkout 0123abc
RUN git clone https://example.com/shop.git && cd shop && git reset --hard "$REF"
RUN git init && git fetch
