import "../support/quick-pauses";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Destination } from "../../src/destinations/destination";
import type { DeliveryError } from "../../src/destinations/errors";
import { KubernetesSecret } from "../../src/destinations/kubernetes-secret/implementation";
import { kubernetesSecret } from "../../src/destinations/kubernetes-secret/record";
import type { Written } from "../../src/destinations/record";
import { TestKubeApi } from "../support/kube-api";
import { kubeconfig, secretsOf } from "./conformance/kubernetes-secret";
import { AGAIN, deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

let cluster: TestKubeApi;
let folder: string;
let secrets: ReturnType<typeof secretsOf>;

beforeAll(async () => {
  cluster = await TestKubeApi.start();
  secrets = secretsOf(cluster);
  folder = mkdtempSync(join(tmpdir(), "glsa-kube-"));
  writeFileSync(file("config"), kubeconfig(cluster.url, { root: cluster.rootToken }));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cluster.close();
});

const file = (name: string) => join(folder, name);

let names = 0;
const fresh = () => `secret-${++names}`;

function place(name: string, written: Written = {}, environment: NodeJS.ProcessEnv = {}) {
  const settings = { namespace: "default", name, ...written };
  const env = { PATH: process.env["PATH"], KUBECONFIG: file("config"), ...environment };
  return new KubernetesSecret(settingsOf(kubernetesSecret, settings), env);
}

async function deliver(destination: Destination, written: Written = {}) {
  const value = newValue(written);
  await destination.check(FIRST);
  await destination.deliver(value);
  return value;
}

async function refusalOf(destination: Destination, claim = FIRST): Promise<DeliveryError> {
  const failure: unknown = await destination.check(claim).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure === undefined) throw new Error("nothing was refused");
  return failure as DeliveryError;
}

async function dataOf(name: string): Promise<Record<string, string>> {
  const { data = {} } = (await secrets.read(name)) ?? {};
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    Buffer.from(value, "base64").toString(),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

test("a pull secret is one that the API server takes for one", async () => {
  const name = fresh();
  const settings = { format: "dockerconfigjson" };
  const value = await deliver(place(name, settings), settings);
  expect(await secrets.read(name)).toMatchObject({ type: "kubernetes.io/dockerconfigjson" });
  expect(await dataOf(name)).toEqual({ ".dockerconfigjson": value.value });
});

test.each([
  ["basic_auth", "kubernetes.io/basic-auth", ["password", "username"]],
  ["flux_basic_auth", "Opaque", ["password", "username"]],
  ["argocd_repository", "Opaque", ["password", "type", "url", "username"]],
  ["netrc", "Opaque", ["token"]],
])("format %s makes a Secret of type %s", async (format, type, keys) => {
  const name = fresh();
  const labels = { "argocd.argoproj.io/secret-type": "repository" };
  await deliver(place(name, { format, labels }), { format });
  expect(await secrets.read(name)).toMatchObject({ type, metadata: { labels } });
  expect(Object.keys(await dataOf(name)).sort()).toEqual(keys);
});

test("another type and an immutable Secret are refused with what to write", async () => {
  const name = fresh();
  await secrets.write(name, { theirs: "x" });
  const refusal = await refusalOf(place(name, { format: "basic_auth" }));
  expect(refusal.message).toContain("of type Opaque, not kubernetes.io/basic-auth");
  expect(refusal.remedy).toContain('Write type = "Opaque"');
  expect(refusal.isLocal).toBe(false);
  await place(name, { format: "basic_auth", type: "Opaque" }).check(FIRST);
  await secrets.write(name, {}, { immutable: true });
  expect((await refusalOf(place(name))).message).toContain("immutable");
});

test("deliveries to several keys of one Secret leave each other alone", async () => {
  const name = fresh();
  await secrets.write(name, { theirs: "stays" });
  const [one, other] = [place(name, { key: "one" }), place(name, { key: "other" })];
  const [first, second] = [await deliver(one), await deliver(other)];
  const again = newValue();
  await one.check(AGAIN);
  await one.deliver(again);
  expect(await dataOf(name)).toEqual({ theirs: "stays", one: again.value, other: second.value });
  await one.remove(deliveredBy(first));
  await one.remove(deliveredBy(again));
  expect(await dataOf(name)).toEqual({ theirs: "stays", other: second.value });
  await other.remove(deliveredBy(second));
  expect(await dataOf(name)).toEqual({ theirs: "stays" });
  const { metadata } = (await secrets.read(name)) ?? {};
  expect(metadata?.annotations).toEqual({});
});

test("a Secret goes with its last key if a delivery made it, also where deleting is not allowed", async () => {
  const [made, limited] = [fresh(), fresh()];
  const value = await deliver(place(made));
  await place(made).remove(deliveredBy(value));
  expect(await secrets.read(made)).toBeUndefined();
  const token = cluster.tokenFor("get", "create", "patch");
  writeFileSync(file("limited"), kubeconfig(cluster.url, { limited: token }));
  const destination = place(limited, { config_path: file("limited") });
  await destination.remove(deliveredBy(await deliver(destination)));
  expect(await dataOf(limited)).toEqual({});
});

test("labels that were changed by hand are seen, and put right without touching the value", async () => {
  const name = fresh();
  const destination = place(name, { labels: { app: "shop", tier: "web" } });
  const value = await deliver(destination);
  await secrets.write(name, {}, { metadata: { labels: { app: "other", theirs: "stays" } } });
  expect(await destination.observe(deliveredBy(value))).toEqual({
    kind: "settings_changed",
    settings: { labels: { app: "other", tier: "web" } },
  });
  await destination.applySettings();
  expect(await destination.observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
  expect(await dataOf(name)).toEqual({ token: value.value });
  await place(name, { labels: { app: "shop" } }).applySettings();
  const { metadata } = (await secrets.read(name)) ?? {};
  expect(metadata?.labels).toEqual({ app: "shop", theirs: "stays" });
});

test("a namespace that is not there is told as that, and may come with the same apply", async () => {
  const refusal = await refusalOf(place(fresh(), { namespace: "missing" }));
  expect(refusal).toMatchObject({ isLocal: true, remedy: "Make the namespace missing first." });
  cluster.addNamespace("missing");
  await place(fresh(), { namespace: "missing" }).check(FIRST);
});

test("a denied verb is named with the object and the role to give", async () => {
  writeFileSync(file("reader"), kubeconfig(cluster.url, { reader: cluster.tokenFor("get") }));
  const refusal = await refusalOf(place("denied", { config_path: file("reader") }));
  expect(refusal.message).toContain("patch of secret default/denied (dry run): 403");
  expect(refusal.remedy).toContain('the verb "patch"');
});

describe("the kubeconfig", () => {
  const config = (user: object, more: object = {}) => {
    const content = JSON.parse(kubeconfig(cluster.url, { root: "wrong" })) as Record<
      string,
      unknown
    >;
    writeFileSync(
      file("own"),
      JSON.stringify({ ...content, users: [{ name: "root", user }], ...more }),
    );
    return { config_path: file("own") };
  };
  const check = (written: Written, environment: NodeJS.ProcessEnv = {}) =>
    place(fresh(), written, environment).check(FIRST);

  test("logs in by a token's file, with a path that begins at the kubeconfig", async () => {
    writeFileSync(file("token"), `${cluster.rootToken}\n`);
    await check(config({ tokenFile: "token" }));
  });

  test("logs in by a plugin, which is told what it asks for and is run once", async () => {
    const credential = { kind: "ExecCredential", status: { token: cluster.rootToken } };
    writeFileSync(file("credential"), JSON.stringify(credential));
    const script = `#!/bin/sh\necho run >> ${file("runs")}\ntest "$KUBERNETES_EXEC_INFO" != "" && test "$1 $OWN" = "login set" && cat ${file("credential")}\n`;
    writeFileSync(file("plugin"), script);
    chmodSync(file("plugin"), 0o755);
    const env = [{ name: "OWN", value: "set" }];
    const written = config({ exec: { command: "./plugin", args: ["login"], env } });
    await check(written);
    await check(written);
    expect((await import("node:fs")).readFileSync(file("runs"), "utf8")).toBe("run\n");
  });

  test("of a plugin that fails nothing is shown", async () => {
    const written = config({ exec: { command: "sh", args: ["-c", "echo secret-words; exit 1"] } });
    const refusal = await refusalOf(place(fresh(), written));
    expect(refusal.message).toContain('plugin "sh" gave no credentials');
    expect(JSON.stringify(refusal)).not.toContain("secret-words");
    expect(refusal.isLocal).toBe(true);
  });

  test("is the first of KUBECONFIG that names a thing, in YAML as well", async () => {
    writeFileSync(
      file("yaml"),
      `current-context: there\ncontexts:\n- name: there\n  context:\n    cluster: test\n    user: here\nusers:\n- name: here\n  user:\n    token: ${cluster.rootToken}\n`,
    );
    await check({}, { KUBECONFIG: `${file("absent")}:${file("yaml")}:${file("config")}` });
  });

  test.each([
    [
      "no kubeconfig",
      { config_path: "/nowhere/config" },
      "there is no kubeconfig at /nowhere/config",
    ],
    ["an unknown context", { context: "other" }, 'has no context "other"'],
  ])("%s is refused as something of this machine", async (_what, written, words) => {
    const refusal = await refusalOf(place(fresh(), written));
    expect(refusal.message).toContain(words);
    expect(refusal.isLocal).toBe(true);
  });

  test("without a check of the server's certificate it is refused", async () => {
    const cluster_ = { server: cluster.url, "insecure-skip-tls-verify": true };
    const refusal = await refusalOf(
      place(fresh(), config({ token: "x" }, { clusters: [{ name: "test", cluster: cluster_ }] })),
    );
    expect(refusal.message).toContain("insecure-skip-tls-verify");
  });

  test("that cannot be parsed is refused without its words", async () => {
    writeFileSync(file("broken"), "token: {secret-words");
    const refusal = await refusalOf(place(fresh(), { config_path: file("broken") }));
    expect(refusal.message).toContain("is not a kubeconfig");
    expect(refusal.message).not.toContain("secret-words");
  });
});
