import { jsonObject } from "../../model";
import {
  BoundedConnection,
  NoAnswer,
  RunLimits,
  sendRepeatedly,
  SERVICE_RETRIES,
  serverText,
  SetupError,
  type Answer,
} from "../../http";
import { credentialsOf, type Credentials } from "./credentials";
import { KubernetesError } from "./errors";
import type { KubeContext } from "./kube-config";

/** A request about one Secret. */
export interface ClusterRequest {
  readonly namespace: string;
  readonly name: string;
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: object;
}

type Body = Readonly<Record<string, unknown>>;

interface Prepared {
  readonly connection: BoundedConnection;
  readonly credentials: Credentials;
}

const clusters = new Map<string, Cluster>();

/** One for each login of this process: connections are shared, and a plugin is asked once. */
export function clusterOf(context: KubeContext, environment: NodeJS.ProcessEnv): Cluster {
  const key = JSON.stringify(context);
  const known = clusters.get(key) ?? new Cluster(context, environment);
  clusters.set(key, known);
  return known;
}

/** Speaks HTTP to one API server. */
export class Cluster {
  private readonly limits = new RunLimits();
  private prepared: Promise<Prepared> | undefined;

  constructor(
    private readonly context: KubeContext,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** What changes something is sent once: those who know what was there decide what follows. */
  async send(request: ClusterRequest): Promise<Body> {
    const send = () => this.withFreshLogin(request);
    const result =
      request.method === "GET"
        ? await sendRepeatedly(SERVICE_RETRIES, {
            method: request.method,
            send,
            wait: async (pause) => (await this.login()).connection.wait(pause),
          })
        : await send();
    if (result instanceof NoAnswer) throw this.unanswered(result);
    return this.bodyOf(request, result);
  }

  /** A login that ends in the middle of an apply is renewed. */
  private async withFreshLogin(request: ClusterRequest): Promise<Answer | NoAnswer> {
    const isFirst = this.prepared === undefined;
    const result = await this.once(request);
    if (result instanceof NoAnswer || result.status !== 401 || isFirst) return result;
    this.prepared = undefined;
    return this.once(request);
  }

  private async once(request: ClusterRequest): Promise<Answer | NoAnswer> {
    const { connection, credentials } = await this.login();
    try {
      return await connection.attempt(this.exchangeOf(request, credentials));
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      throw new KubernetesError("settings", error.message, error.remedy);
    }
  }

  private login(): Promise<Prepared> {
    this.prepared ??= this.prepare().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  private exchangeOf(
    { namespace, name, method, query, contentType, body }: ClusterRequest,
    { token }: Credentials,
  ) {
    const { server } = this.context;
    const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
    const words = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
    return {
      method,
      url: `${server}${path}${words}`,
      headers: {
        accept: "application/json",
        ...(contentType !== undefined && { "content-type": contentType }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
  }

  private async prepare(): Promise<Prepared> {
    const credentials = await credentialsOf(this.context, this.environment);
    const { certificate: cert, key } = credentials;
    const { authority, serverName } = this.context;
    const options = {
      environment: this.environment,
      tls: {
        ...(authority !== undefined && { ca: authority }),
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
        ...(serverName !== undefined && { servername: serverName }),
      },
    };
    return { connection: new BoundedConnection(options, this.limits), credentials };
  }

  private bodyOf({ namespace, name, method, query }: ClusterRequest, answer: Answer): Body {
    const { status } = answer;
    const body = jsonObject(answer.text);
    if (status < 300 && body !== undefined) return body;
    const words = serverText(typeof body?.["message"] === "string" ? body["message"] : "");
    const what = `${VERBS[method]} of secret ${namespace}/${name}`;
    const failure = `${what}${query?.["dryRun"] === undefined ? "" : " (dry run)"}: ${status}: ${words || "no explanation"}`;
    if (body === undefined) {
      const remedy = `Something between here and ${this.context.server} answered, or it is not a Kubernetes API server.`;
      throw new KubernetesError(status >= 500 ? "failed" : "silent", failure, remedy);
    }
    throw new KubernetesError(kindOf(status), failure, remedyOf(status, method, namespace));
  }

  private unanswered({ message, mayHaveArrived }: NoAnswer): KubernetesError {
    return new KubernetesError(
      mayHaveArrived ? "failed" : "silent",
      `${this.context.server}: ${message}`,
      "Check the way to the cluster from this machine, and apply again.",
    );
  }
}

const VERBS = { GET: "get", PATCH: "patch", DELETE: "delete" } as const;

function kindOf(status: number): KubernetesError["kind"] {
  if (status === 401 || status === 403) return "forbidden";
  if (status === 404) return "missing";
  if (status === 409) return "conflict";
  if (status === 429) return "silent";
  return status >= 500 ? "failed" : "refused";
}

function remedyOf(status: number, method: ClusterRequest["method"], namespace: string): string {
  switch (kindOf(status)) {
    case "forbidden":
      if (status === 401) return "The cluster does not know this login. Log in to it anew.";
      return `Allow this login the verb "${VERBS[method]}"${method === "PATCH" ? ' (and "create" for a new one)' : ""} on secrets in namespace ${namespace}; docs/delivery.md has a role to start from.`;
    case "missing":
      return `Make the namespace ${namespace} first.`;
    case "conflict":
      return "Something else manages the same fields. Remove them there, choose another name or key, or set overwrite = true.";
    case "silent":
    case "failed":
      return "Try again later; the logs of the API server know the cause.";
    default:
      return "Correct what the API server names.";
  }
}
