import type { StateModule, StateResource } from "./document";

/** A state as Terraform and OpenTofu store it, and GitLab's HTTP backend keeps it. */
interface RawState {
  readonly version: number;
  readonly resources?: readonly RawResource[];
}

interface RawResource {
  readonly module?: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly RawInstance[];
}

interface RawInstance {
  readonly index_key?: string | number;
  /** Left over from a replacement that was interrupted. */
  readonly deposed?: string;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** Attributes that hold values of tokens: a stored state does not mark what a schema calls sensitive. */
const SECRETS: ReadonlySet<string> = new Set(["token", "value"]);

export function isRawState(document: object): document is RawState {
  return "version" in document && "lineage" in document && "serial" in document;
}

/** As `terraform show -json` would tell it. */
export function moduleOfRawState({ resources = [] }: RawState): StateModule {
  return { resources: resources.flatMap(instancesOf) };
}

function instancesOf({ module, mode, type, name, instances = [] }: RawResource): StateResource[] {
  const head = `${module === undefined ? "" : `${module}.`}${mode === "data" ? "data." : ""}${type}.${name}`;
  return instances
    .filter(({ deposed }) => deposed === undefined)
    .map(({ index_key: key, attributes }) => ({
      address: key === undefined ? head : `${head}[${JSON.stringify(key)}]`,
      ...(mode !== undefined && { mode }),
      type,
      values: withoutSecrets(attributes ?? {}),
    }));
}

function withoutSecrets(attributes: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !SECRETS.has(name)));
}
