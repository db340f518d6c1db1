import { GitLab } from "../../src/gitlab";
import { pauseFor } from "../../src/gitlab/slow-down";
import { TestGitLab } from "../support/gitlab";

const limiter = (remaining: number, limit = 600, resetIn: number | undefined = 30_000) => ({
  remaining,
  limit,
  resetIn,
});

test.each([
  ["plenty is left", limiter(500), 0],
  ["a tenth is left", limiter(60), 5_000],
  ["little is left", limiter(10), 30_000],
  ["nothing is left", limiter(0), 30_000],
  ["the limiter does not say when it counts anew", { ...limiter(0), resetIn: undefined }, 0],
  ["it counted anew already", limiter(0, 600, -1_000), 0],
  ["it says an hour", limiter(0, 600, 3_600_000), 60_000],
])("where %s, a run waits accordingly", (_, told, pause) => {
  expect(pauseFor(told, 10)).toBe(pause);
});

describe("a run beside a limiter", () => {
  let gitlab: TestGitLab;
  let client: GitLab;
  beforeEach(async () => {
    gitlab = await TestGitLab.start();
    client = new GitLab({ baseUrl: gitlab.url, token: gitlab.token });
  });
  afterEach(async () => {
    await client.client.close();
    await gitlab.close();
  });
  const ask = () => client.client.one({ method: "GET", route: "/version" });

  test("is not refused once, and ends", async () => {
    await gitlab.control("POST", "limits", { throttle: { requests: 40, period_seconds: 2 } });
    await ask();
    await gitlab.forgetRequests();
    await Promise.all(Array.from({ length: 60 }, ask));
    const { requests } = await gitlab.requests();
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(requests).toHaveLength(60);
  }, 60_000);

  test("ends what it began when it is stopped, and starts nothing else", async () => {
    await gitlab.control("POST", "limits", { throttle: { requests: 11, period_seconds: 60 } });
    await ask();
    const later = ask().catch((failure: unknown) => String(failure));
    const finishing = client.finish(ask);
    client.client.stop();
    expect(await later).toContain("stop");
    await finishing;
  });
});
