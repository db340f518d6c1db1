import { existsSync, readFileSync } from "node:fs";
import { version } from "../bundling.mjs";
import { h1 } from "../../src/engine";

const SCRIPT = "dist/bin/terraform-provider-glsa.js";

/** The hash of the package that `glsa install` makes of the script for Node: the same on every platform. */
export function scriptHash(): string {
  if (!existsSync(SCRIPT)) throw new Error(`There is no ${SCRIPT}; run npm run build first.`);
  return h1([{ name: `terraform-provider-glsa_v${version}`, content: readFileSync(SCRIPT) }]);
}
