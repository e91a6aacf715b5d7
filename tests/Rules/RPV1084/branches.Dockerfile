FROM alpine:3.20
RUN [|git clone https://example.com/shop.git /src|]
WORKDIR /src
RUN git checkout develop
