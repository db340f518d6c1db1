import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../bundling.mjs";
import { zip } from "./archives";
import type { Entry } from "./contents";

const FOLDER = "examples/templates";

/** For `cdktf init`, `cdktn init` and `pulumi new`: one zip for each template, which takes glsa of this version. */
export async function writeTemplates(release: string): Promise<void> {
  for (const name of readdirSync(FOLDER)) {
    const content = await zip(templateEntries(name));
    writeFileSync(join(release, `template-${name}_${version}.zip`), content);
  }
}

export function templateEntries(template: string): Entry[] {
  const folder = join(FOLDER, template);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    const { mode } = statSync(path);
    if (statSync(path).isDirectory()) return [];
    const content = readFileSync(path, "utf8").replace(/("glsa": "\^)[^"]+/, `$1${version}`);
    return [{ name, content: Buffer.from(content), isExecutable: (mode & 0o100) !== 0 }];
  });
}
