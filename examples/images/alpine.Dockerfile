# docker build --file examples/images/alpine.Dockerfile --build-context release=release .
ARG TOFU=1.12
FROM ghcr.io/opentofu/opentofu:${TOFU}-minimal AS tofu
FROM node:22-alpine
COPY --from=tofu /usr/local/bin/tofu /usr/local/bin/tofu
COPY --from=release mirror /opt/glsa/mirror
COPY examples/images/engine.tfrc /etc/glsa/engine.tfrc
ENV TF_CLI_CONFIG_FILE=/etc/glsa/engine.tfrc
# The command: review, rotate, audit. The provider is the executable in the mirror, of the same version.
ARG GLSA
RUN npm install --global "glsa@${GLSA:?name the version}" && npm cache clean --force
USER node
