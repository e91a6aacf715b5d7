FROM node:22.11.0-slim
RUN npm ci
ENTRYPOINT ["npm", "start"]
CMD ["--port", "80"]
