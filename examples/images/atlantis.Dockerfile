# docker build --file examples/images/atlantis.Dockerfile --build-context release=release .
ARG BASE=ghcr.io/runatlantis/atlantis:v0.35.0
FROM ${BASE}
USER root
COPY --from=release mirror /opt/glsa/mirror
COPY examples/images/engine.tfrc /etc/glsa/engine.tfrc
ENV TF_CLI_CONFIG_FILE=/etc/glsa/engine.tfrc
USER atlantis
