import { createProviderService } from "../../../src/provider/terraform/provider";
import type { Message } from "../../../src/provider/terraform/protocol";
import { decodeDynamic } from "../../../src/provider/terraform/codec";
import { glsaProvider } from "../../../src/resources";
import { fixture } from "../fixture/provider";

type MoveAnswer = Message<"MoveResourceStateResponse">;

const OFFICIAL = "registry.terraform.io/gitlabhq/gitlab";
const SECRET = "glpat-in-the-official-state";

interface Move {
  readonly to: string;
  readonly from: string;
  readonly attributes?: object;
  readonly provider?: string;
  readonly version?: number;
}

/** Asks a provider that nobody has configured. */
function move(
  { to, from, attributes, provider = OFFICIAL, version }: Move,
  service = createProviderService(glsaProvider("1.0.0")),
): Promise<MoveAnswer> {
  const request = {
    targetTypeName: to,
    sourceTypeName: from,
    sourceProviderAddress: provider,
    ...(version !== undefined && { sourceSchemaVersion: version }),
    sourceState: attributes === undefined ? {} : { json: Buffer.from(JSON.stringify(attributes)) },
  };
  const call = service["MoveResourceState"] as (
    call: { request: object },
    respond: (failure: unknown, answer: MoveAnswer) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    call({ request }, (failure, answer) =>
      failure === null ? resolve(answer) : reject(failure as Error),
    );
  });
}

/** What is set in the state that a move makes. */
function taken({ targetState }: MoveAnswer): object {
  if (targetState === undefined) throw new Error("nothing was taken over");
  const state = decodeDynamic(targetState) as object;
  const isThere = (value: unknown) =>
    value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(state).filter(([, value]) => isThere(value)));
}

describe("a state of the official provider becomes", () => {
  const token = { name: "ci", scopes: ["api"], token: SECRET, expires_at: "2027-01-01" };

  test.each<[string, Move, object]>([
    [
      "an account, by the group's number",
      {
        to: "glsa_service_account",
        from: "gitlab_group_service_account",
        attributes: { id: "12:345", group: "12", service_account_id: "345" },
      },
      { id: "group:12:345", group: "12", user_id: 345 },
    ],
    [
      "an account, by the group's path, which the first read resolves",
      {
        to: "glsa_service_account",
        from: "gitlab_group_service_account",
        attributes: { group: "platform%2Fapps", service_account_id: "345", timeouts: null },
      },
      { id: "group:platform/apps:345", group: "platform/apps", user_id: 345 },
    ],
    [
      "an account of the instance",
      {
        to: "glsa_service_account",
        from: "gitlab_instance_service_account",
        attributes: { id: "345", service_account_id: "345" },
      },
      { id: "instance:345", instance: true, user_id: 345 },
    ],
    [
      "an account of a project",
      {
        to: "glsa_service_account",
        from: "gitlab_project_service_account",
        attributes: { project: "7", service_account_id: 345 },
      },
      { id: "project:7:345", project: "7", user_id: 345 },
    ],
    [
      "a token of a group's account",
      {
        to: "glsa_access_token",
        from: "gitlab_group_service_account_access_token",
        attributes: { ...token, id: "platform:345:678", group: "platform", user_id: 345 },
      },
      { id: "group:platform:345:678", token_id: 678 },
    ],
    [
      "a token of a project's account",
      {
        to: "glsa_access_token",
        from: "gitlab_project_service_account_access_token",
        attributes: { ...token, id: "7:345:678", project: "7", user_id: 345 },
      },
      { id: "project:7:345:678", token_id: 678 },
    ],
    [
      "a token whose account the first plan tells",
      {
        to: "glsa_access_token",
        from: "gitlab_personal_access_token",
        attributes: { ...token, id: "345:678", user_id: 345 },
      },
      { id: "user:345:678", token_id: 678 },
    ],
    [
      "a membership in a group, as version 18 writes it",
      {
        to: "glsa_membership",
        from: "gitlab_group_membership",
        attributes: { id: "12:345", group_id: 12, user_id: 345, access_level: "developer" },
      },
      { id: "group:12:345", group: "12", user_id: 345 },
    ],
    [
      "a membership in a group, as version 17 wrote it",
      {
        to: "glsa_membership",
        from: "gitlab_group_membership",
        attributes: { id: "12:345", group_id: "12", user_id: 345, access_level: "developer" },
      },
      { id: "group:12:345", group: "12", user_id: 345 },
    ],
    [
      "a membership in a project",
      {
        to: "glsa_membership",
        from: "gitlab_project_membership",
        version: 1,
        attributes: { project: "platform/charts", user_id: 345 },
      },
      { id: "project:platform/charts:345", project: "platform/charts", user_id: 345 },
    ],
    [
      "a membership in a project, as the schema's version 0 has it",
      {
        to: "glsa_membership",
        from: "gitlab_project_membership",
        attributes: { project_id: "7", user_id: 345 },
      },
      { id: "project:7:345", project: "7", user_id: 345 },
    ],
  ])("%s", async (_what, request, state) => {
    const answer = await move(request);
    expect(answer.diagnostics ?? []).toEqual([]);
    expect(taken(answer)).toEqual(state);
    expect(Buffer.from(answer.targetPrivate ?? []).toString()).not.toContain(SECRET);
  });

  test.each([
    "registry.opentofu.org/gitlabhq/gitlab",
    "mirror.example.com/gitlabhq/gitlab",
    "localhost:8080/gitlabhq/gitlab",
  ])("ours from %s, too", async (provider) => {
    const attributes = { id: "345", service_account_id: "345" };
    const from = "gitlab_instance_service_account";
    const answer = await move({ to: "glsa_service_account", from, attributes, provider });
    expect(taken(answer)).toMatchObject({ id: "instance:345" });
  });
});

describe("a move is refused, with a sentence,", () => {
  const account = { to: "glsa_service_account", from: "gitlab_group_service_account" };
  const lacking = (name: string) => `has no usable ${name}, so the object cannot be identified`;

  test.each<[string, Move, string, string]>([
    [
      "from another provider",
      { ...account, provider: "registry.terraform.io/somebody/gitlab", attributes: {} },
      "gitlab_group_service_account of registry.terraform.io/somebody/gitlab cannot become a glsa_service_account",
      "Only the official provider, gitlabhq/gitlab of any registry or mirror",
    ],
    [
      "from another type",
      { to: "glsa_membership", from: "gitlab_group_variable", attributes: {} },
      "gitlab_group_variable cannot become a glsa_membership",
      "takes over the official provider's gitlab_group_membership, gitlab_project_membership",
    ],
    [
      "from a type of ours",
      { to: "glsa_membership", from: "glsa_access_token", provider: "glsa.internal/glsa/glsa" },
      "glsa_access_token cannot become a glsa_membership",
      "Correct the moved block",
    ],
    [
      "without the group",
      { ...account, version: 3, attributes: { service_account_id: "345" } },
      "A gitlab_group_service_account cannot be taken over",
      `(schema version 3) ${lacking("group")}`,
    ],
    [
      "without the account's number",
      { ...account, attributes: { group: "12", service_account_id: "bot" } },
      "A gitlab_group_service_account cannot be taken over",
      lacking("service_account_id"),
    ],
    [
      "without the token's number",
      {
        to: "glsa_access_token",
        from: "gitlab_personal_access_token",
        attributes: { id: "345", user_id: 345, token: SECRET },
      },
      "A gitlab_personal_access_token cannot be taken over",
      lacking("id"),
    ],
    ["from a state too old to be JSON", account, "cannot be taken over", lacking("group")],
  ])("%s", async (_what, request, summary, detail) => {
    const { diagnostics = [], targetState } = await move(request);
    expect(diagnostics).toMatchObject([{ severity: 1 }]);
    expect(diagnostics[0]?.summary).toContain(summary);
    expect(diagnostics[0]?.detail).toContain(detail);
    expect(JSON.stringify(diagnostics)).not.toContain(SECRET);
    expect(targetState).toBeUndefined();
  });

  test("to a type that takes over nothing", async () => {
    const request = { to: "fixture_thing", from: "gitlab_group_service_account", attributes: {} };
    const { diagnostics } = await move(request, createProviderService(fixture));
    expect(diagnostics).toMatchObject([
      { summary: "gitlab_group_service_account cannot become a fixture_thing" },
    ]);
  });
});
