import { SandboxControl } from "../../src/sandbox/control/control";
import { Controls } from "../../src/sandbox/control/controls";
import { routes } from "../../src/sandbox/api/registry";
import { Router } from "../../src/sandbox/http/router";
import { recordUse } from "../../src/sandbox/rules/token-use";
import { TestInstance } from "./client";

/** An instance and its administrator's token, without a server around them. */
function instanceWithToken() {
  const controls = new Controls({
    version: "19.4",
    tier: "ultimate",
    locale: "en",
    logSize: 10,
    now: "2026-06-01T12:00:00Z",
    url: "http://127.0.0.1",
    rootToken: "glpat-root",
    router: new Router(routes, "19.4"),
  });
  const { instance } = controls;
  const [token] = instance.store.tokens.rows();
  if (token === undefined) throw new Error("The administrator has a token.");
  return {
    control: new SandboxControl(controls),
    token,
    use: (ip: string) => recordUse(instance, token, ip),
  };
}

const minuteOf = (instant: string | null) => instant?.slice(11, 16);

describe("the time of the last use", () => {
  test("is noted at once the first time, and then only after ten minutes", () => {
    const { control, token, use } = instanceWithToken();
    const after = (duration: string) => {
      control.advanceClock(duration);
      use("10.0.0.1");
      return minuteOf(token.last_used_at);
    };
    expect(token.last_used_at).toBeNull();
    expect(after("PT1M")).toBe("12:01");
    expect(after("PT9M")).toBe("12:01");
    expect(after("PT1M")).toBe("12:11");
    expect(after("PT9M")).toBe("12:11");
    expect(after("P1D")).toBe("12:20");
  });
});

describe("the addresses of the last uses", () => {
  test("are noted once a minute, each once, and five at most", () => {
    const { control, token, use } = instanceWithToken();
    use("10.0.0.1");
    use("10.0.0.2");
    expect(token.last_used_ips).toEqual(["10.0.0.1"]);
    for (const last of [2, 3, 2, 4, 5, 6]) {
      control.advanceClock("PT1M");
      use(`10.0.0.${last}`);
    }
    const addresses = [6, 5, 4, 2, 3].map((last) => `10.0.0.${last}`);
    expect(token.last_used_ips).toEqual(addresses);
  });
});

describe("over the network", () => {
  afterAll(() => TestInstance.closeAll());

  const uses = (gitlab: TestInstance, token: string) =>
    gitlab.get("GET", "/personal_access_tokens/self", undefined, token);

  test("a token sees its own first use, from the address it came from", async () => {
    const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
    const { id, token } = await gitlab.userToken(1);
    expect(await gitlab.get("GET", `/personal_access_tokens/${id}`)).toMatchObject({
      last_used_at: null,
      last_used_ips: [],
    });
    const used = await uses(gitlab, token);
    expect(used).toMatchObject({ last_used_ips: ["127.0.0.1"] });
    expect(used["last_used_at"]).toMatch(/^2026-06-01T12:00:\d\d\.\d{3}Z$/);
  });

  test("a refused request is no use", async () => {
    const gitlab = await TestInstance.start();
    const { id, token } = await gitlab.userToken(1, { scopes: ["read_user"] });
    expect((await gitlab.ask("GET", "/groups", undefined, token)).status).toBe(403);
    expect(await gitlab.get("GET", `/personal_access_tokens/${id}`)).toMatchObject({
      last_used_at: null,
    });
  });
});
