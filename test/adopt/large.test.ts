import { cleanUpWorkspaces, describeEachEngine } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, describePulumi } from "../support/pulumi";
import { describeInFullRun } from "../support/tier";
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

const ACCOUNTS = 200;
const IN_FLIGHT = 20;

let gitlab: TestGitLab;
let group: { readonly id: number; readonly path: string };

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  group = { id: await gitlab.group("platform"), path: "platform" };
  const places = [
    `/groups/${await gitlab.group("apps", group.id)}/members`,
    `/projects/${await gitlab.project("charts", group.id)}/members`,
    `/projects/${await gitlab.project("images", group.id)}/members`,
  ];
  const numbers = Array.from({ length: ACCOUNTS }, (_, at) => at + 1);
  for (let at = 0; at < ACCOUNTS; at += IN_FLIGHT) {
    await Promise.all(
      numbers.slice(at, at + IN_FLIGHT).map((number) => makeAccount(number, places)),
    );
  }
}, 600_000);

afterEach(() => {
  cleanUpWorkspaces();
  cleanUpPulumi();
});

afterAll(() => gitlab.close());

/** With two tokens and three memberships. */
async function makeAccount(number: number, places: readonly string[]): Promise<void> {
  const path = `/groups/${group.id}/service_accounts`;
  const username = `bot-${number}`;
  const { id } = await gitlab.call<{ id: number }>("POST", path, { username, name: username });
  for (const name of ["ci", "deploy"]) {
    const body = { name, scopes: ["read_api"], expires_at: inDays(60 + (number % 200)) };
    await gitlab.call("POST", `${path}/${id}/personal_access_tokens`, body);
  }
  for (const place of places) await gitlab.call("POST", place, { user_id: id, access_level: 30 });
}

let owner: string | undefined;

async function all(who: Who, language: "hcl" | "cdktf" | "pulumi"): Promise<Adopted> {
  owner ??= await gitlab.groupOwner(group.id);
  const made = await adopted(
    gitlab,
    language,
    who === "Owner" ? { path: group.path, token: owner } : undefined,
  );
  expect(made.objects).toBe(ACCOUNTS * 6);
  return made;
}

describeInFullRun("200 accounts, 400 tokens and 600 memberships", () => {
  describeEachEngine("in HCL", (engine) => {
    test.each(WHO)(
      "are imported without a change, for an %s",
      async (who) => {
        const made = await all(who, "hcl");
        await importsOnly(hclWorkspace(engine, made), made);
      },
      1_200_000,
    );
  });

  describeEachEngine("for CDKTF", (engine) => {
    test.each(WHO)(
      "are imported without a change, for an %s",
      async (who) => {
        const made = await all(who, "cdktf");
        await importsOnly(cdktfWorkspace(engine, made), made);
      },
      1_200_000,
    );
  });

  describePulumi("for Pulumi", (engine) => {
    test.each(WHO)(
      "are imported without a change, for an %s",
      async (who) => {
        await pulumiImportsOnly(engine, await all(who, "pulumi"));
      },
      1_800_000,
    );
  });
});
