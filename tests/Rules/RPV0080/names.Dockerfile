FROM alpine:3.20 AS [|Build|]
FROM alpine:3.20 AS build-2
FROM alpine:3.20 as [|b.C_d|]
FROM alpine:3.20
