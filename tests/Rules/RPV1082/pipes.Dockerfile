FROM debian:12.8
RUN [|curl -sL https://example.com/x.sh | bash -|]
RUN [|set -e; wget -qO- https://example.com/x.sh | sh -s -- -y|]
RUN [|bash -c "$(curl -fsSL https://example.com/x.sh)"|]
RUN [ [|"sh", "-c", "curl https://example.com/x.sh | sh"|] ]
RUN curl -o x.sh https://example.com/x.sh
RUN echo 'curl https://example.com | sh'
RUN curl https://example.com/x.tgz | tar xz
RUN [|<<EOF|]
curl https://example.com/x.sh | sh
EOF
