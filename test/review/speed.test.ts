import { readPlan } from "../../src/review";
import { pulumiPreview, terraformPlan } from "./render";
import { TODAY } from "./recorded";
import type { World } from "./world";

/** Accounts with a token and two memberships each, all of which change. */
function world(count: number, role: string, scopes: readonly string[]): World {
  const membership = { role, expiresAt: null };
  const one = (at: number) => ({
    username: `bot-${at}`,
    tokens: { a: { scopes, expiresAt: "2026-12-31" } },
    memberships: { a: membership, b: membership },
  });
  const keys = Array.from({ length: count }, (_, at) => at);
  return { accounts: Object.fromEntries(keys.map((at) => [`${at}`, one(at)])) };
}

/** The best of three, so that a pause of the machine counts for nothing. */
function milliseconds(text: string): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    readPlan(text, { today: TODAY });
    return performance.now() - start;
  });
  return Math.min(...times);
}

test.each([
  ["Terraform", terraformPlan],
  ["Pulumi", pulumiPreview],
])("four times as many changes of %s take about four times as long", (_, render) => {
  const plan = (count: number) =>
    render(world(count, "guest", ["read_api"]), world(count, "developer", ["api"]));
  const [small, large] = [plan(500), plan(2000)];
  milliseconds(small);
  expect(milliseconds(large) / milliseconds(small)).toBeLessThan(10);
});
