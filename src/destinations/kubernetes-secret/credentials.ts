import { isRecord, jsonObject } from "../../model";
import { secrets } from "../../http";
import { runProgram } from "../command/run-program";
import { KubernetesError } from "./errors";
import { contentOf, type ExecPlugin, type KubeContext } from "./kube-config";

/** What a request proves itself with. */
export interface Credentials {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

const PLUGIN_TIMEOUT = 60_000;

/** Reads or asks for credentials; a plugin is run each time, so that what it prints is fresh. */
export async function credentialsOf(
  { user }: KubeContext,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials> {
  if (user.exec !== undefined) return fromPlugin(user.exec, environment);
  const token =
    user.token ?? (user.tokenFile === undefined ? undefined : contentOf(user.tokenFile).trim());
  return known({ token, certificate: user.certificate, key: user.key });
}

function known(credentials: Credentials): Credentials {
  const { token, key } = credentials;
  secrets.add(...[token, key].filter((each) => each !== undefined));
  return credentials;
}

/** @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
async function fromPlugin(
  { apiVersion, argv, environment: own, cluster }: ExecPlugin,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials> {
  const info = {
    apiVersion,
    kind: "ExecCredential",
    spec: { interactive: false, ...(cluster && { cluster }) },
  };
  const ended = await runProgram({
    argv,
    environment: { ...environment, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    input: "",
    timeout: PLUGIN_TIMEOUT,
  });
  const status = ended.kind === "exited" && ended.code === 0 ? statusIn(ended.output.stdout) : {};
  const text = (name: string) =>
    typeof status[name] === "string" && status[name] !== "" ? status[name] : undefined;
  const [token, certificate, key] = [
    text("token"),
    text("clientCertificateData"),
    text("clientKeyData"),
  ];
  if (token !== undefined || certificate !== undefined) return known({ token, certificate, key });
  // Its output is not shown: it may hold a credential.
  throw new KubernetesError(
    "settings",
    `the kubeconfig's plugin "${argv[0]}" gave no credentials`,
    "Run kubectl with this kubeconfig to see what the plugin says.",
  );
}

function statusIn(output: string): Readonly<Record<string, unknown>> {
  const status = jsonObject(output)?.["status"];
  return isRecord(status) ? status : {};
}
