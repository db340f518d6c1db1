import { isRecord } from "../../model";
import type { Cluster, ClusterRequest } from "./cluster";
import { KubernetesError } from "./errors";

/** A Secret as the API server has it. */
export interface SecretObject {
  readonly type: string;
  readonly immutable: boolean;
  /** By key, decoded. */
  readonly data: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly resourceVersion: string;
  readonly uid: string;
}

export interface ApplyOptions {
  readonly manager: string;
  /** Take fields that another manager set. */
  readonly force: boolean;
  readonly dryRun?: boolean;
}

/** Speaks to one Secret of one cluster. */
export class SecretApi {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly name: string,
  ) {}

  async read(): Promise<SecretObject | undefined> {
    try {
      return asSecret(await this.send({ method: "GET" }));
    } catch (error) {
      if (error instanceof KubernetesError && error.kind === "missing") return undefined;
      throw error;
    }
  }

  /** Server-side apply: what this manager applied before and leaves out now is removed. */
  async apply(
    { metadata, ...fields }: AppliedFields,
    { manager, force, dryRun = false }: ApplyOptions,
  ): Promise<SecretObject> {
    const { name, namespace } = this;
    const applied = await this.send({
      method: "PATCH",
      query: { fieldManager: manager, force: String(force), ...(dryRun && { dryRun: "All" }) },
      contentType: "application/apply-patch+yaml",
      body: {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace, ...metadata },
        ...fields,
      },
    });
    return asSecret(applied);
  }

  /** Removes keys, whatever set them. */
  async drop(keys: readonly string[], manager: string): Promise<void> {
    await this.send({
      method: "PATCH",
      query: { fieldManager: manager },
      contentType: "application/merge-patch+json",
      body: { data: Object.fromEntries(keys.map((key) => [key, null])) },
    });
  }

  async delete({ uid, resourceVersion }: SecretObject): Promise<void> {
    const preconditions = { uid, resourceVersion };
    const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions };
    await this.send({ method: "DELETE", contentType: "application/json", body });
  }

  private send(request: Omit<ClusterRequest, "namespace" | "name">) {
    return this.cluster.send({ namespace: this.namespace, name: this.name, ...request });
  }
}

/** What is applied, beside the names. */
export interface AppliedFields {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** The version that the change is made for; another one is a conflict. */
    readonly resourceVersion?: string;
  };
  readonly type: string;
  /** By key, in base64. */
  readonly data?: Readonly<Record<string, string>>;
}

function asSecret(body: Readonly<Record<string, unknown>>): SecretObject {
  const metadata = isRecord(body["metadata"]) ? body["metadata"] : {};
  const data = Object.entries(textsIn(body["data"])).map(([key, encoded]) => [
    key,
    Buffer.from(encoded, "base64").toString(),
  ]);
  return {
    type: String(body["type"] ?? "Opaque"),
    immutable: body["immutable"] === true,
    data: Object.fromEntries(data) as Record<string, string>,
    labels: textsIn(metadata["labels"]),
    annotations: textsIn(metadata["annotations"]),
    resourceVersion: String(metadata["resourceVersion"] ?? ""),
    uid: String(metadata["uid"] ?? ""),
  };
}

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
