import { cleanUpWorkspaces, describeEnginesInTurn } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, describePulumi } from "../support/pulumi";
import {
  adopted,
  cdktfWorkspace,
  hclWorkspace,
  importsOnly,
  pulumiImportsOnly,
  WHO,
  type Adopted,
  type Who,
} from "./adopted";
import { Existing } from "./existing";

let gitlab: TestGitLab;
let existing: Existing;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  existing = await Existing.make(gitlab);
});

afterEach(async () => {
  cleanUpWorkspaces();
  cleanUpPulumi();
  await gitlab.close();
});

async function adoptedBy(who: Who, language: "hcl" | "cdktf" | "pulumi"): Promise<Adopted> {
  const owned =
    who === "Owner"
      ? { path: "platform", token: await gitlab.groupOwner(existing.platform) }
      : undefined;
  const made = await adopted(gitlab, language, owned);
  const { accounts, leftOut } = made.adoption;
  const twin = expect.stringMatching(/^token "ci" \(\d+\) of platform-deployer$/) as string;
  expect(leftOut.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["ai-review-platform", twin]),
  );
  const usernames = ["apps_bot", "blocked", "charts-bot", "in.herits", "platform-deployer"];
  expect(accounts.map(({ username }) => username)).toEqual(
    who === "Owner" ? usernames : [...usernames, "auditor"].sort(),
  );
  return made;
}

describeEnginesInTurn("code that glsa adopt writes in HCL", (engine) => {
  test.each(WHO)("imports what exists and changes nothing, for an %s", async (who) => {
    const made = await adoptedBy(who, "hcl");
    await importsOnly(hclWorkspace(engine, made), made);
  });
});

describeEnginesInTurn("code that glsa adopt writes for CDKTF", (engine) => {
  test("imports what exists and changes nothing, for an Owner", async () => {
    const made = await adoptedBy("Owner", "cdktf");
    await importsOnly(cdktfWorkspace(engine, made), made);
  });
});

describePulumi("code that glsa adopt writes for Pulumi", (engine) => {
  test("imports what exists and changes nothing, for an administrator", async () => {
    await pulumiImportsOnly(engine, await adoptedBy("administrator", "pulumi"));
  });
});
