import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

interface Stack {
  readonly terraform: { readonly required_providers: object };
  readonly resource: Blocks;
}

function synthesized(): Stack {
  const folder = mkdtempSync(join(tmpdir(), "glsa-example-"));
  try {
    const env = { ...process.env, CDKTF_OUTDIR: folder };
    execFileSync("npx", ["tsx", "examples/official/main.ts"], { env });
    const text = readFileSync(join(folder, "stacks/platform/cdk.tf.json"), "utf8");
    return JSON.parse(text) as Stack;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the example for the official provider wants that one alone, and holds its resources", () => {
  const { terraform, resource } = synthesized();

  expect(terraform.required_providers).toEqual({
    gitlab: { source: "gitlabhq/gitlab", version: "18.6.1" },
  });
  const addresses = Object.entries(resource).map(([type, blocks]) => [type, Object.keys(blocks)]);
  expect(Object.fromEntries(addresses)).toEqual({
    gitlab_group_service_account: ["platform-auditor", "platform-deployer"],
    gitlab_group_membership: [
      "platform-auditor_group_platform",
      "platform-deployer_group_platform__apps",
    ],
    gitlab_project_membership: ["platform-deployer_project_platform__charts"],
    gitlab_group_service_account_access_token: ["platform-auditor_audit", "platform-deployer_ci"],
    gitlab_group_variable: [expect.stringMatching(/^group_platform_AUDIT_TOKEN_/)],
    gitlab_project_variable: [expect.stringMatching(/^project_platform__charts_DEPLOY_TOKEN_/)],
  });
});
