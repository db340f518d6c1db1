import { compareHeaders as compare } from "../../../src/prove/recording/compare-headers";
import { compareBodies, compareErrors } from "../../../src/prove/recording/compare";
import { Identities } from "../../../src/prove/recording/identities";
import type { Interaction } from "../../../src/prove/recording/recording";

const compareHeaders = (recorded: Interaction, answered: Headers, identities: Identities) =>
  compare(recorded, answered, { identities, withFront: true });

const answerWith = (headers: Record<string, string | string[]>): Interaction => ({
  request: { method: "GET", path: "/api/v4/users", query: {}, headers: {}, body: null },
  response: { status: 200, headers, body: [] },
});
const whereOf = (differences: readonly { where: string }[]): string[] =>
  differences.map(({ where }) => where);

describe("the comparison with a recording", () => {
  test("accepts other ids and times, but no other type", () => {
    const recorded = { id: 5, created_at: "2026-06-17T08:41:00.661Z" };
    expect(compareBodies(recorded, { id: 9, created_at: "2026-06-18T00:00:00.000Z" })).toEqual([]);
    expect(whereOf(compareBodies(recorded, { id: "9", created_at: null }))).toEqual([
      "/id",
      "/created_at",
    ]);
  });

  test("notices a missing key, an additional one, and another order", () => {
    expect(whereOf(compareBodies({ id: 1, bio: "" }, { id: 1, note: "" }))).toEqual([
      "/bio",
      "/note",
    ]);
    expect(whereOf(compareBodies({ id: 1, bio: "" }, { bio: "", id: 1 }))).toEqual([
      "/ (order of keys)",
    ]);
  });

  test("notices another value where the value is promised, at any depth", () => {
    const differences = compareBodies(
      [{ owner: { state: "active" } }],
      [{ owner: { state: "blocked" } }],
    );
    expect(whereOf(differences)).toEqual(["/0/owner/state"]);
  });

  test("notices a list of another length", () => {
    expect(whereOf(compareBodies([{ id: 1 }], []))).toEqual(["/"]);
  });

  test("takes errors word for word", () => {
    expect(compareErrors({ message: "404 Not found" }, { message: "404 Not Found" })).toHaveLength(
      1,
    );
  });

  test("compares Link without its host, under our names", () => {
    const identities = new Identities();
    identities.learnName("recorded", "ours");
    const recorded = answerWith({
      Link: '<http://one/api/v4/users?username=recorded>; rel="first"',
    });
    const same = new Headers({
      Link: '<http://127.0.0.1:1/api/v4/users?username=ours>; rel="first"',
    });
    const other = new Headers({
      Link: '<http://127.0.0.1:1/api/v4/users?username=x>; rel="first"',
    });
    expect(whereOf(compareHeaders(recorded, same, identities))).not.toContain("Link");
    expect(whereOf(compareHeaders(recorded, other, identities))).toContain("Link");
  });

  test("tells an empty header from an absent one", () => {
    const recorded = answerWith({ "X-Next-Page": "" });
    const found = (headers: Headers) =>
      whereOf(compareHeaders(recorded, headers, new Identities()));
    expect(found(new Headers({ "X-Next-Page": "" }))).not.toContain("X-Next-Page");
    expect(found(new Headers())).toContain("X-Next-Page");
  });
});

describe("the identities of a replay", () => {
  test("put our ids into a recorded path, each by its kind", () => {
    const identities = new Identities();
    identities.learnId("group", 5, 12);
    identities.learnId("user", 53, 4);
    identities.learnId("token", 5, 77);
    expect(identities.path("/api/v4/groups/5/service_accounts/53/personal_access_tokens/5")).toBe(
      "/api/v4/groups/12/service_accounts/4/personal_access_tokens/77",
    );
  });

  test("leave an id alone that was never learnt", () => {
    expect(new Identities().path("/api/v4/personal_access_tokens/999")).toBe(
      "/api/v4/personal_access_tokens/999",
    );
  });
});
