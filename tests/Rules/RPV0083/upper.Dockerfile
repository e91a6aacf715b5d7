arg X
FROM alpine:3.20
[|run|] a
[|Run|] b
RUN c
RUN d
