import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { inDays, TestGitLab } from "../support/gitlab";
import { another, dated, masked, scenarios, type Place, type Scenario } from "./declarations";
import type { Host, Outcome, Type, Values } from "./host";
import { PulumiHost } from "./pulumi-host";
import { TerraformHost } from "./terraform-host";

const HOSTS = { terraform: TerraformHost, pulumi: PulumiHost } as const;
const TYPES = ["glsa_service_account", "glsa_membership", "glsa_access_token"] as const;
const RUNS = Number(process.env["GLSA_LATE_RUNS"] ?? 30);

let gitlab: TestGitLab;
let place: Place;
let settings: Values;
let daysGone = 0;
const day = (days: number) => inDays(daysGone + days);

beforeAll(async () => {
  gitlab = await (await TestGitLab.start()).lasting();
  const ids = await gitlab.platform();
  await gitlab.control("POST", "deletion", { delay: "PT0S" });
  const accounts = await Promise.all(
    ["one", "two"].map(async (username) => {
      const path = `/groups/${ids.platform}/service_accounts`;
      const { id } = await gitlab.call<{ id: number }>("POST", path, { username, name: username });
      return { id: `group:${ids.platform}:${id}`, userId: id };
    }),
  );
  place = { folder: mkdtempSync(join(tmpdir(), "glsa-late-")), ids, accounts };
  settings = { base_url: gitlab.url, token: gitlab.token, stack: "late" };
});

async function wait(days: number): Promise<void> {
  daysGone += days;
  if (days > 0) await gitlab.control("POST", "clock", { advance: `P${days}D` });
}

afterAll(async () => {
  await gitlab.close();
  rmSync(place.folder, { recursive: true, force: true });
});

/** Creates, changes and destroys one object, each time with something that is known only at apply. */
async function live(host: Host, { late, days, ...declared }: Scenario): Promise<Outcome> {
  const before = dated(declared.before, day);
  const after = dated(declared.after, day);
  expect(await host.change(masked(before, late), before)).toBe("changed");
  expect(await host.change(before, before)).toBe("none");
  await wait(days);
  await gitlab.forgetRequests();
  const outcome = await host.change(masked(after, late), after);
  if (outcome !== "changed") expect(await gitlab.writes()).toEqual([]);
  if (outcome === "changed" || outcome === "same") {
    expect(await host.change(after, after)).toBe("none");
  }
  return outcome;
}

const ALIKE: Record<Type, (place: Place) => Values> = {
  glsa_service_account: () => ({ group: "platform" }),
  glsa_membership: ({ accounts }) => ({ user_id: undefined, service_account_id: accounts[0]?.id }),
  glsa_access_token: ({ accounts }) => ({ service_account_id: accounts[0]?.id }),
};

/** What a declaration cannot say of the same object. */
const ELSEWHERE: Record<Type, (place: Place) => Values> = {
  glsa_service_account: () => ({ group: "platform/apps" }),
  glsa_membership: ({ accounts }) => ({ service_account_id: accounts[1]?.id }),
  glsa_access_token: ({ accounts }) => ({ service_account_id: accounts[1]?.id }),
};

describe.each(Object.keys(HOSTS) as (keyof typeof HOSTS)[])(
  "what is known late, on %s",
  (engine) => {
    test.each(TYPES)(
      "%s: plans stand, and applies end where they were planned to",
      async (type: Type) => {
        await fc.assert(
          fc.asyncProperty(fc.gen(), async (generate) => {
            another();
            const scenario = generate(scenarios, type, place);
            const host = new HOSTS[engine](type, settings);
            try {
              await live(host, scenario);
            } finally {
              await host.destroy();
            }
          }),
          { numRuns: RUNS },
        );
      },
    );

    test.each(TYPES)(
      "%s: the same is left alone, and another is not what was planned",
      async (type) => {
        const late = Object.keys(ELSEWHERE[type](place));
        for (const expected of ["same", "late"] as const) {
          another();
          const [scenario] = fc.sample(scenarios(type, place), 1);
          const before: Values = { ...scenario?.before, ...ALIKE[type](place) };
          const after = expected === "same" ? before : { ...before, ...ELSEWHERE[type](place) };
          const host = new HOSTS[engine](type, settings);
          try {
            expect(await live(host, { before, after, late, days: 0 })).toBe(expected);
          } finally {
            await host.destroy();
          }
        }
      },
    );
  },
);
