FROM alpine:3.20
COPY [|--from=registry.example.com/tools:latest|] /bin/tool /bin/tool
COPY [|--from=tools:latest|] /bin/tool /bin/tool
COPY [|--from=registry.example.com/tools|] /bin/tool /bin/tool
COPY --from=registry.example.com/tools:1.2 /bin/tool /bin/tool
COPY --from=tools /bin/tool /bin/tool
COPY --from=0 /bin/tool /bin/tool
