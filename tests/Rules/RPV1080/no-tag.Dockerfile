FROM [|registry.example.com:5000/shop/base|]
RUN make
