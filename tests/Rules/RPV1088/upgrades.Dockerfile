FROM debian:12.8
RUN apt-get update && [|apt-get upgrade -y|] && apt-get install -y curl
RUN [|apt-get -qq dist-upgrade|]
RUN [|apk --no-cache upgrade|]
RUN apk upgrade openssl
RUN [|yum -y update|]; yum clean all
RUN yum update openssl -y
RUN [|zypper -n up|] || true
RUN [|pacman -Syu --noconfirm|]
RUN pacman -Sy curl
RUN apt update; echo apt upgrade
RUN pip install --upgrade pip
