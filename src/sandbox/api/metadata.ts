import { ok } from "../http/reply";
import { route } from "../http/route";
import { hostOf } from "../instance";
import { releaseOf, revision } from "../options";

export const metadataRoutes = [
  route({
    method: "GET",
    path: "/metadata",
    scopes: "read_user",
    handle({ instance }) {
      const version = releaseOf(instance.version);
      const host = hostOf(instance);
      return ok({
        version: `${version}-ee`,
        revision,
        kas: {
          enabled: true,
          externalUrl: `ws://${host}/-/kubernetes-agent/`,
          externalK8sProxyUrl: `http://${host}/-/kubernetes-agent/k8s-proxy/`,
          version,
        },
        enterprise: true,
      });
    },
  }),
  route({
    method: "GET",
    path: "/version",
    scopes: "read_user",
    handle: ({ instance }) => ok({ version: `${releaseOf(instance.version)}-ee`, revision }),
  }),
];
