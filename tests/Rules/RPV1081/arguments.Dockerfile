FROM alpine:3.20
ARG VERSION
ADD https://example.com/shop.git#${VERSION} /src
ADD [|https://$HOST/shop.git|] /src
