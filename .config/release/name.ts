/** `npm run release:name`: whether the package's name is free, or ours, and its version new. Publishes nothing. */
import { spawnSync } from "node:child_process";
import { description, name, version } from "../../package.json";

const { stdout } = spawnSync("npm", ["view", name, "versions", "description", "--json"], {
  encoding: "utf8",
});
const answer = JSON.parse(stdout || "{}") as {
  readonly error?: { readonly code: string; readonly summary?: string };
  readonly versions?: string | readonly string[];
  readonly description?: string;
};

function verdict(): { readonly isUsable: boolean; readonly text: string } {
  if (answer.error?.code === "E404") return { isUsable: true, text: `${name} is free.` };
  if (answer.error !== undefined) {
    return { isUsable: false, text: `The registry cannot be asked: ${answer.error.code}.` };
  }
  if (answer.description !== description) {
    return { isUsable: false, text: `${name} is another package: ${answer.description ?? ""}` };
  }
  if ([answer.versions ?? []].flat().includes(version)) {
    return { isUsable: false, text: `${name} ${version} is published already.` };
  }
  return { isUsable: true, text: `${name} ${version} can be published.` };
}

const { isUsable, text } = verdict();
process.stdout.write(`${text}\n`);
process.exitCode = isUsable ? 0 : 1;
