import { TestInstance } from "./client";

afterEach(() => TestInstance.closeAll());

interface Event {
  readonly id: number;
  readonly author_id: number;
  readonly entity_id: number;
  readonly entity_type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const events = (gitlab: TestInstance, path: string, token?: string) =>
  gitlab.get<Event[]>("GET", `${path}/audit_events`, undefined, token);
const messages = (list: Event[]) => list.map(({ details }) => details["custom_message"] ?? details);

test("what happens to accounts and their tokens is told, with author, target and path", async () => {
  const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
  const group = await gitlab.group("home");
  const id = await gitlab.account(`/groups/${group}`, { name: "Robot", username: "robot" });
  const base = `/groups/${group}/service_accounts/${id}`;
  const tokens = `${base}/personal_access_tokens`;
  const token = await gitlab.get<{ id: number }>("POST", tokens, { name: "t", scopes: ["api"] });
  const next = await gitlab.get<{ id: number }>("POST", `${tokens}/${token.id}/rotate`);
  await gitlab.get("DELETE", `${tokens}/${next.id}`);
  await gitlab.get("DELETE", `${tokens}/${next.id}`);
  await gitlab.get("DELETE", base);
  const all = (await events(gitlab, "")).filter(({ entity_type }) => entity_type === "User");
  expect(messages(all)).toEqual([
    "User robot scheduled for deletion",
    `Revoked personal access token with id ${next.id}`,
    `Rotated personal access token with id ${next.id}`,
    `Created personal access token with id ${token.id}`,
    "User robot created",
  ]);
  expect(all[3]).toEqual({
    id: expect.any(Number) as number,
    author_id: 1,
    entity_id: 1,
    entity_type: "User",
    details: {
      event_name: "personal_access_token_created",
      author_name: "Administrator",
      author_class: "User",
      target_id: id,
      target_type: "User",
      target_details: "Robot",
      custom_message: `Created personal access token with id ${token.id}`,
      ip_address: "127.0.0.1",
      entity_path: "root",
      author_email: expect.any(String) as string,
    },
    created_at: expect.stringContaining("2026-06-01T12:00") as string,
  });
  const byEntity = `/audit_events?entity_type=User&entity_id=${id}`;
  expect(await gitlab.get<Event[]>("GET", byEntity)).toHaveLength(2);
  expect((await gitlab.ask("GET", `/audit_events?entity_id=${id}`)).status).toBe(400);
  expect(JSON.stringify(all)).not.toMatch(/glpat-/);
});

test("a group tells what happens to its members; Developers see only what they did", async () => {
  const gitlab = await TestInstance.start();
  const group = await gitlab.group("home");
  const path = `/groups/${group}`;
  const anna = await gitlab.human("anna");
  await gitlab.get("POST", `${path}/members`, { user_id: anna.id, access_level: 30 });
  await gitlab.get("PUT", `${path}/members/${anna.id}`, { access_level: 40 });
  expect(await events(gitlab, path, anna.token)).toEqual([]);
  await gitlab.get("DELETE", `${path}/members/${anna.id}`, undefined, anna.token);
  expect(messages(await events(gitlab, path))).toEqual([
    "Membership destroyed",
    "Membership updated",
    "Membership created",
    "Membership created",
    "Added group",
  ]);
  const [, updated] = await events(gitlab, path);
  expect(updated?.details).toMatchObject({ from: "Developer", to: "Maintainer" });
  expect(Object.keys(updated?.details ?? {}).join(" ")).toBe(
    "change from to expiry_from expiry_to as member_id member_role_id event_name author_name author_class target_id target_type target_details custom_message ip_address entity_path author_email",
  );
  expect((await events(gitlab, path))[0]?.author_id).toBe(anna.id);
  const one = await gitlab.get<Event>("GET", `${path}/audit_events/${updated?.id}`);
  expect(one).toEqual(updated);
});

test("without a licence there are no audit events to read", async () => {
  const gitlab = await TestInstance.start({ tier: "free" });
  const group = await gitlab.group("home");
  expect((await gitlab.ask("GET", "/audit_events")).status).toBe(403);
  expect((await gitlab.ask("GET", `/groups/${group}/audit_events`)).status).toBe(403);
});

test("GitLab tells of memberships that it ends by itself, and of deploy tokens", async () => {
  const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
  const path = `/groups/${await gitlab.group("home")}`;
  const anna = await gitlab.human("anna");
  const member = { user_id: anna.id, access_level: 20, expires_at: "2026-06-03" };
  await gitlab.get("POST", `${path}/members`, member);
  await gitlab.advance("P3D");
  const values = { name: "pull", scopes: ["read_registry"] };
  const { id } = await gitlab.get<{ id: number }>("POST", `${path}/deploy_tokens`, values);
  await gitlab.get("DELETE", `${path}/deploy_tokens/${id}`);
  const [revoked, created, expired] = await events(gitlab, path);
  const tail = `group deploy token with name: pull with token_id: ${id} with scopes: ["read_registry"].`;
  expect([revoked, created].map((event) => event?.details["custom_message"])).toEqual([
    `Revoked ${tail}`,
    `Created ${tail}`,
  ]);
  expect(expired).toMatchObject({
    author_id: -1,
    details: {
      ...{ remove: "user_access", as: "Reporter", system_event: true },
      reason: "access expired on 2026-06-03",
      event_name: "member_destroyed",
      author_name: "(System)",
      target_details: "anna",
      custom_message: "Membership expired on 2026-06-03",
      author_email: null,
    },
  });
});
