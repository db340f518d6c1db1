import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as implementations from "../../src/destinations/implementations";
import type { DeliveryDestination } from "../../constructs/words";
import { destinationLabel, destinationProblems, problemText } from "../../constructs/words";
import { cdktfBindings } from "../../.config/bindings/cdktf";
import * as generated from "../../.config/bindings/destinations";
import { pulumiBindings } from "../../.config/bindings/pulumi";
import { providerPage } from "../../.config/docs/provider-page";
import type * as list from "../../src/destinations";
import { reviewedDeliveries } from "../rotation/reviewed-deliveries";
import { World } from "../rotation/world";
import { codeBlocks } from "../support/code-blocks";

/*
 * A destination that only these tests have, made as docs/add-a-destination.md says: the folder "note" and a line in the
 * list. Nothing else knows of it.
 */

jest.mock("../../src/destinations", () => {
  const { DESTINATIONS } = jest.requireActual<typeof list>("../../src/destinations");
  const { note } = jest.requireActual<Record<string, unknown>>("./note/record");
  return { DESTINATIONS: { ...DESTINATIONS, note } };
});

// What npm run docs would write from that list.
jest.mock("../../src/destinations/implementations", () => {
  const path = "../../src/destinations/implementations";
  const { IMPLEMENTATIONS } = jest.requireActual<typeof implementations>(path);
  return { IMPLEMENTATIONS: { ...IMPLEMENTATIONS, note: () => import("./note/implementation") } };
});

let folder: string;
let world: World;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-note-"));
  world = await World.build("file");
});

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const held = () => readFileSync(join(folder, "notes"), "utf8");

function declare(...settings: object[]): void {
  const deliver_to = settings.map((more) => ({ note: { path: join(folder, "notes"), ...more } }));
  world.declare({ rotation: { every: "30d" }, store_value: true, deliver_to });
}

async function apply(): Promise<string[]> {
  const { diagnostics } = await world.driver.apply();
  return diagnostics.map(({ summary }) => summary);
}

test("the provider refuses what its rules refuse, and what every destination's do", async () => {
  declare({ title: "two words" });
  expect(await apply()).toContain('"two words" is not the title of a note');
  declare({ on_destroy: "forget" });
  expect(await apply()).toContain('Unknown on_destroy "forget"');
  declare({}, {});
  expect(await apply()).toContain("A token lists one destination twice");
});

test("the provider delivers, sees a change by hand, rotates and removes; reviews say so", async () => {
  declare({});
  expect(await apply()).toEqual([]);
  expect(held()).toBe(`token=${String(world.token["value"])}`);
  expect((await world.driver.plan()).actions.get("token")).toBe("none");

  await world.advance("P30D");
  expect(await apply()).toEqual([]);
  expect(held()).toBe(`token=${String(world.token["value"])}`);

  declare({ title: "other" });
  expect(await reviewedDeliveries(world)).toEqual(["also delivered", "no longer delivered"]);
  declare({ on_destroy: "keep" });
  expect(await reviewedDeliveries(world)).toEqual([
    `note token in ${join(folder, "notes")}: on_destroy`,
  ]);

  await world.advance("P5D");
  world.declare({ rotation: { every: "30d" }, store_value: true });
  expect(await apply()).toEqual([]);
  expect(held).toThrow("ENOENT");
});

test("programs are told its rules and its name", () => {
  const destination = { note: { path: "notes", title: "two words" } } as DeliveryDestination;
  const problems = destinationProblems("deliverTo[0]", destination, () => false);
  expect(problems.map(problemText)).toEqual([
    'deliverTo[0].note.title: "two words" is not the title of a note. title must be one word; got "two words". Write such as "token". [malformed-note-title]',
  ]);
  const label = destinationLabel({ note: { path: "notes" } } as DeliveryDestination, String);
  expect(label).toBe('note "token" in "notes"');
});

test("npm run docs writes the rest", () => {
  expect(generated.implementations()).toContain('note: () => import("./note/implementation")');
  const words = generated.deliveryWords();
  expect(words).toContain("export interface NoteDelivery");
  expect(words).toContain("static note(note: NoteDelivery): Delivery");
  expect(cdktfBindings()).toContain("export interface GlsaAccessTokenNote");
  expect(pulumiBindings()).toContain("export interface GlsaAccessTokenNote");
  expect(providerPage()).toContain("### `note`");
});

test("it is made as the guide says", () => {
  const [record, implementation] = codeBlocks("docs/add-a-destination.md", "ts").map(asCode);
  expect(asCode(fixture("record"))).toBe(record);
  expect(asCode(fixture("implementation"))).toBe(implementation);
});

function fixture(name: string): string {
  const text = readFileSync(join(__dirname, "note", `${name}.ts`), "utf8");
  return text.replaceAll("../../../src/destinations/", "../").replaceAll("../../../src/", "../../");
}

/** Without what the length of a line decides. */
function asCode(text: string): string {
  return text.replace(/,(?=\s*[)}\]])/g, "").replace(/\s+/g, "");
}
