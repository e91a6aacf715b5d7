FROM debian:12.8
RUN x
