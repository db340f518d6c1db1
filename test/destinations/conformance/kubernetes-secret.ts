import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { place } from "../../../src/destinations/kubernetes-secret/implementation";
import { kubernetesSecret } from "../../../src/destinations/kubernetes-secret/record";
import { TestKubeApi } from "../../support/kube-api";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

interface Found {
  readonly data?: Readonly<Record<string, string>>;
  readonly metadata: { readonly labels?: object; readonly annotations?: object };
}

/** A cluster, as the tests use it past the destination. */
interface Cluster {
  readonly url: string;
  readonly rootToken: string;
  tokenFor(...verbs: readonly string[]): string | Promise<string>;
  close(): Promise<void>;
}

const ALL = ["get", "create", "patch", "delete"];

/** A kubeconfig of one context for each login. */
export function kubeconfig(server: string, tokens: Readonly<Record<string, string>>, cluster = {}) {
  const names = Object.keys(tokens);
  return JSON.stringify({
    "current-context": names[0],
    clusters: [{ name: "test", cluster: { server, ...cluster } }],
    contexts: names.map((name) => ({ name, context: { cluster: "test", user: name } })),
    users: names.map((name) => ({ name, user: { token: tokens[name] } })),
  });
}

/** As another client of the API server. */
export function secretsOf({ url, rootToken }: Pick<Cluster, "url" | "rootToken">) {
  const at = (name: string) => `${url}/api/v1/namespaces/default/secrets/${name}`;
  const headers = { authorization: `Bearer ${rootToken}` };
  return {
    async read(name: string): Promise<Found | undefined> {
      const response = await fetch(at(name), { headers });
      return response.ok ? ((await response.json()) as Found) : undefined;
    },
    async write(name: string, data: Readonly<Record<string, string | null>>, more: object = {}) {
      const encoded = Object.entries(data).map(([key, text]) => [
        key,
        text === null ? null : Buffer.from(text).toString("base64"),
      ]);
      const isThere = (await fetch(at(name), { headers })).ok;
      const kind = isThere ? "merge-patch+json" : "apply-patch+yaml";
      const metadata = { name, namespace: "default" };
      const response = await fetch(
        `${at(name)}?fieldManager=kubectl&force=${String(!isThere)}`.replace("&force=false", ""),
        {
          method: "PATCH",
          headers: { ...headers, "content-type": `application/${kind}` },
          body: JSON.stringify({
            apiVersion: "v1",
            kind: "Secret",
            metadata,
            data: Object.fromEntries(encoded) as object,
            ...more,
          }),
        },
      );
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    },
  };
}

export const kubernetesSecretUnderTest: Conforming = {
  async start() {
    const cluster: Cluster = await TestKubeApi.start();
    const { checkpoint, gate } = await gateBefore(cluster.url);
    const secrets = secretsOf(cluster);
    const folder = mkdtempSync(join(tmpdir(), "glsa-kube-"));
    const configPath = join(folder, "config");
    const without = (verb: string) => cluster.tokenFor(...ALL.filter((each) => each !== verb));
    const tokens = {
      all: await cluster.tokenFor(...ALL),
      "no-get": await without("get"),
      "no-create": await without("create"),
      "no-patch": await without("patch"),
      unknown: "nobody",
    };
    writeFileSync(configPath, kubeconfig(gate.url, tokens));
    let context: keyof typeof tokens = "all";
    const written = (name: string) => ({ namespace: "default", name, config_path: configPath });
    const deny = (login: keyof typeof tokens) => () => void (context = login);
    return {
      checkpoint,
      place: (name, more = {}) =>
        place(settingsOf(kubernetesSecret, { ...written(name), context, ...more })),
      respelled: (name) => place(settingsOf(kubernetesSecret, { ...written(name), key: "token" })),
      held: async (name) => {
        const value = (await secrets.read(name))?.data?.["token"];
        return value === undefined ? undefined : Buffer.from(value, "base64").toString();
      },
      write: (name, value) => secrets.write(name, { token: value }),
      neighbours: async (name) => {
        const { data = {}, metadata } = (await secrets.read(name)) ?? { metadata: {} };
        const others = Object.entries(data).filter(([key]) => key !== "token");
        return [others, metadata.labels ?? {}];
      },
      denials: {
        "no right to get": deny("no-get"),
        "no right to create": deny("no-create"),
        "no right to patch": deny("no-patch"),
        "a login that the cluster does not know": deny("unknown"),
      },
      allow: () => void (context = "all"),
      close: async () => {
        rmSync(folder, { recursive: true });
        await gate.close();
        await cluster.close();
      },
    };
  },
};
