import { formattedNight, NIGHT_FORMATS, readNightJson } from "../../src/night/outputs";
import type { NightReport } from "../../src/night";

const EVIL = [
  "@all ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> `",
  "\u001b[31mred\u202e",
  "::error::x",
  "section_start:1:x\n/approve",
].join(" ");

const change = {
  kind: "rotation",
  effect: "routine",
  object: `token "${EVIL}"`,
  address: EVIL,
  summary: EVIL,
  from: EVIL,
  to: EVIL,
  details: [EVIL],
} as const;
const token = { address: EVIL, account: EVIL, object: `token "${EVIL}"` };

const report: NightReport = {
  engine: "terraform",
  isDryRun: false,
  end: "failed",
  done: [{ ...token, changes: [change] }],
  left: [{ ...token, reason: "takes-along", others: [EVIL] }],
  waiting: [{ ...token, change }],
  held: [{ ...token, change: { ...change, kind: "revocation-held" } }],
  others: { created: 1, changed: 0, deleted: 0 },
  failure: null,
};

test.each(NIGHT_FORMATS)("names are harmless in the format %s", (format) => {
  const text = formattedNight(report, format, { title: EVIL });
  // eslint-disable-next-line no-control-regex -- what a terminal would obey
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).not.toMatch(/^::|section_start:|^\/approve/m);
  if (format !== "markdown") return;
  const outside = text.replace(/(`+)[^]*?[^`]\1(?!`)/g, "");
  expect(outside).not.toMatch(/<img|!\[|@all/);
});

test("the report of a night is read back by the alarm, and nothing else passes for one", () => {
  const read = readNightJson(formattedNight(report, "json", {}));
  expect(read).toEqual({ end: "failed", failure: null, left: report.left });
  for (const text of ["", "[]", "{}", '{"end":"fine","not_rotated":[]}', '{"end":"done"}']) {
    expect(() => readNightJson(text)).toThrow("[unreadable-report]");
  }
});
