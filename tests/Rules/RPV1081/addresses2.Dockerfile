FROM alpine:3.20
ADD https://api.example.com/repos/shop/shop/git/refs/heads/main /.ref
ADD [|https://example.com/shop/main/a.sh|] /a.sh
ADD https://example.com/newest/setup.exe /setup.exe
ADD [|https://example.com/$VERSION/setup.exe|] /setup.exe
