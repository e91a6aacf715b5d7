FROM [|golang|] AS Build
RUN go build -o /shop .
FROM build AS test
RUN /shop --self-test
FROM scratch
COPY --from=build /shop /shop
