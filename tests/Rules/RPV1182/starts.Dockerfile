FROM debian:12.8
CMD [ [|"/usr/bin/supervisord", "-n"|] ]
FROM debian:12.8
CMD [|service ssh start && nginx -g 'daemon off;'|]
FROM debian:12.8
CMD [|service a start; service b start|]
FROM debian:12.8
CMD service nginx start
FROM debian:12.8
ENTRYPOINT mkdir -p /run/x && service nginx start
FROM debian:12.8
RUN service mysql start && mysql -e x
ENTRYPOINT [ [|"sh", "-c", "/etc/init.d/cron start; exec /shop"|] ]
FROM debian:12.8
CMD ["nginx", "supervisord"]
