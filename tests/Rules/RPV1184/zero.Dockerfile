FROM debian:12.8
USER app
RUN x
USER [|0:0|]
