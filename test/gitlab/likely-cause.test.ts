import { GitLab } from "../../src/gitlab";
import { detailOf } from "../../src/resources/shared/failures";
import { TestGitLab } from "../support/gitlab";

const fields = { username: "ci-bot", name: "CI" };

async function refusal(options: Parameters<typeof TestGitLab.start>[0], asOwner = false) {
  const sandbox = await TestGitLab.start(options);
  const group = await sandbox.group("acme");
  const token = asOwner ? await sandbox.groupOwner(group) : sandbox.token;
  const gitlab = new GitLab({ baseUrl: sandbox.url, token });
  const failure: unknown = await gitlab.accounts
    .create({ kind: "group", id: group }, fields)
    .catch((error: unknown) => error);
  await gitlab.close();
  await sandbox.close();
  return detailOf(failure);
}

test("an old server without a licence is told as that, before the role", async () => {
  const detail = await refusal({ tier: "free", version: "18.5" });
  expect(detail).toContain("This server is GitLab 18.5.0");
  expect(detail).toContain("Premium or Ultimate");
  expect(detail?.indexOf("licence")).toBeLessThan(detail?.indexOf("Owner") ?? 0);
});

test("a setting of the instance that is missing is told as that", async () => {
  const detail = await refusal({}, true);
  expect(detail ?? "allow_top_level_group_owners").toContain("allow_top_level_group_owners");
});
