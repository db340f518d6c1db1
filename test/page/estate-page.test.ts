import { estatePage } from "../../src/page";
import { unpacked } from "../../src/page/data/columns";
import type { AccountRow, EstateData } from "../../src/page/data/estate-data";
import { compilePageAssets } from "./assets";
import { sampleEstate, type SampleEstate } from "./estate";
import { HOSTILE, withHostileNames } from "./hostile";

beforeAll(compilePageAssets);

function written({ picture, findings, schedules }: SampleEstate): string {
  return estatePage(picture, findings, { version: "1.2.3", schedules });
}

function dataOf(page: string): EstateData {
  const [, json = ""] =
    /<script type="application\/json" id="data">(.*)<\/script>/.exec(page) ?? [];
  return JSON.parse(json);
}

test("the same picture makes the same page", () => {
  expect(written(sampleEstate(30))).toBe(written(sampleEstate(30)));
});

test("what could not be seen stands in the page's head, above everything that was", () => {
  const page = written(sampleEstate(60));
  const [head = "", rest = ""] = page.split("<main");
  expect(head).toContain("This picture is incomplete");
  expect(head).toContain("GitLab refused to show the members of the project.");
  expect(head).not.toContain("audit events");
  expect(rest).not.toContain("This picture is incomplete");
});

test("a complete picture says so", () => {
  const { picture, ...rest } = sampleEstate(5);
  const page = written({ ...rest, picture: { ...picture, gaps: [], isComplete: true } });
  expect(page).toContain("Everything that was requested was seen.");
});

test("a run that ended early is incomplete, even where no single gap is told", () => {
  const { picture, ...rest } = sampleEstate(5);
  const page = written({ ...rest, picture: { ...picture, gaps: [], isComplete: false } });
  expect(page).toContain("The pass ended before everything was read.");
});

test("no name ends the data, begins an element or is hidden", () => {
  const page = written(withHostileNames(sampleEstate(60)));
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
  expect(page).not.toMatch(/<img|<svg|<!--|<b>/);
  // eslint-disable-next-line no-control-regex
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
});

test("names are whole up to 300 characters, and what is hidden in them is shown by its number", () => {
  const accounts = unpacked<AccountRow>(
    dataOf(written(withHostileNames(sampleEstate(60)))).accounts,
  );
  const names = accounts.map(({ username }) => username);
  expect(names).toContain(HOSTILE[0]);
  expect(names).toContain("a\\u202egpj.exe");
  expect(names).toContainEqual(expect.stringMatching(/^longlong.*more characters/));
});

test("a profile is linked only where the instance's address is one that a browser opens", () => {
  const { picture, ...rest } = sampleEstate(1);
  const withUrl = (url: string) =>
    dataOf(written({ ...rest, picture: { ...picture, instance: { ...picture.instance, url } } }));
  expect(withUrl("https://gitlab.example.com/git").instanceUrl).toBe(
    "https://gitlab.example.com/git",
  );
  expect(withUrl("javascript:alert(1)").instanceUrl).toBeNull();
});

test("5,000 accounts fit in 6 MB", () => {
  expect(written(sampleEstate(5000)).length).toBeLessThan(6_000_000);
});
