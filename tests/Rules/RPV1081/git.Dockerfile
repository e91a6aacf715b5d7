FROM alpine:3.20
ADD [|https://example.com/shop.git|] /src
ADD [|https://example.com/shop.git#main:docs|] /src
ADD [|git@example.com:shop.git#v1.4|] /src
ADD https://example.com/shop.git#0123456789abcdef0123456789abcdef01234567:docs /src
ADD [|https://example.com/shop.git#0123456789abcdef0123456789abcdef0123456|] /src
