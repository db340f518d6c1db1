import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanUpWorkspaces, describeEnginesInTurn, type EngineDiagnostic } from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";

let gitlab: TestGitLab;
let ids: { platform: number; apps: number; charts: number };

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
});

afterEach(cleanUpWorkspaces);
afterAll(() => gitlab.close());

const account = (attributes: string) =>
  `resource "glsa_service_account" "bot" {\n${attributes}\n}\n`;
const ACCOUNT = account('group = "platform"\nusername = "bot"');
const token = (attributes: string) =>
  `${ACCOUNT}resource "glsa_access_token" "ci" {\nservice_account_id = glsa_service_account.bot.id\n${attributes}\n}\n`;
const member = (attributes: string) =>
  `${ACCOUNT}resource "glsa_membership" "bot" {\nservice_account_id = glsa_service_account.bot.id\n${attributes}\n}\n`;
const DELIVERY = 'deliver_to {\nfile {\npath = "bot.token"\n}\n}';
const FINE = `name = "ci"\nscopes = ["api"]\nexpires_at = "${inDays(30)}"\n${DELIVERY}`;

/** What is wrong, the configuration, and of the error: its summary, a part of its detail, and where it points. */
const REFUSED_BY_PLAN: [string, () => string, string, string, string | null][] = [
  [
    "an unknown scope",
    () => token(FINE.replace('"api"', '"read_repositry"')),
    'Unknown scope "read_repositry"',
    'Did you mean "read_repository"?',
    "scopes",
  ],
  [
    "no scope",
    () => token(FINE.replace('["api"]', "[]")),
    "No scope is given",
    "Name at least one",
    "scopes",
  ],
  [
    "an impossible date",
    () => token(FINE.replace(inDays(30), "2027-02-30")),
    '"2027-02-30" is not a date',
    "YYYY-MM-DD",
    "expires_at",
  ],
  [
    "an expiry in the past",
    () => token(FINE.replace(inDays(30), "2020-01-01")),
    "expires_at 2020-01-01 has passed",
    "or later",
    "expires_at",
  ],
  [
    "an expiry beyond the maximum",
    () => token(FINE.replace(inDays(30), inDays(500))),
    `expires_at ${inDays(500)} is too far ahead`,
    "The maximum lifetime on this instance",
    "expires_at",
  ],
  [
    "no delivery",
    () => token(FINE.replace(DELIVERY, "")),
    "The token has no destination",
    "store_value",
    null,
  ],
  [
    "both expiry and none",
    () => token(`${FINE}\nnever_expires = true`),
    "expires_at and never_expires are mutually exclusive",
    "Remove all but one",
    "never_expires",
  ],
  [
    "neither expiry nor none",
    () => token(FINE.replace(/expires_at.*\n/, "")),
    "One of expires_at, rotation, never_expires is missing",
    "none is set",
    null,
  ],
  [
    "two kinds of destination in one entry",
    () =>
      token(
        FINE.replace("file {", 'ci_variable {\nproject = "platform/charts"\nkey = "A"\n}\nfile {'),
      ),
    "ci_variable and file are mutually exclusive",
    "Remove all but one",
    "project",
  ],
  [
    "a malformed variable key",
    () =>
      token(
        FINE.replace(
          DELIVERY,
          'deliver_to {\nci_variable {\nproject = "platform/charts"\nkey = "A-B"\n}\n}',
        ),
      ),
    `"A-B" cannot be a variable's key`,
    "letters, digits and underscores",
    'key = "A-B"',
  ],
  [
    "an unknown role",
    () => member('group = "platform"\nrole = "developr"'),
    'Unknown role "developr"',
    'Did you mean "developer"?',
    "role",
  ],
  [
    "minimal access in a project",
    () => member('project = "platform/charts"\nrole = "minimal_access"'),
    "Minimal access is a role of groups only",
    "Write guest",
    "role",
  ],
  [
    "a membership nowhere",
    () => member('role = "guest"'),
    "One of group, project is missing",
    "none is set",
    null,
  ],
  [
    "two owners",
    () => account('group = "platform"\nproject = "platform/charts"\nusername = "bot"'),
    "group and project are mutually exclusive",
    "Remove all but one",
    "project",
  ],
  [
    "no owner",
    () => account('username = "bot"'),
    "One of group, project, instance is missing",
    "none is set",
    null,
  ],
  [
    "a malformed username",
    () => account('group = "platform"\nusername = "Deploy Bot"'),
    'Malformed username "Deploy Bot"',
    'Write "deploy-bot"',
    "username",
  ],
  [
    "a taken username",
    () => account('group = "platform"\nusername = "root"'),
    'Username "root" is taken',
    "Choose another one",
    "username",
  ],
  [
    "an unknown on_destroy",
    () => account('group = "platform"\nusername = "bot"\non_destroy = "disabel"'),
    'Unknown on_destroy "disabel"',
    'Did you mean "disable"?',
    "on_destroy",
  ],
  [
    "a malformed timeout",
    () => account('group = "platform"\nusername = "bot"\ntimeouts {\ndelete = "soon"\n}'),
    '"soon" is not a time to wait',
    "10m",
    "delete",
  ],
  [
    "a group number that does not exist",
    () => account('group = "99999"\nusername = "bot"'),
    'There is no group "99999"',
    "shows no group with that number",
    "group",
  ],
];

describeEnginesInTurn("a plan refuses", (engine) => {
  test.each(REFUSED_BY_PLAN)("%s", async (_, hcl, summary, detail, attribute) => {
    const found = await stack(engine, gitlab, hcl()).diagnostics();
    const refusal = found.find((one) => one.severity === "error");
    expect(refusal).toMatchObject({ summary, detail: expect.stringContaining(detail) as string });
    expect(refusal?.address).toMatch(/^glsa_/);
    if (attribute !== null) expect(refusal?.snippet?.code).toContain(attribute);
  });

  test("names of accounts and tokens that are empty, or have blanks at an end", async () => {
    const odd = ["", " ", " a", "a ", "\\ta", "a\\n", "\u00a0a", "\u200b"];
    const named = odd.map(
      (name, at) =>
        `resource "glsa_service_account" "a${at}" {\ngroup = "platform"\nusername = "odd-${at}"\nname = "${name}"\n}\n` +
        `resource "glsa_access_token" "t${at}" {\nservice_account_id = "group:${ids.platform}:1"\n` +
        `${FINE.replace('"ci"', `"${name}"`).replace("bot.token", `${at}.token`)}\n}\n`,
    );
    await gitlab.forgetRequests();
    const found = await stack(engine, gitlab, named.join("")).diagnostics();
    const refused = found
      .filter(({ severity, snippet }) => severity === "error" && snippet?.code.includes("name ="))
      .map(({ address }) => address);
    expect(refused.sort()).toEqual(
      odd.flatMap((_, at) => [`glsa_access_token.t${at}`, `glsa_service_account.a${at}`]).sort(),
    );
    expect((await gitlab.requests()).total).toBe(0);
  });

  test("a role lower than the inherited one", async () => {
    const groupBot = await gitlab.call<{ id: number }>(
      "POST",
      `/groups/${ids.platform}/service_accounts`,
      {
        username: `high-${engine.name}`,
      },
    );
    await gitlab.call("POST", `/groups/${ids.platform}/members`, {
      user_id: groupBot.id,
      access_level: 40,
    });
    const hcl = `resource "glsa_membership" "low" {\nuser_id = ${groupBot.id}\nproject = "platform/charts"\nrole = "guest"\n}`;
    expect(await errorOf(stack(engine, gitlab, hcl).diagnostics())).toMatchObject({
      summary: 'The account already has a higher role in project "platform/charts"',
      detail: expect.stringContaining("Write maintainer or higher") as string,
    });
  });

  test("an account of a project in a group", async () => {
    const owned = await gitlab.call<{ id: number }>(
      "POST",
      `/projects/${ids.charts}/service_accounts`,
      {
        username: `own-${engine.name}`,
      },
    );
    const hcl = `resource "glsa_membership" "out" {\nservice_account_id = "project:${ids.charts}:${owned.id}"\ngroup = "platform"\nrole = "guest"\n}`;
    expect(await errorOf(stack(engine, gitlab, hcl).diagnostics())).toMatchObject({
      summary: 'The account may not join group "platform"',
    });
  });

  test("tokens without the provider's stack", async () => {
    const work = stack(engine, gitlab, token(FINE));
    work.write({
      "provider.tf":
        'terraform {\nrequired_providers {\nglsa = { source = "glsa.internal/glsa/glsa" }\n}\n}\n',
    });
    expect(await errorOf(work.diagnostics())).toMatchObject({
      summary: "The provider needs a stack",
    });
  });
});

describeEnginesInTurn("the server's refusal is told with what to do", (engine) => {
  test("an unknown, a revoked and a missing token", async () => {
    const refused = (value: string) =>
      errorOf(stack(engine, gitlab, ACCOUNT, { token: value }).diagnostics());
    expect((await refused("glpat-unknown0000000000000"))?.detail).toContain(
      "does not accept the token that glsa itself uses",
    );
    expect((await refused(""))?.summary).toBe("glsa has no token for GitLab");
    const made = await gitlab.call<{ id: number; token: string }>(
      "POST",
      "/users/1/personal_access_tokens",
      {
        name: "short-lived",
        scopes: ["api"],
      },
    );
    await gitlab.call("DELETE", `/personal_access_tokens/${made.id}`);
    const revoked = await refused(made.token);
    expect(revoked?.detail).toContain("GitLab refuses the token that glsa itself uses");
    expect(JSON.stringify(revoked)).not.toContain(made.token);
  });

  test("too little scope and too little power", async () => {
    const user = await gitlab.call<{ id: number }>("POST", "/users", {
      username: `dev-${engine.name}`,
      name: "Developer",
      email: `dev-${engine.name}@example.com`,
      password: "Correct-horse-7-staple",
      skip_confirmation: true,
    });
    await gitlab.call("POST", `/groups/${ids.platform}/members`, {
      user_id: user.id,
      access_level: 30,
    });
    const path = `/users/${user.id}/personal_access_tokens`;
    const developer = await gitlab.call<{ token: string }>("POST", path, {
      name: "a",
      scopes: ["api"],
    });
    const reader = await gitlab.call<{ token: string }>("POST", path, {
      name: "b",
      scopes: ["read_user"],
    });
    const powerless = await errorOf(
      stack(engine, gitlab, ACCOUNT, { token: developer.token }).diagnostics(),
    );
    expect(powerless?.detail).toContain("It needs the Owner role in the group");
    const scopeless = await errorOf(
      stack(engine, gitlab, ACCOUNT, { token: reader.token }).diagnostics(),
    );
    expect(scopeless?.detail).toContain("the scope api");
  });

  test("a server that is not there, and a page that is not GitLab's", async () => {
    const page = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<html>Sign in</html>"),
    );
    const url = await listen(page);
    const html = await errorOf(
      stack(engine, gitlab, ACCOUNT, { env: { GITLAB_BASE_URL: url } }).diagnostics(),
    );
    expect(html?.detail).toContain("such as a proxy or a sign-in page");
    await new Promise((resolve) => {
      page.close(resolve);
      page.closeAllConnections();
    });
    const gone = await errorOf(
      stack(engine, gitlab, ACCOUNT, { env: { GITLAB_BASE_URL: url } }).diagnostics(),
    );
    expect(gone?.detail).toContain("ECONNREFUSED");
    expect(gone?.detail).toContain("Check base_url");
  });

  test("a licence that allows no more accounts", async () => {
    const small = await TestGitLab.start({ tier: "free" });
    const { platform } = await small.platform();
    for (let count = 0; count < 100; count++) {
      await small.call("POST", `/groups/${platform}/service_accounts`, {
        username: `taken-${count}`,
      });
    }
    const refused = await errorOf(stack(engine, small, ACCOUNT).diagnostics("apply"));
    expect(refused).toMatchObject({
      summary: 'Cannot create account "bot"',
      detail: expect.stringContaining("The licence allows no more service accounts") as string,
    });
    await small.close();
  });

  test("an instance that is too old, of which nothing is replaced", async () => {
    const old = await TestGitLab.start({ version: "18.5" });
    await old.platform();
    const work = stack(engine, old, account('project = "platform/charts"\nusername = "bot"'));
    expect(await errorOf(work.diagnostics())).toMatchObject({
      summary: "This GitLab is too old for service accounts of a project",
      detail: expect.stringContaining("needs GitLab 18.11; the server is 18.5") as string,
    });
    await old.close();
  });
});

async function errorOf(
  diagnostics: Promise<EngineDiagnostic[]>,
): Promise<EngineDiagnostic | undefined> {
  return (await diagnostics).find(({ severity }) => severity === "error");
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
