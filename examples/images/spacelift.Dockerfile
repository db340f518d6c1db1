# docker build --file examples/images/spacelift.Dockerfile --build-context release=release .
ARG BASE=public.ecr.aws/spacelift/runner-terraform:latest
FROM ${BASE}
USER root
COPY --from=release mirror /opt/glsa/mirror
COPY examples/images/engine.tfrc /etc/glsa/engine.tfrc
ENV TF_CLI_CONFIG_FILE=/etc/glsa/engine.tfrc
USER spacelift
