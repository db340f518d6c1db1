import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  installProvider,
  installZip,
  workspace,
  type Engine,
  type Files,
  type InstalledProvider,
  type Workspace,
} from "./engine";
import type { TestGitLab } from "./gitlab";

const EXECUTABLE = resolve(__dirname, "../../dist/bin/terraform-provider-glsa.js");

export const PROVIDER_ADDRESS = "glsa.internal/glsa/glsa";

let installed: InstalledProvider | undefined;

/** A zip of a release, which then takes the place of the script for Node: `npm run test:executable`. */
const ZIP = process.env["GLSA_TEST_ZIP"];

/** The provider as it is packed. */
export function glsaProvider(): InstalledProvider {
  installed ??= install();
  return installed;
}

function install(): InstalledProvider {
  const installation = {
    address: PROVIDER_ADDRESS,
    version: packageVersion(),
    mirror: mkdtempSync(join(tmpdir(), "glsa-mirror-")),
  };
  if (ZIP) return installZip(ZIP, installation);
  if (!existsSync(EXECUTABLE)) throw new Error("dist/ holds no provider; run npm run build");
  return installProvider({ ...installation, executable: EXECUTABLE });
}

export function packageVersion(): string {
  const path = resolve(__dirname, "../../package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}

const REQUIRED = `terraform {
  required_providers {
    glsa = { source = "${PROVIDER_ADDRESS}" }
  }
}

provider "glsa" {
  stack = "test"
}
`;

export interface StackOptions {
  /** Defaults to the administrator's. */
  readonly token?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly logLevel?: "TRACE";
  /** Providers beside glsa. */
  readonly others?: readonly InstalledProvider[];
}

/** A folder with a configuration against a test's GitLab. */
export function stack(
  engine: Engine,
  gitlab: TestGitLab,
  hcl: string,
  { token = gitlab.token, env, logLevel, others }: StackOptions = {},
): Workspace {
  const files: Files = { "provider.tf": REQUIRED, "main.tf": hcl };
  return workspace(engine, files, {
    provider: glsaProvider(),
    override: true,
    ...(others && { others }),
    env: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token, ...env },
    ...(logLevel && { logLevel }),
  });
}
