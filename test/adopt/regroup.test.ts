import { separate, together, type HeldMemberships } from "../../src/adopt/regroup";

const BOT = "group:12:345";

function single(
  address: string,
  path: string,
  more: Partial<HeldMemberships["single"][number]> = {},
): HeldMemberships["single"][number] {
  const place = {
    kind: "group",
    path,
    role: "developer",
    customRoleId: null,
    expiresAt: null,
  } as const;
  return { address, userId: 345, accountId: BOT, place, obstacle: undefined, ...more };
}

const nothing = { single: [], together: [], accounts: new Map<string, string>() };
const accounts = new Map([[BOT, 'glsa_service_account.bot["ci"]']]);

test("single memberships of an account become one object, with its import, and are let go of", () => {
  const held = [
    single('module.a["x"].glsa_membership.in["apps"]', "platform/apps"),
    single("glsa_membership.b", "7"),
  ];
  expect(together({ ...nothing, accounts, single: held })).toEqual({
    from: 2,
    to: 1,
    left: [],
    replaced: ["module.a.glsa_membership.in", "glsa_membership.b"],
    code: `resource "glsa_memberships" "bot_ci" {
  service_account_id = glsa_service_account.bot["ci"].id

  group "platform/apps" {
    path = "platform/apps"
    role = "developer"
  }

  group "7" {
    path = "7"
    role = "developer"
  }
}

import {
  to = glsa_memberships.bot_ci
  id = "user:345"
}

removed {
  from = module.a.glsa_membership.in

  lifecycle {
    destroy = false
  }
}

removed {
  from = glsa_membership.b

  lifecycle {
    destroy = false
  }
}
`,
  });
});

test("one that must stay keeps its resource and its account, and the others say why", () => {
  const held = [
    single('glsa_membership.all["a"]', "a", { obstacle: "it has expired" }),
    single('glsa_membership.all["b"]', "b", { userId: 7, accountId: null }),
    single("glsa_membership.c", "c", { userId: 7, accountId: null }),
    single("glsa_membership.d", "d", { userId: 8, accountId: null }),
  ];
  const { left, code, from } = together({ ...nothing, single: held });
  expect(left.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
    'glsa_membership.all["a"]: it has expired',
    'glsa_membership.all["b"]: glsa_membership.all["a"] of the same resource stays',
    'glsa_membership.c: glsa_membership.all["b"] of the same account stays',
  ]);
  expect(from).toBe(1);
  expect(code).toContain("user_id = 8");
});

test("the way back has a resource and an import for each place, under names that differ", () => {
  const place = {
    kind: "project",
    role: "custom",
    customRoleId: 4,
    expiresAt: "2027-01-31",
  } as const;
  const whole = {
    address: "glsa_memberships.bot",
    userId: 345,
    accountId: BOT,
    isExclusive: true,
    places: [
      { ...place, label: "a/b", path: "a/b" },
      { ...place, label: "a b", path: "${not}" },
    ],
  };
  const { code, to } = separate({ ...nothing, together: [whole] });
  expect(to).toBe(2);
  expect(code).toContain(`resource "glsa_membership" "bot_project_a_b" {
  service_account_id = "group:12:345"
  project            = "a/b"
  role               = "custom"
  custom_role_id     = 4
  expires_at         = "2027-01-31"
}`);
  expect(code).toContain('id = "project:a/b:345"');
  expect(code).toContain('"$${not}"');
  expect(new Set(code.match(/resource "glsa_membership" "\w+"/g)).size).toBe(2);
});

test("where there is nothing to move, nothing is written", () => {
  expect([together(nothing).code, separate(nothing).code]).toEqual(["", ""]);
});
