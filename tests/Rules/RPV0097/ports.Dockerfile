FROM alpine:3.20
EXPOSE 80 80/tcp [|81/TCP|] [|53/Udp|] $PORT/TCP
