import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { parseConfig, type Channel, type NotifySetting } from "../../src/config";
import { notify, ofNight, ofLostNight } from "../../src/notify";
import { bodyFor } from "../../src/notify/bodies";
import type { Message } from "../../src/notify/message";
import type { NightReport } from "../../src/night";
import { state } from "../cli/plans";
import { runGlsa } from "../cli/run-glsa";
import { change } from "../review/sample";
import {
  json,
  scriptedServer,
  type ScriptedServer,
  type SeenRequest,
} from "../support/scripted-server";

const CHANNELS: readonly Channel[] = ["webhook", "slack", "teams", "mattermost"];
const SECRET = "T0000000000000000/B000000000000000000/averysecretpath";

let server: ScriptedServer;
let seen: SeenRequest[];
let statuses: number[];

beforeEach(async () => {
  seen = [];
  statuses = [];
  server = await scriptedServer((request, response) => {
    seen.push(request);
    json(response, statuses.shift() ?? 200, {});
  });
});
afterEach(() => server.close());

function message(name = "bot"): Message {
  return {
    occasion: "night-failed",
    name,
    title: "The night failed: tokens that are due were not rotated",
    reason: name,
    items: [{ account: name, object: name, address: name, text: name }],
    remedy: "Consumers go on.",
    jobUrl: "https://gitlab.example.com/-/jobs/7",
  };
}

const setting = (to: Channel, rest: Partial<NotifySetting> = {}): NotifySetting => ({
  ...{ to, urlEnv: "HOOK", tokenEnv: undefined, on: ["night-failed"] },
  ...rest,
});

const send = (settings: readonly NotifySetting[], more: Record<string, string> = {}) =>
  notify([message()], settings, { HOOK: `${server.url}/${SECRET}`, ...more });

describe("a message", () => {
  test.each(CHANNELS)("reaches %s as JSON", async (to) => {
    expect(await send([setting(to)])).toEqual([]);
    expect(seen).toMatchObject([
      { method: "POST", url: `/${SECRET}`, headers: { "content-type": "application/json" } },
    ]);
    expect(JSON.stringify(JSON.parse(seen[0]?.body ?? ""))).toContain("The night failed");
  });

  test("goes only where its occasion is wanted", async () => {
    expect(await send([setting("webhook", { on: ["leak"] })])).toEqual([]);
    expect(seen).toEqual([]);
  });

  test("takes a webhook's token along", async () => {
    await send([setting("webhook", { tokenEnv: "TOKEN" })], { TOKEN: "hook-token-value" });
    expect(seen[0]?.headers.authorization).toBe("Bearer hook-token-value");
  });

  test("that is refused for a moment is sent again", async () => {
    statuses = [429];
    expect(await send([setting("slack")])).toEqual([]);
    expect(seen).toHaveLength(2);
  });
});

describe("what cannot be sent is said, without the secret, and nothing is thrown", () => {
  test.each<[string, Record<string, string>, Partial<NotifySetting>]>([
    ["where the variable is missing", { HOOK: "" }, {}],
    ["where the token is missing", {}, { tokenEnv: "TOKEN" }],
    ["where the address is none", { HOOK: `file:///${SECRET}` }, {}],
    ["where the address is not even one", { HOOK: `http://[::${SECRET}` }, {}],
    ["where nothing listens", { HOOK: `http://127.0.0.1:9/${SECRET}` }, {}],
  ])("%s", async (_, variables, rest) => {
    const failures = await send([setting("webhook", rest)], variables);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/was not sent to webhook \(HOOK\): .*\[notification-not-sent\]$/);
    expect(failures.join()).not.toContain("averysecretpath");
  });

  test("where the place refuses, and the next place is told nevertheless", async () => {
    statuses = [404];
    expect(await send([setting("teams"), setting("slack")])).toEqual([
      "The message about night-failed was not sent to teams (HOOK): the answer was 404. [notification-not-sent]",
    ]);
    expect(seen).toHaveLength(2);
  });
});

describe("hostile names", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "<!channel>",
      "<@U123>",
      "@all",
      "@here",
      "<https://evil.example|ok>",
      "[ok](https://evil.example)",
      "![x](https://evil.example/x.png)",
      "\r\nBcc: all@example.com",
      "\u202egnp",
      "`",
      "{{mention}}",
      "<at>all</at>",
      '"}]}',
      "x".repeat(20_000),
    ),
    fc.string({ unit: "binary" }),
  );
  const markdown = new MarkdownIt({ html: true, linkify: true });

  test.each(CHANNELS)("stay JSON without hidden characters for %s, and short", (to) => {
    fc.assert(
      fc.property(hostile, (name) => {
        const body = bodyFor(to, message(name));
        const texts = strings(JSON.parse(body));
        if (to === "webhook") return;
        expect(texts.join("")).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(body.length).toBeLessThan(12_000);
      }),
    );
  });

  test("are plain text for Slack, and mention nobody in its notification", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const { text, blocks } = JSON.parse(bodyFor("slack", message(name))) as {
          text: string;
          blocks: { text: { type: string; text: string } }[];
        };
        expect(text).not.toMatch(/[<>]/);
        expect(blocks.map((block) => block.text.type)).toEqual(["plain_text", "plain_text"]);
        expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(150);
        expect(blocks[1]?.text.text.length).toBeLessThanOrEqual(3000);
      }),
    );
  });

  test("are runs of text for Teams, which are no Markdown", () => {
    const { attachments } = JSON.parse(bodyFor("teams", message("[ok](https://evil.example)"))) as {
      attachments: { content: { body: { type: string; inlines: { type: string }[] }[] } }[];
    };
    const blocks = attachments[0]?.content.body ?? [];
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(["RichTextBlock"]));
    expect(blocks.flatMap(({ inlines }) => inlines.map(({ type }) => type))).toEqual(
      blocks.map(() => "TextRun"),
    );
  });

  test("are in code for Mattermost", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const { text } = JSON.parse(
          bodyFor("mattermost", { ...message(name), jobUrl: undefined }),
        ) as {
          text: string;
        };
        const html = markdown.render(text).replace(/<code>[^<]*<\/code>/g, "");
        expect(html.replace(/<\/?(p|br)\s*\/?>/g, "")).not.toMatch(/<|@\w|\]\(/);
      }),
    );
  });
});

describe("a night", () => {
  const night = (rest: Partial<NightReport>): NightReport => ({
    ...{ engine: "terraform", isDryRun: false, end: "done", done: [], left: [], waiting: [] },
    ...{ held: [], others: { created: 0, changed: 0, deleted: 0 }, failure: null },
    ...rest,
  });
  const token = { address: "glsa_access_token.ci", account: "bot", object: 'token "ci"' };
  const run = { name: "platform", jobUrl: undefined };
  const occasions = (report: NightReport) => ofNight(report, run).map(({ occasion }) => occasion);

  test("that went well is silent, and so is a dry run", () => {
    expect(occasions(night({}))).toEqual([]);
    expect(occasions(night({ end: "waiting" }))).toEqual([]);
    expect(occasions(night({ end: "failed", isDryRun: true }))).toEqual([]);
  });

  test("that failed names what was not rotated", () => {
    const left = [{ ...token, reason: "failed", others: [] } as const];
    const [failed] = ofNight(night({ end: "failed", left }), run);
    expect(failed).toMatchObject({ occasion: "night-failed", items: [token] });
    expect(ofLostNight(run).occasion).toBe("night-failed");
  });

  test("that kept a replaced token tells it, to those who want it", () => {
    const held = [{ ...token, change: change("revocation-held", "routine", token.object) }];
    expect(occasions(night({ held }))).toEqual(["token-held"]);
  });
});

test("a command tells what expires, in the words of the folder's settings, and its exit code stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "glsa-notify-"));
  const notify = [{ to: "webhook", url_env: "HOOK", on: ["expiry-near"] }];
  writeFileSync(join(folder, "glsa.config.json"), JSON.stringify({ notify }));
  const job = { HOOK: `${server.url}/${SECRET}` };
  const input = state({}, { expires_at: "2026-07-15" });
  const parameters = ["calendar", "--today", "2026-06-20", "--notify", "--name", "platform"];
  const { code, stderr } = await runGlsa(parameters, { cwd: folder, input, job });
  expect([code, stderr]).toEqual([2, ""]);
  expect(JSON.parse(seen[0]?.body ?? "")).toMatchObject({
    ...{ occasion: "expiry-near", name: "platform" },
    items: [{ object: "membership of platform/charts", text: "ends on 2026-07-15" }],
  });
  statuses = [500];
  const again = await runGlsa(parameters, { cwd: folder, input, job });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("Warning: The message about expiry-near was not sent to webhook");
  expect(JSON.stringify(again)).not.toContain("averysecretpath");
  rmSync(folder, { recursive: true });
});

describe("the settings", () => {
  const problemsOf = (notify: unknown) => parseConfig({ notify }).problems;

  test("are quiet by default", () => {
    const { config, problems } = parseConfig({ notify: [{ to: "slack", url_env: "SLACK" }] });
    expect(problems).toEqual([]);
    expect(config.notify).toEqual([
      { to: "slack", urlEnv: "SLACK", tokenEnv: undefined, on: ["night-failed", "leak"] },
    ]);
  });

  test.each([
    [{}],
    [[{ to: "irc", url_env: "X" }]],
    [[{ to: "slack" }]],
    [[{ to: "slack", url_env: "https://hooks.slack.com/services/x" }]],
    [[{ to: "slack", url_env: "X", token_env: "Y" }]],
    [[{ to: "slack", url_env: "X", on: [] }]],
    [[{ to: "slack", url_env: "X", on: ["birthday"] }]],
    [[{ to: "slack", url: "X" }]],
  ])("%j are refused, and the address is not repeated", (notify) => {
    const problems = problemsOf(notify);
    expect(problems.map(({ code }) => code)).toContain("malformed-notify-settings");
    expect(JSON.stringify(problems)).not.toContain("hooks.slack.com");
  });
});

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(strings);
}
