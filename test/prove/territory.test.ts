import fc from "fast-check";
import { Territory } from "../../src/prove/real/territory";
import type { Outgoing } from "../../src/prove/real/target";
import type { Json } from "../../src/prove/recording/recording";

const OWN = 12;

function territory(): Territory {
  const made = new Territory(5, "glsa-prove-");
  for (const kind of ["group", "project", "user", "token"] as const) made.own(kind, OWN);
  const path = "/api/v4/groups/5/service_accounts/12/personal_access_tokens";
  const created = { status: 201, headers: {}, text: '{"id":12,"token":"a-value"}' };
  made.learn(request("POST", path), created);
  return made;
}

function request(method: string, path: string, body?: Json, token = "caller's"): Outgoing {
  return { method, path, query: {}, token, body };
}

test.each([
  ["POST", "groups", { parent_id: 5, name: "x" }],
  ["POST", "projects", { namespace_id: 12, name: "x" }],
  ["POST", "groups/5/service_accounts", { name: "x" }],
  ["PATCH", "groups/5/service_accounts/12", { name: "x" }],
  ["DELETE", "groups/5/service_accounts/12"],
  ["POST", "groups/5/service_accounts/12/personal_access_tokens/12/rotate"],
  ["POST", "groups/12/members", { user_id: 12, access_level: 30 }],
  ["DELETE", "projects/12/members/12"],
  ["PUT", "projects/12/variables/GLSA_PROVE_X", { value: "x" }],
  ["POST", "groups/5/variables", { key: "not a key!", value: "x" }],
  ["DELETE", "groups/12"],
  ["DELETE", "projects/12"],
  ["DELETE", "personal_access_tokens/12"],
] as const)("%s /%s is the run's to write", (...given) => {
  const [method, path, body] = given as readonly [string, string, Json?];
  expect(territory().allows(request(method, `/api/v4/${path}`, body))).toBe(true);
});

test.each([
  ["POST", "groups", { name: "x" }],
  ["POST", "groups", { parent_id: 6, name: "x" }],
  ["POST", "groups", { parent_id: null, name: "x" }],
  ["POST", "projects", { name: "x" }],
  ["POST", "projects", { namespace_id: 6, name: "x" }],
  ["PUT", "groups/5", { name: "x" }],
  ["PUT", "projects/12/variables/GLSA_PROVE_X/more", {}],
  ["DELETE", "groups/5"],
  ["POST", "groups/5", {}],
  ["POST", "groups/5/share", { group_id: 6 }],
  ["POST", "groups/12/transfer", { group_id: 6 }],
  ["POST", "groups/5/access_tokens", { name: "x" }],
  ["POST", "groups/6/service_accounts", { name: "x" }],
  ["DELETE", "groups/5/service_accounts/13"],
  ["POST", "groups/5/service_accounts/13/personal_access_tokens", {}],
  ["DELETE", "groups/5/service_accounts/12/personal_access_tokens/13"],
  ["POST", "groups/5/members", { user_id: 1, access_level: 50 }],
  ["POST", "groups/5/members", { username: "root", access_level: 50 }],
  ["PUT", "groups/5/members/1", { access_level: 10 }],
  ["DELETE", "groups/5/members/1"],
  ["POST", "groups/5/variables", { key: "DEPLOY_KEY", value: "x" }],
  ["DELETE", "groups/5/variables/DEPLOY_KEY"],
  ["DELETE", "groups/5/variables/DEPLOY%5FKEY"],
  ["DELETE", "groups/5/service_accounts/12/../../../6"],
  ["DELETE", "projects/12/..%2f13"],
  ["DELETE", "groups//12"],
  ["DELETE", "groups/5/variables/GLSA_PROVE_%2F..%2FKEY"],
  ["DELETE", "projects/others%2Fcharts"],
  ["POST", "service_accounts", { name: "x" }],
  ["POST", "users", { username: "x" }],
  ["PUT", "users/12", { admin: true }],
  ["POST", "users/1/personal_access_tokens", {}],
  ["DELETE", "personal_access_tokens/13"],
  ["DELETE", "personal_access_tokens/self"],
  ["POST", "personal_access_tokens/self/rotate"],
  ["PUT", "application/settings", {}],
  ["POST", "", {}],
] as const)("%s /%s is not", (...given) => {
  const [method, path, body] = given as readonly [string, string, Json?];
  expect(territory().allows(request(method, `/api/v4/${path}`, body))).toBe(false);
});

test("a token of the run may rotate and revoke itself, no other one may", () => {
  const self = "/api/v4/personal_access_tokens/self";
  expect(territory().allows(request("DELETE", self, undefined, "a-value"))).toBe(true);
  expect(territory().allows(request("DELETE", self, undefined, "another"))).toBe(false);
});

test("whatever is asked, a write that is allowed names nothing that the run does not own", () => {
  const words = ["groups", "projects", "users", "members", "service_accounts", "variables"];
  const part = fc.constantFrom(
    ...words,
    "personal_access_tokens",
    "self",
    "rotate",
    "..",
    "%2e%2e",
  );
  const number = fc.constantFrom("5", "6", "12", "13");
  const path = fc.array(fc.oneof(part, number), { minLength: 1, maxLength: 6 });
  const body = fc.record({
    user_id: fc.constantFrom(1, 12),
    parent_id: fc.constantFrom(5, 6),
    namespace_id: fc.constantFrom(5, 6),
    key: fc.constantFrom("KEY", "GLSA_PROVE_X"),
  });
  const method = fc.constantFrom("POST", "PUT", "PATCH", "DELETE");
  const run = territory();
  fc.assert(
    fc.property(method, path, body, (verb, parts, values) => {
      const asked = request(verb, `/api/v4/${parts.join("/")}`, values);
      if (!run.allows(asked)) return;
      expect(parts.filter((each) => ["6", "13", "..", "%2e%2e"].includes(each))).toEqual([]);
      // The group itself is given, and only what is in it is the run's.
      expect(parts.length > 2 || parts[1] !== "5").toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
