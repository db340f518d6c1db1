import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleProgram } from "./bundle";
import { installProvider, type Engine, type EngineName, type InstalledProvider } from "./engine";
import type { Values } from "./engine-json";
import { officialProvider } from "./official-provider/provider";

const ADDRESSES: Readonly<Record<EngineName, string>> = {
  terraform: "registry.terraform.io/gitlabhq/gitlab",
  tofu: "registry.opentofu.org/gitlabhq/gitlab",
};

let root: string | undefined;

/** What stands for the official provider, where an engine finds it. */
export function installedOfficial({ name }: Engine): InstalledProvider {
  root ??= bundled();
  return installProvider({
    address: ADDRESSES[name],
    version: officialProvider.version,
    executable: join(root, "bundle.js"),
    mirror: join(root, "mirror"),
  });
}

/** For `afterAll`. */
export function removeOfficial(): void {
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
  root = undefined;
}

function bundled(): string {
  const folder = mkdtempSync(join(tmpdir(), "official-provider-"));
  bundleProgram(resolve(__dirname, "official-provider/main.ts"), join(folder, "bundle.js"));
  return folder;
}

/** An object in a state: its address, and its attributes as the official provider writes them. */
export type OfficialObject = readonly [address: string, attributes: Values];

/** The state file of somebody who used the official provider so far. */
export function officialState(
  { name: engine }: Engine,
  objects: readonly OfficialObject[],
): object {
  return {
    version: 4,
    terraform_version: "1.9.0",
    serial: 7,
    lineage: "8a1c4d0e-0000-4000-8000-000000000000",
    outputs: {},
    resources: byResource(objects).map(([resource, instances]) => {
      const [type, name] = resource.split(".");
      const provider = `provider["${ADDRESSES[engine]}"]`;
      return { mode: "managed", type, name, provider, instances };
    }),
  };
}

/** The instances of one resource stand together. */
function byResource(objects: readonly OfficialObject[]): [string, object[]][] {
  const found = new Map<string, object[]>();
  for (const [address, attributes] of objects) {
    const [, resource = "", key] = /^([\w.]+)(?:\["(.*)"\])?$/.exec(address) ?? [];
    const instance = { schema_version: 0, attributes, sensitive_attributes: [] };
    const keyed = key === undefined ? instance : { ...instance, index_key: key };
    found.set(resource, [...(found.get(resource) ?? []), keyed]);
  }
  return [...found];
}
