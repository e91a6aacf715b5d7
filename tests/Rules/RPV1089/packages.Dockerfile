FROM debian:12.8
RUN [|apt-get install -y curl wget=1.21|]
RUN apt-get install -y curl=7.1 ./local.deb
RUN [|apk add --no-cache --virtual .build gcc|]
RUN apk add gcc~=13 --repository edge
RUN [|pip install flask|]
RUN pip install flask==3.0 -r requirements.txt .
RUN [|gem install bundler|]
RUN gem install bundler -v 2.5
RUN apt-get update
RUN apt-get install -y $PACKAGES
