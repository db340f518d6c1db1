import { readPlan } from "../../src/review";
import { CHANGES, describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { inDays } from "../support/gitlab";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { change, EVERY_MONTH, flat, onPlatform, rotating, token } from "../support/rotating-token";

const platform = usePlatform();
const { advance, delivered, works } = onPlatform(platform);

describeEnginesInTurn("a rotating token", (engine) => {
  test("is replaced when it is due, overlaps, and is revoked after that; the plan says so each time", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    const made = await token(work);
    expect(made).toMatchObject({ rotates_at: inDays(30), valid_until: inDays(40), previous: [] });
    await advance("P29D");
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await advance("P3D");
    expect(await change(work)).toMatchObject({
      actions: ["update"],
      before: { token_id: made["token_id"] },
      after: {
        rotation_reason: `due since ${inDays(30)} (2 days overdue)`,
        rotation_reasons: [{ code: "due" }],
        valid_until: inDays(72),
        rotates_at: inDays(62),
        generation: 2,
      },
      after_unknown: { token_id: true, previous: true },
    });
    succeeded(await work.apply());
    const second = await delivered();
    expect(second).not.toBe(first);
    expect([await works(first), await works(second)]).toEqual([true, true]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    await advance("P4D");
    expect(await change(work)).toMatchObject({
      actions: ["update"],
      before: {
        previous: [{ state: "due", note: "its overlap is over; the next apply revokes it" }],
      },
      after: { generation: 2 },
      after_unknown: { previous: true },
    });
    succeeded(await work.apply());
    expect([await works(first), await works(second)]).toEqual([false, true]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test.each(["P1D", "P3D"])(
    "planned on one day and applied %s later becomes what was planned",
    async (wait) => {
      const work = stack(engine, platform.gitlab, EVERY_MONTH);
      succeeded(await work.apply());
      const first = await delivered();
      await advance("P30D");
      succeeded(await work.run(["plan", "-input=false", "-out=saved"]));
      await advance(wait);
      succeeded(await work.run(["apply", "-input=false", "saved"]));
      const { rotates_at, valid_until, previous } = await token(work);
      expect({ rotates_at, valid_until }).toEqual({
        rotates_at: inDays(60),
        valid_until: inDays(70),
      });
      const { delivered_at, revoke_at } = (previous as Record<string, string>[])[0] ?? {};
      expect(Date.parse(revoke_at ?? "") - Date.parse(delivered_at ?? "")).toBe(3 * 86_400_000);
      const days = 30 + Number(wait.slice(1, 2));
      expect(delivered_at?.slice(0, 10)).toBe(inDays(days));
      expect(await works(first)).toBe(true);
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    },
  );

  test("refuses a plan that is too old, and one that another apply overtook, and harms nothing", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P30D");
    for (const file of ["old", "older"]) succeeded(await work.run(["plan", `-out=${file}`]));
    await advance("P8D");
    await platform.gitlab.forgetRequests();
    const stale = await work.run(["apply", "old"]);
    expect(flat(stale.stderr)).toContain("The plan is too old");
    expect(await platform.gitlab.writes()).toEqual([]);
    succeeded(await work.apply());
    const overtaken = await work.run(["apply", "older"]);
    expect(overtaken.exitCode).toBe(1);
    expect([await works(first), await works(await delivered())]).toEqual([true, true]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("that leaked is replaced, delivered and revoked in one apply, though it is in use", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    const { token_id: leaked } = await token(work);
    work.write({ "main.tf": rotating('every = "30d"', `revoke_now = [${String(leaked)}]`) });
    expect((await change(work))?.after?.["rotation_reason"]).toBe(
      `token ${String(leaked)} is in revoke_now`,
    );
    expect(await works(first)).toBe(true);
    succeeded(await work.apply());
    expect([await works(first), await works(await delivered())]).toEqual([false, true]);
    expect((await token(work))["previous"]).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("with names that read like reasons is reviewed by what was declared and found alone", async () => {
    const odd = (name: string, keeper: string) =>
      EVERY_MONTH.replace('name   = "ci"', `name = "${name}"\nkeepers = { "a; b" = "${keeper}" }`)
        .replace("BOT_TOKEN", "DUE_SINCE_X")
        .replace('"bot"\n}', '"bot"\n  name = "token 7 is in revoke_now; due since x"\n}');
    const work = stack(engine, platform.gitlab, odd("deploy; due since x; prod", "1"));
    succeeded(await work.apply());
    const variable = `/projects/${platform.ids.charts}/variables/DUE_SINCE_X`;
    await platform.gitlab.call("PUT", variable, { value: "somebody-typed-this" });
    work.write({ "main.tf": odd("deploy", "2") });
    const plan = await (await work.plan()).json();
    const review = readPlan(JSON.stringify(plan), { today: inDays(0) });
    const changes = review.accounts.flatMap((account) => account.changes);
    expect(changes.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(["name", "keeper a; b"]),
    );
    expect(changes.find(({ kind }) => kind === "rotation")?.summary).toMatch(
      /^rotates: CI\/CD variable "DUE_SINCE_X" of .* holds another value than the delivered one$/,
    );
    expect(changes.flatMap(({ details }) => details).join()).not.toContain("Also:");
  });

  test("does not revoke what is not its own, and says so", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    work.write({ "main.tf": rotating('every = "30d"', "revoke_now = [987654]") });
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(flat(plan.stderr)).toContain("Token 987654 cannot be revoked here");
  });

  test("keeps an old one that is in use, tells since when and from where, and ends it at last", async () => {
    const work = stack(engine, platform.gitlab, rotating('every = "30d"\nmax_hold = "2d"'));
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P30D");
    succeeded(await work.apply());
    await advance("P4D");
    expect(await works(first)).toBe(true);
    const held = await work.plan();
    expect(held.exitCode).toBe(NO_CHANGES);
    expect(flat(held.stdout)).toContain('an old one of "ci", is still in use');
    const json = await held.json();
    const prior = json.prior_state?.values?.root_module?.resources?.find(
      ({ address }) => address === "glsa_access_token.ci",
    );
    expect(prior?.values["previous"]).toMatchObject([
      {
        note: expect.stringMatching(
          /^held since .* still in use, last at .* from 127\.0\.0\.1/,
        ) as string,
      },
    ]);
    await advance("P2D");
    expect(await works(first)).toBe(true);
    succeeded(await work.apply());
    expect(await works(first)).toBe(false);
    expect(await works(await delivered())).toBe(true);
  });

  test("does not rotate because its policy was edited, unless the new date has passed", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P10D");
    await platform.gitlab.forgetRequests();
    for (const policy of [
      'every = "20d"',
      'every = "P20D"\noverlap = "5d"',
      'every = "20d"\noverlap = "5d"\nlifetime = "60d"\nquiet_for = "0d"',
    ]) {
      work.write({ "main.tf": rotating(policy) });
      succeeded(await work.apply());
      expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    }
    expect((await token(work))["rotates_at"]).toBe(inDays(20));
    expect(await platform.gitlab.writes()).toEqual([]);
    work.write({ "main.tf": rotating('every = "9d"') });
    expect((await change(work))?.after?.["rotation_reason"]).toBe(
      `due since ${inDays(9)} (1 day overdue)`,
    );
    succeeded(await work.apply());
    expect([await works(first), await works(await delivered())]).toEqual([true, true]);
  });

  test("rotates when a keeper changes, and with a changed name or scope keeps its overlap", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      rotating('every = "30d"', 'keepers = { seed = "1" }'),
    );
    succeeded(await work.apply());
    const first = await delivered();
    const changed = rotating('every = "30d"', 'keepers = { seed = "2" }').replace(
      '"ci"\n',
      '"cd"\n',
    );
    work.write({ "main.tf": changed });
    expect((await change(work))?.after?.["rotation_reason"]).toBe(
      'name changed from "ci"; keeper "seed" changed',
    );
    succeeded(await work.apply());
    expect([await works(first), await works(await delivered())]).toEqual([true, true]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    // The marker is that of the first name, so that the tokens still belong together.
    await advance("P4D");
    succeeded(await work.apply());
    expect(await works(first)).toBe(false);
  });

  test.each([
    ["revoked", "was found revoked"],
    ["expired", "was found expired"],
  ])("that was found %s is repaired in one apply", async (how, reason) => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const { token_id: id } = await token(work);
    if (how === "expired") await advance("P45D");
    else await platform.gitlab.call("DELETE", `/personal_access_tokens/${String(id)}`);
    expect((await change(work))?.after?.["rotation_reason"]).toContain(reason);
    succeeded(await work.apply());
    expect(await works(await delivered())).toBe(true);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("whose account was deleted outside is made again with it in one apply", async () => {
    await platform.gitlab.control("POST", "deletion", { delay: "PT0S" });
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const [account] = await platform.gitlab.accounts(platform.ids.platform);
    await platform.gitlab.call("DELETE", `/users/${account?.id}`);
    await advance("PT1H");
    await platform.gitlab.control("POST", "purge");
    const failed = await work.apply();
    if (failed.exitCode !== 0) throw new Error(failed.stderr);
    expect(await works(await delivered())).toBe(true);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("keeps old ones alive while the destination holds something else, whatever was planned", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P30D");
    succeeded(await work.apply());
    const second = await delivered();
    await advance("P4D");
    succeeded(await work.run(["plan", "-input=false", "-out=saved"]));
    const variable = `/projects/${platform.ids.charts}/variables/BOT_TOKEN`;
    await platform.gitlab.call("PUT", variable, { value: first });
    const applied = succeeded(await work.run(["apply", "-input=false", "saved"]));
    expect(flat(applied.stdout)).toContain("none was revoked");
    expect([await works(first), await works(second)]).toEqual([true, true]);
    succeeded(await work.apply());
    expect(await works(await delivered())).toBe(true);
  });

  test("survives -refresh=false and -target", async () => {
    const work = stack(engine, platform.gitlab, EVERY_MONTH);
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P30D");
    succeeded(await work.apply({ args: ["-refresh=false"] }));
    expect(await delivered()).toBe(first);
    expect((await work.plan()).exitCode).toBe(CHANGES);
    succeeded(await work.apply({ args: ["-target=glsa_access_token.ci"] }));
    expect([await works(first), await works(await delivered())]).toEqual([true, true]);
    await advance("P4D");
    succeeded(await work.apply({ args: ["-refresh=false"] }));
    expect(await works(await delivered())).toBe(true);
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test.each([
    ['every = "0d"', "every must be at least 1 day"],
    ['every = "3d"\noverlap = "3d"', "overlap must be shorter than every"],
    ['every = "30d"\nlifetime = "31d"', "lifetime is too short"],
    ['every = "400d"', "The token would have to live longer than GitLab allows"],
    ['every = "a month"', '"a month" is not a number of days'],
  ])("with %s is refused in the plan", async (policy, message) => {
    const plan = await stack(engine, platform.gitlab, rotating(policy)).plan();
    expect(plan.exitCode).toBe(1);
    expect(flat(plan.stderr)).toContain(message);
  });

  test("is destroyed with everything older, by a group's Owner", async () => {
    const owner = await platform.gitlab.groupOwner(platform.ids.platform);
    const work = stack(engine, platform.gitlab, EVERY_MONTH, { token: owner });
    succeeded(await work.apply());
    const first = await delivered();
    await advance("P30D");
    succeeded(await work.apply());
    const second = await delivered();
    succeeded(await work.destroy());
    expect([await works(first), await works(second)]).toEqual([false, false]);
    expect(await delivered()).toBe("");
  });
});
