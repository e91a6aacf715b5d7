FROM alpine:3.20
RUN apk add curl
ENTRYPOINT [|apk add --no-cache curl && exec /shop|]
CMD [ [|"sh", "-c", "npm ci && node ."|] ]
HEALTHCHECK CMD curl -f http://localhost/
