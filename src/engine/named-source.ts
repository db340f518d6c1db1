import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a folder's files say that a provider comes from. */
export interface NamedSource {
  /** Whether one of its resources or data sources is declared. */
  readonly isUsed: boolean;
  /** Undefined where no file says it. */
  readonly source: string | undefined;
}

/** Of the folder alone: what only its modules use, they name themselves. */
export function namedSource(folder: string, provider: string): NamedSource {
  const texts = readdirSync(folder)
    .filter((name) => /\.(tf|tofu)(\.json)?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  // An entry of required_providers, in HCL or JSON.
  const entry = new RegExp(
    `(?<![\\w"-])"?${provider}"?\\s*[=:]\\s*\\[?\\s*\\{[^{}]*?"?\\bsource"?\\s*[=:]\\s*"([^"]+)"`,
  );
  const used = new RegExp(
    `(?:^\\s*(?:resource|data|ephemeral|provider)\\s+"|^\\s*")${provider}(?:_\\w+)?"`,
    "m",
  );
  return {
    isUsed: texts.some((text) => used.test(text)),
    source: texts.map((text) => entry.exec(text)?.[1]).find((source) => source !== undefined),
  };
}
