FROM [|debian:12.8|]
CMD ["/shop"]
