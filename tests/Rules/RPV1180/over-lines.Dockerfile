FROM alpine:3.20
CMD [|set -e; \
    # the day's packages
    apt-get \
      install -y curl; \
    /shop|]
