# docker build --file examples/images/tofu-controller.Dockerfile --build-context release=release .
ARG BASE=ghcr.io/flux-iac/tf-runner:v0.16.0-rc.5
FROM ${BASE}
USER root
COPY --from=release mirror /opt/glsa/mirror
COPY examples/images/engine.tfrc /etc/glsa/engine.tfrc
ENV TF_CLI_CONFIG_FILE=/etc/glsa/engine.tfrc
USER 65532
