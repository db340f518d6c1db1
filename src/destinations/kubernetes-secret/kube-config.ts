import { isRecord } from "../../model";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { KubernetesError } from "./errors";

type Environment = Readonly<Record<string, string | undefined>>;
type Values = Readonly<Record<string, unknown>>;

/** One cluster and who speaks to it. */
export interface KubeContext {
  readonly server: string;
  /** Certificates of its authority, PEM; undefined for the usual ones. */
  readonly authority: string | undefined;
  readonly serverName: string | undefined;
  readonly user: KubeUser;
}

export interface KubeUser {
  readonly token?: string;
  /** Read again for each run, since it is rotated. */
  readonly tokenFile?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly exec?: ExecPlugin;
}

/** A program that prints credentials. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What the program is told of the cluster, where it asks for that. */
  readonly cluster: Values | undefined;
}

export interface KubeSettings {
  readonly context: string | undefined;
  readonly configPath: string | undefined;
}

const POD = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * The kubeconfig as kubectl finds it: the named file, those of KUBECONFIG, that of the home folder, else the pod's account.
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function readKubeContext(
  { context, configPath }: KubeSettings,
  environment: Environment,
): KubeContext {
  const paths = pathsOf(configPath, environment);
  const files = paths.filter((path) => existsSync(path)).map(readFile);
  if (files.length > 0) return contextIn(files, context);
  const named = configPath ?? environment["KUBECONFIG"];
  if (!named && context === undefined && environment["KUBERNETES_SERVICE_HOST"]) {
    return podContext(environment);
  }
  throw new KubernetesError(
    "settings",
    `there is no kubeconfig at ${paths.join(" or ")}`,
    "Write config_path, set KUBECONFIG, or run the apply in a pod of the cluster.",
  );
}

function pathsOf(configPath: string | undefined, environment: Environment): string[] {
  if (configPath !== undefined) return [resolve(configPath.replace(/^~(?=\/)/, homedir()))];
  const listed = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  return listed.length > 0 ? listed : [join(environment["HOME"] ?? homedir(), ".kube", "config")];
}

interface ConfigFile {
  readonly path: string;
  readonly content: Values;
}

function readFile(path: string): ConfigFile {
  try {
    const content: unknown = parse(readFileSync(path, "utf8"));
    if (isRecord(content)) return { path, content };
  } catch {
    // What a parser says may repeat the line, and with it a credential.
  }
  throw new KubernetesError(
    "settings",
    `"${path}" is not a kubeconfig`,
    "Have it written anew, or write another config_path.",
  );
}

function podContext(environment: Environment): KubeContext {
  const host = environment["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment["KUBERNETES_SERVICE_PORT"] ?? "443";
  return {
    server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
    authority: contentOf(`${POD}/ca.crt`),
    serverName: undefined,
    user: { tokenFile: `${POD}/token` },
  };
}

function contextIn(files: readonly ConfigFile[], wanted: string | undefined): KubeContext {
  const name = wanted ?? textAmong(files.map(({ content }) => content["current-context"]));
  if (!name) {
    throw new KubernetesError(
      "settings",
      "the kubeconfig has no current context",
      "Write context.",
    );
  }
  const context = entryIn(files, "contexts", name).values;
  const cluster = entryIn(files, "clusters", String(context["cluster"]));
  const user = entryIn(files, "users", String(context["user"]));
  if (cluster.values["insecure-skip-tls-verify"] === true) {
    throw new KubernetesError(
      "settings",
      `context "${name}" does not check the cluster's certificate (insecure-skip-tls-verify)`,
      "Write certificate-authority in its place: whoever answers would get the token.",
    );
  }
  const server = textOf(cluster.values["server"]) ?? "";
  if (!URL.canParse(server)) {
    throw new KubernetesError("settings", `context "${name}" names no server`, "Correct server.");
  }
  return {
    server: server.replace(/\/+$/, ""),
    authority: pemIn(cluster, "certificate-authority"),
    serverName: textOf(cluster.values["tls-server-name"]),
    user: userOf(user, cluster.values),
  };
}

interface Entry {
  readonly values: Values;
  /** Relative paths begin at the file's folder. */
  readonly folder: string;
}

/** The first file that names it counts. */
function entryIn(files: readonly ConfigFile[], list: string, name: string): Entry {
  for (const { path, content } of files) {
    const entries = content[list];
    for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
      if (!isRecord(entry) || entry["name"] !== name) continue;
      const values = entry[list.replace(/s$/, "")];
      if (isRecord(values)) return { values, folder: dirname(path) };
    }
  }
  throw new KubernetesError(
    "settings",
    `the kubeconfig has no ${list.replace(/s$/, "")} "${name}"`,
    "kubectl config get-contexts shows what it has.",
  );
}

function userOf(entry: Entry, cluster: Values): KubeUser {
  const { values, folder } = entry;
  if (isRecord(values["auth-provider"])) {
    throw new KubernetesError(
      "settings",
      "the kubeconfig logs in by an auth-provider, which Kubernetes has removed",
      "Use the exec plugin of the cluster's provider.",
    );
  }
  const tokenFile = textOf(values["tokenFile"]);
  const certificate = pemIn(entry, "client-certificate");
  const key = pemIn(entry, "client-key");
  const token = textOf(values["token"]);
  return {
    ...(token !== undefined && { token }),
    ...(tokenFile !== undefined && { tokenFile: resolve(folder, tokenFile) }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(isRecord(values["exec"]) && { exec: pluginOf(values["exec"], folder, cluster) }),
  };
}

function pluginOf(exec: Values, folder: string, cluster: Values): ExecPlugin {
  const command = textOf(exec["command"]) ?? "";
  const args = Array.isArray(exec["args"]) ? exec["args"].map(String) : [];
  const env = Array.isArray(exec["env"]) ? (exec["env"] as unknown[]).filter(isRecord) : [];
  const isRelative = command.includes("/") && !command.startsWith("/");
  const { server, "certificate-authority-data": data, "tls-server-name": name } = cluster;
  const told = { server, "certificate-authority-data": data, "tls-server-name": name };
  return {
    apiVersion: textOf(exec["apiVersion"]) ?? "client.authentication.k8s.io/v1",
    argv: [isRelative ? resolve(folder, command) : command, ...args],
    environment: Object.fromEntries(
      env.map((each) => [String(each["name"]), String(each["value"])]),
    ),
    cluster: exec["provideClusterInfo"] === true ? told : undefined,
  };
}

/** Contents of the file itself take precedence over the files that it names. */
function pemIn({ values, folder }: Entry, name: string): string | undefined {
  const data = textOf(values[`${name}-data`]);
  if (data !== undefined) return Buffer.from(data, "base64").toString();
  const path = textOf(values[name]);
  return path === undefined ? undefined : contentOf(resolve(folder, path));
}

export function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new KubernetesError(
      "settings",
      `the kubeconfig names "${path}", which cannot be read`,
      "Correct the path, or its permissions for the user that runs the apply.",
    );
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function textAmong(values: readonly unknown[]): string | undefined {
  return values.map(textOf).find((value) => value !== undefined);
}
