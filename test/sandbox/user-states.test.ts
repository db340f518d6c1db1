import { TestInstance } from "./client";

const now = "2026-06-01T12:00:00Z";

let gitlab: TestInstance;
beforeAll(async () => {
  gitlab = await TestInstance.start({ now });
});
afterAll(() => TestInstance.closeAll());

const forbidden = "403 Forbidden - ";
const needsUnblock = "Error occurred. A blocked user must be unblocked to be activated";
const staysBlocked = "Error occurred. A blocked user cannot be deactivated";
const unblockDeactivated = `${forbidden}Deactivated users cannot be unblocked by the API`;

type State = "active" | "blocked" | "deactivated" | "banned";
/** The state afterwards with the body of a 201, or the text of a 403. */
type Expected = readonly [State, boolean | null] | string;

const table: Readonly<Record<string, Readonly<Record<State, Expected>>>> = {
  block: {
    active: ["blocked", true],
    blocked: ["blocked", null],
    deactivated: ["blocked", true],
    banned: ["banned", null],
  },
  unblock: {
    active: ["active", false],
    blocked: ["active", true],
    deactivated: unblockDeactivated,
    banned: ["active", true],
  },
  deactivate: {
    active: ["deactivated", true],
    blocked: staysBlocked,
    deactivated: ["deactivated", null],
    banned: staysBlocked,
  },
  activate: {
    active: ["active", true],
    blocked: needsUnblock,
    deactivated: ["active", true],
    banned: needsUnblock,
  },
  ban: {
    active: ["banned", true],
    blocked: "You cannot ban blocked users.",
    deactivated: "You cannot ban deactivated users.",
    banned: "You cannot ban banned users.",
  },
  unban: {
    active: "You cannot unban active users.",
    blocked: "You cannot unban blocked users.",
    deactivated: "You cannot unban deactivated users.",
    banned: ["active", true],
  },
};

const wayTo: Readonly<Record<State, string | undefined>> = {
  active: undefined,
  blocked: "block",
  deactivated: "deactivate",
  banned: "ban",
};

const cases = Object.entries(table).flatMap(([action, row]) =>
  Object.entries(row).map(([state, expected]) => [action, state as State, expected] as const),
);

/** A user whom nobody has seen, in a state. */
async function userIn(state: State): Promise<number> {
  await gitlab.control("POST", "reset");
  const { id } = await gitlab.get<{ id: number }>("POST", "/users", {
    username: "ada",
    name: "Ada",
    email: "ada@example.com",
    force_random_password: true,
  });
  const action = wayTo[state];
  if (action !== undefined) await gitlab.get("POST", `/users/${id}/${action}`);
  return id;
}

const eventsOf = (id: number) =>
  gitlab.get<{ details: { event_name: string } }[]>(
    "GET",
    `/audit_events?entity_type=User&entity_id=${id}`,
  );

test.each(cases)("%s meets a user who is %s", async (action, state, expected) => {
  const id = await userIn(state);
  const before = (await eventsOf(id)).length;
  const { status, body } = await gitlab.ask("POST", `/users/${id}/${action}`);
  const after = (await gitlab.get("GET", `/users/${id}`))["state"];
  if (typeof expected === "string") {
    expect([status, body, after]).toEqual([403, { message: expected }, state]);
  } else {
    expect([status, body, after]).toEqual([201, expected[1], expected[0]]);
  }
  expect((await eventsOf(id)).length - before).toBe(after === state ? 0 : 1);
});

test.each(Object.keys(table))("%s knows no user who is not there", async (action) => {
  expect(await gitlab.ask("POST", `/users/999/${action}`)).toMatchObject({
    status: 404,
    body: { message: "404 User Not Found" },
  });
});

test("administrators cannot block themselves, and stay active", async () => {
  expect(await gitlab.ask("POST", "/users/1/block")).toMatchObject({
    status: 403,
    body: { message: `${forbidden}The API initiating user cannot be blocked by the API` },
  });
  expect(await gitlab.get("GET", "/user")).toMatchObject({ state: "active" });
});

test("who was active in the past 90 days is not deactivated, and after them is", async () => {
  const id = await userIn("active");
  const { token } = await gitlab.userToken(id);
  await gitlab.get("GET", "/user", undefined, token);
  expect(await gitlab.ask("POST", `/users/${id}/deactivate`)).toMatchObject({
    status: 403,
    body: {
      message:
        "The user you are trying to deactivate has been active in the past 90 days and cannot be deactivated",
    },
  });
  await gitlab.advance("P90D");
  expect(await gitlab.ask("POST", `/users/${id}/deactivate`)).toMatchObject({ body: true });
});
