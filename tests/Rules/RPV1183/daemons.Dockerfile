FROM debian:12.8 AS tools
RUN apt-get install -y openssh-server
FROM debian:12.8 AS base
RUN [|apt install -y dropbear|]
FROM base
RUN [|apt-get install -y curl openssh-server|]
RUN apt-get install -y openssh-client
RUN apt-get remove openssh-server
RUN [|apk add dropbear|]
RUN [|yum install -y openssh-server=8|]
RUN /usr/sbin/sshd -t
CMD [ [|"/usr/sbin/sshd", "-D"|] ]
ENTRYPOINT [|service ssh start; /shop|]
