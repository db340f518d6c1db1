import { readFileSync } from "node:fs";
import type { Destination, DestinationHost } from "../../src/destinations/destination";
import { destinationIn, withDefaults } from "../../src/destinations/entry";
import { IMPLEMENTATIONS } from "../../src/destinations/implementations";
import { TestGitLab } from "../support/gitlab";
import { Services } from "../support/services";
import { deliveredBy, FIRST, newValue } from "./conformance/under-test";

const before = { ...process.env };
let gitlab: TestGitLab;
let services: Services;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  services = await Services.start(gitlab);
  Object.assign(process.env, services.environment, { METADATA_SERVER_DETECTION: "none" });
});
afterAll(async () => {
  process.env = before;
  await services.close();
  await gitlab.close();
});

/** The last column of the table: what a plan sends for each place, as the page says it. */
function saidOf(kind: string): number {
  const page = readFileSync("docs/delivery-services.md", "utf8");
  const row = page.split("\n").find((line) => line.startsWith(`| \`${kind}\``)) ?? "";
  return Number(row.split("|").at(-2)?.trim());
}

const sent = () => {
  const { aws, azure, connect, github, google } = services;
  return [aws, azure, connect, github, google].flatMap(({ requests }) => requests).length;
};

test.each([
  "github_secret",
  "gcp_secret",
  "azure_secret",
  "onepassword",
  "aws_secret",
  "aws_parameter",
])("a plan sends as many requests for an unchanged %s as the page says", async (kind) => {
  const entry = services.destinations.find((each) => kind in each) ?? {};
  const { record, written } = destinationIn(entry)!;
  const { place } = await IMPLEMENTATIONS[kind as keyof typeof IMPLEMENTATIONS]();
  const at = (): Destination =>
    place(withDefaults(record, written), {} as unknown as DestinationHost, null);
  const value = newValue();
  await at().check(FIRST);
  await at().deliver(value);
  const from = sent();
  expect(await at().observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
  expect(sent() - from).toBe(saidOf(kind));
});
