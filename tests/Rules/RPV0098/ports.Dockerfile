FROM alpine:3.20
EXPOSE 80 [|8080:80|] [|127.0.0.1:80:80/tcp|]
