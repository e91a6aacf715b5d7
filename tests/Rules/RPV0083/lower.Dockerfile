from alpine:3.20
run a
[|RUN|] b
run c
