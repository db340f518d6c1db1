import { AccessLevel, Gitlab, GitbeakerRequestError } from "@gitbeaker/rest";
import { useSandbox } from "../../src/sandbox";

const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });

const clientOf = (token: string) => new Gitlab({ host: gitlab.url, token });
const client = () => clientOf(gitlab.token);

async function account(username: string): Promise<{ group: number; id: number }> {
  const group = await client().Groups.create(`${username} group`, `${username}-group`);
  const { id } = await client().GroupServiceAccounts.create(group.id, { username });
  return { group: group.id, id };
}

/** What the server said, and with which status. */
async function refusalOf(promise: Promise<unknown>): Promise<[number, string]> {
  const error: unknown = await promise.then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GitbeakerRequestError) || error.cause === undefined) throw error;
  return [error.cause.response.status, error.cause.description];
}

describe("@gitbeaker/rest", () => {
  test("takes an account through its whole life", async () => {
    const { group, id } = await account("deployer");
    const token = await client().PersonalAccessTokens.create(id, "deploy", ["api"], {
      expiresAt: "2026-09-01",
    });
    expect(token).toMatchObject({ user_id: id, scopes: ["api"], expires_at: "2026-09-01" });

    await client().GroupMembers.add(group, 30, { userId: id, expiresAt: "2026-12-01" });
    const changed = await client().GroupMembers.edit(group, id, 40);
    expect(changed).toMatchObject({ access_level: 40, expires_at: "2026-12-01" });
    const own = clientOf(String(token.token));
    expect(await own.Users.showCurrentUser()).toMatchObject({ id, username: "deployer" });

    const { GroupServiceAccounts } = client();
    const rotated = await GroupServiceAccounts.rotatePersonalAccessToken(group, id, token.id);
    expect(rotated).toMatchObject({ name: "deploy", expires_at: "2026-06-08", revoked: false });
    expect(await refusalOf(own.Users.showCurrentUser())).toEqual([401, "invalid_token"]);

    await client().PersonalAccessTokens.remove({ tokenId: rotated.id });
    const left = await client().PersonalAccessTokens.all({ userId: id, state: "active" });
    expect(left).toEqual([]);

    await client().GroupMembers.remove(group, id);
    await client().Users.remove(id);
    gitlab.control.purge();
    expect(await refusalOf(client().Users.show(id))).toEqual([404, "404 User Not Found"]);
  });

  test("follows pages by number and by keyset to the last row", async () => {
    for (let number = 0; number < 45; number++) {
      await client().ServiceAccounts.create({ username: `bot-${number}` });
    }
    const names = (users: readonly { username: string }[]) => users.map((user) => user.username);
    const order = { orderBy: "username", sort: "asc", perPage: 20 } as const;
    const byNumber = names(await client().Users.all(order));
    const byKeyset = names(await client().Users.all({ ...order, pagination: "keyset" }));
    expect(byNumber).toHaveLength(46);
    expect(byKeyset).toEqual(byNumber);
    const { data, paginationInfo } = await client().Users.all({
      perPage: 20,
      page: 3,
      maxPages: 1,
      showExpanded: true,
    });
    expect(data).toHaveLength(6);
    expect(paginationInfo).toMatchObject({ total: 46, current: 3, totalPages: 3, next: null });
  });

  test("rotates its own token, and finds what it can reach", async () => {
    const { group, id } = await account("robot");
    await client().GroupMembers.add(group, 20, { userId: id });
    const { token } = await client().PersonalAccessTokens.create(id, "self", ["api"]);
    const own = clientOf(String(token));
    const renewed = await own.PersonalAccessTokens.rotate("self", { expiresAt: "2026-08-01" });
    expect(renewed).toMatchObject({ name: "self", expires_at: "2026-08-01", active: true });
    const groups = await clientOf(String(renewed.token)).Groups.all({ minAccessLevel: 20 });
    expect(groups.map(({ path }) => path)).toEqual(["robot-group"]);
  });

  test("delivers a secret as a variable and never gets it back", async () => {
    const { group } = await account("deliverer");
    const project = await client().Projects.create({ name: "site", namespaceId: group });
    const values = { masked: true, maskedAndHidden: true };
    await client().ProjectVariables.create(project.id, "TOKEN", "glpat-0123456789", values);
    const shown = await client().ProjectVariables.show(project.id, "TOKEN");
    expect(shown).toMatchObject({ masked: true, hidden: true, value: null });
    await client().ProjectVariables.edit(project.id, "TOKEN", "glpat-9876543210");
    await client().ProjectVariables.remove(project.id, "TOKEN");
    expect(await client().ProjectVariables.all(project.id)).toEqual([]);
  });

  test("is told what is wrong in the words of GitLab", async () => {
    const { group, id } = await account("first");
    const again = client().GroupServiceAccounts.create(group, { username: "first" });
    expect(await refusalOf(again)).toEqual([
      400,
      "400 Bad request - Username has already been taken",
    ]);
    const { id: project } = await client().Projects.create({ name: "site", namespaceId: group });
    const minimal = client().ProjectMembers.add(project, AccessLevel.MINIMAL_ACCESS, {
      userId: id,
    });
    expect(await refusalOf(minimal)).toEqual([
      400,
      '{"access_level":["is not included in the list"]}',
    ]);
    expect(await refusalOf(client().GroupMembers.show(group, 999))).toEqual([404, "404 Not found"]);
    const late = client().PersonalAccessTokens.create(id, "late", ["api"], {
      expiresAt: "2030-01-01",
    });
    expect(await refusalOf(late)).toEqual([422, "Expires at must be before 2027-06-01"]);
    expect(await refusalOf(clientOf("glpat-unknown").Groups.show(group))).toEqual([
      401,
      "401 Unauthorized",
    ]);
  });
});
