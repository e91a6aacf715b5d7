FROM alpine:3.20 AS a
ENTRYPOINT [|exec /shop|]
CMD ["/shop"]
RUN /shop
FROM alpine:3.20 AS b
CMD [|/shop|]
SHELL ["/bin/bash", "-c"]
ENTRYPOINT /shop
FROM b
CMD /shop
FROM a
CMD [|[/shop]|]
