import { resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ModuleKind, transpileModule } from "typescript";
import * as cdktfFront from "../../constructs/cdktf";
import { chooseAdoption, codeText, KINDS, type Adoption, type Language } from "../../src/adopt";
import { Pass } from "../../src/estate";
import { GitLab } from "../../src/gitlab";
import type { PulumiEngine } from "../../examples/demo/pulumi-engine";
import { NO_CHANGES, succeeded, workspace, type Engine, type Workspace } from "../support/engine";
import type { TestGitLab } from "../support/gitlab";
import { glsaProvider, stack } from "../support/glsa";
import { pulumiStack } from "../support/pulumi";

export const WHO = ["administrator", "Owner"] as const;
export type Who = (typeof WHO)[number];

/** Code that `glsa adopt` writes, and what a run of it needs. */
export interface Adopted {
  readonly gitlab: TestGitLab;
  readonly code: string;
  readonly token: string;
  readonly objects: number;
  readonly adoption: Adoption;
}

/** For the whole instance as an administrator, or for a group as its Owner. */
export async function adopted(
  gitlab: TestGitLab,
  language: Language,
  owned?: { readonly path: string; readonly token: string },
): Promise<Adopted> {
  const token = owned?.token ?? gitlab.token;
  const scope =
    owned === undefined
      ? ({ kind: "instance" } as const)
      : ({ kind: "group", path: owned.path } as const);
  const client = new GitLab({ baseUrl: gitlab.url, token });
  const picture = await (
    await Pass.begin(client, { scope, withVariables: false, withShares: false })
  ).picture();
  await client.close();
  const nothing = { has: () => false, officialAddress: () => undefined };
  const adoption = chooseAdoption(picture, nothing, { kinds: new Set(KINDS) });
  await gitlab.forgetRequests();
  const objects = adoption.accounts.reduce(
    (sum, { tokens, memberships }) => sum + 1 + tokens.length + memberships.length,
    0,
  );
  return { gitlab, code: codeText(adoption, language), token, objects, adoption };
}

export function hclWorkspace(engine: Engine, { gitlab, code, token }: Adopted): Workspace {
  return stack(engine, gitlab, code, { token });
}

export function cdktfWorkspace(engine: Engine, { gitlab, code, token }: Adopted): Workspace {
  const env = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token };
  const options = { provider: glsaProvider(), override: true, env };
  return workspace(engine, { "cdk.tf.json": synthesize(code) }, options);
}

/** Plans, applies and plans again; what the state alone holds may change in place. */
export async function importsOnly(work: Workspace, { gitlab, objects }: Adopted): Promise<void> {
  const plan = await work.plan();
  expect(plan.stderr).not.toContain("Error:");
  const { resource_changes: changes = [] } = await plan.json();
  const managed = changes.filter(({ address }) => !address.startsWith("data."));
  expect(managed).toHaveLength(objects);
  for (const { address, change } of managed) {
    expect([address, change.actions.join()]).toEqual([
      address,
      expect.stringMatching(/^(no-op|update)$/),
    ]);
  }
  succeeded(await work.apply());
  expect(await writesOf(gitlab)).toEqual([]);
  const again = await work.plan();
  const shown = again.exitCode === NO_CHANGES ? "" : again.stdout;
  expect([again.exitCode, shown]).toEqual([NO_CHANGES, ""]);
}

/** The same on Pulumi. */
export async function pulumiImportsOnly(engine: PulumiEngine, made: Adopted): Promise<void> {
  const { gitlab, code, token, objects } = made;
  const front = resolve(__dirname, "../../dist/pulumi.js");
  const program = inJavaScript(code).replaceAll('"glsa/pulumi"', JSON.stringify(front));
  const work = await pulumiStack(engine, gitlab, program, { token });
  const { changeSummary } = await work.previewJson();
  expect(changeSummary).toMatchObject({ import: objects });
  succeeded(await work.up());
  expect(await writesOf(gitlab)).toEqual([]);
  expect(await work.changes()).toEqual({});
}

/** Beside questions of GraphQL, which are sent as POST. */
async function writesOf(gitlab: TestGitLab): Promise<string[]> {
  return (await gitlab.writes()).filter((one) => one !== "POST /api/graphql");
}

/** What the function of the file declares, in a stack of its own. */
function synthesize(code: string): object {
  const app = new App();
  const own = new TerraformStack(app, "adopted");
  new cdktfFront.GlsaProvider(own, "glsa", { stack: "test" });
  const exported: { declareServiceAccounts?: (scope: TerraformStack) => void } = {};
  const load = (name: string): unknown => (name === "glsa/cdktf" ? cdktfFront : undefined);
  new Function("require", "exports", inJavaScript(code))(load, exported);
  exported.declareServiceAccounts?.(own);
  expect(own.node.validate()).toEqual([]);
  return own.toTerraform() as object;
}

function inJavaScript(code: string): string {
  return transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText;
}
