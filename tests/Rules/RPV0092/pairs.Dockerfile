FROM alpine:3.20
ENV [|A|] b c=d
ENV A=b
LABEL [|a|] "b"
label a=b c=d
ARG A
