FROM alpine:3.20 [|as|] a
FROM alpine:3.20 AS b
from alpine:3.20 as c
from alpine:3.20 [|AS|] d
FROM alpine:3.20 [|As|] e
From alpine:3.20 as f
FROM alpine:3.20
