import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** What the engine's own settings say of where a provider is. */
export interface ProviderSettings {
  /** Undefined where there is none. */
  readonly file: string | undefined;
  /** A folder that takes the place of every installation. */
  readonly override: string | undefined;
  readonly mirrors: readonly string[];
  /** Whether it may come from a network mirror or an OCI registry. */
  readonly hasRemoteMirror: boolean;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 * @see https://opentofu.org/docs/cli/config/config-file/
 */
export function providerSettings(
  engine: string,
  address: string,
  environment: Variables,
): ProviderSettings {
  const file = candidates(engine, environment).find((path) => existsSync(path));
  const text = file === undefined ? "" : withoutComments(readFileSync(file, "utf8"));
  const overrides = blocksOf(text, "dev_overrides").join("\n");
  const override = pairs(overrides).find(([name]) => name === address)?.[1];
  return {
    file,
    override: override === undefined ? undefined : inHome(override),
    mirrors: blocksOf(text, "filesystem_mirror").flatMap((block) =>
      pairs(block).flatMap(([name, path]) => (name === "path" ? [inHome(path)] : [])),
    ),
    hasRemoteMirror: /\b(network_mirror|oci_mirror)\s*\{/.test(text),
  };
}

function candidates(engine: string, environment: Variables): string[] {
  const named = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  if (named) return [resolve(named)];
  if (process.platform === "win32") {
    const folder = environment["APPDATA"] ?? homedir();
    const tofu = engine === "tofu" ? [join(folder, "tofu.rc")] : [];
    return [...tofu, join(folder, "terraform.rc")];
  }
  const given = environment["XDG_CONFIG_HOME"] || join(homedir(), ".config");
  const tofu = [join(homedir(), ".tofurc"), join(given, "opentofu/tofurc")];
  return [...(engine === "tofu" ? tofu : []), join(homedir(), ".terraformrc")];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*(#|\/\/).*$/gm, "");
}

/** None of these blocks holds another one. */
function blocksOf(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\s*=?\\s*\\{([^{}]*)\\}`, "g"))].map(
    ([, block]) => block ?? "",
  );
}

function pairs(block: string): [name: string, value: string][] {
  return [...block.matchAll(/"?([\w./-]+)"?\s*=\s*"((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [
    name ?? "",
    (value ?? "").replace(/\\(.)/g, "$1"),
  ]);
}

function inHome(path: string): string {
  if (path.startsWith("~/")) return join(homedir(), path.slice(2));
  return isAbsolute(path) ? path : resolve(path);
}
