import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { registryPages } from "../docs/registry-pages";

/** `docs/` as the registries of Terraform and OpenTofu show it. */
export function writeRegistryPages(release: string): void {
  for (const [path, text] of Object.entries(registryPages())) {
    const file = join(release, "docs", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
