import { AccountAccess } from "../../src/page/data/access";
import { packed } from "../../src/page/data/columns";
import { Estate } from "../../src/page/data/estate";
import type { AccountRow, MembershipRow } from "../../src/page/data/estate-data";
import { sampleEstate } from "./estate";
import { estateData } from "../../src/page/estate/page-data";

const { picture } = sampleEstate(2);
const data = estateData(picture, [], []);
const [first] = new Estate(data).accounts;
const account = first as AccountRow;

function accessIn(path: string, memberships: readonly Partial<MembershipRow>[]) {
  const rows = memberships.map((each): MembershipRow => ({
    userId: account.id,
    container: "group 100",
    role: "developer",
    level: 30,
    customRole: null,
    expiresAt: null,
    createdAt: null,
    inheritedRole: null,
    inheritedLevel: null,
    inheritedFrom: null,
    ...each,
  }));
  const estate = new Estate({ ...data, memberships: packed(rows) });
  const container = estate.containers.find((each) => each.path === path);
  if (container === undefined) throw new Error(`The sample has no ${path}.`);
  return new AccountAccess(estate, account).in(container);
}

test("a role reaches everything below its group, and nothing beside it", () => {
  const inherited = { membership: { role: "developer" }, from: "group 100", own: null };
  expect(accessIn("platform", [{}])).toMatchObject({ from: null });
  expect(accessIn("platform/services", [{}])).toMatchObject(inherited);
  expect(accessIn("platform/services/api-1", [{}])).toMatchObject(inherited);
  expect(accessIn("payments/services", [{}])).toBeNull();
});

test("of an own role and one from above the higher counts, and the lower is kept", () => {
  const own = { container: "group 200", role: "guest", level: 10 };
  expect(accessIn("platform/services", [{}, own])).toMatchObject({
    membership: { role: "developer" },
    from: "group 100",
    own: { role: "guest" },
  });
  expect(accessIn("platform/services", [{}, { ...own, role: "owner", level: 50 }])).toMatchObject({
    membership: { role: "owner" },
    from: null,
  });
});
