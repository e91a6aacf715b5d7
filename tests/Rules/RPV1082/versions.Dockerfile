FROM debian:12.8
ARG VERSION
RUN curl -sL https://example.com/v1.2.0/x.sh | bash -
RUN curl -sL https://example.com/$VERSION/x.sh | bash -
RUN [|curl -sL https://example.com/main/x1.sh | bash -|]
RUN [|curl -sL https://ex4mple.com/x.sh | bash -|]
RUN curl -o /usr/bin/x https://example.com/x | bash
RUN [|curl -o- https://example.com/x.sh | bash|]
RUN [|curl -o - https://example.com/x.sh | bash|]
RUN [|wget -O - https://example.com/x.sh | bash|]
RUN wget -O x.sh https://example.com/x.sh | bash
RUN curl -O https://example.com/x.sh | bash
RUN [|wget -O- https://example.com/x.sh | bash && curl -O https://example.com/a|]
