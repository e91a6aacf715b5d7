FROM alpine:3.20 AS a
FROM alpine:3.20 AS b
FROM alpine:3.20 AS [|A|]
FROM alpine:3.20
FROM alpine:3.20 AS [|b|]
