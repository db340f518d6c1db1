import { readFileSync } from "node:fs";
import { fingerprint } from "../../src/model";
import {
  deliveredBy,
  failureOf,
  KEY,
  newValue,
  OTHER_KEY,
  OURS,
  useVault,
  type Rules,
} from "./vault-under-test";

const vault = useVault();
let mount: string;

beforeEach(async () => {
  mount = await vault().mount();
});

const data = () => `${mount}/data/ci/bot`;
const metadata = () => `${mount}/metadata/ci/bot`;
const REFUSED = "it exists already and was not written by this declaration";

describe("a field", () => {
  test("that somebody else wrote is refused, and says the way out", async () => {
    await vault().write(mount, "ci/bot", { token: "typed by hand" });
    const failure = await failureOf(vault().secret({ mount }).check(OURS));
    expect(failure.message).toBe(
      `field "token" of Vault secret "${mount}/ci/bot" at ${vault().url}: ${REFUSED}`,
    );
    expect(failure.remedy).toContain("overwrite = true");
  });

  test("that somebody else wrote may be taken over with overwrite, or where this declaration delivered before", async () => {
    await vault().write(mount, "ci/bot", { token: "typed by hand" });
    await vault().secret({ mount, overwrite: true }).check(OURS);
    await vault().secret({ mount }).check({ key: KEY, deliveredBefore: true });
  });

  test("that is free beside those of others is accepted, before and after the secret was deleted", async () => {
    await vault().write(mount, "ci/bot", { other: "x" });
    await vault().secret({ mount }).check(OURS);
    await vault().must("DELETE", data());
    await vault().secret({ mount }).check(OURS);
  });

  test("that a killed run of this declaration wrote is known as its own", async () => {
    await vault().secret({ mount }).deliver(newValue(1));
    await vault().secret({ mount }).check(OURS);
  });

  test("that another token of this stack has given up is free", async () => {
    const key = `${KEY.slice(0, 8)}${OTHER_KEY.slice(8)}`;
    await vault().secret({ mount }).deliver(newValue(1, key));
    await vault().secret({ mount }).check(OURS);
  });

  test("that another stack noted as its own is refused even where the value is gone", async () => {
    await vault().secret({ mount }).deliver(newValue(1, OTHER_KEY));
    await vault().write(mount, "ci/bot", { other: "x" });
    const failure = await failureOf(vault().secret({ mount }).check(OURS));
    expect(failure.message).toContain("another stack of glsa delivers there");
  });

  test("without room for a note is refused", async () => {
    const entries = Array.from({ length: 64 }, (_, at) => [`entry-${at}`, "x"]);
    const body = { custom_metadata: Object.fromEntries(entries) as object };
    await vault().must("POST", metadata(), body);
    const failure = await failureOf(vault().secret({ mount }).check(OURS));
    expect(failure.message).toContain("64 entries of custom metadata");
  });

  test.each([
    [{ field: "" }, "cannot be the name of a field"],
    [{ field: "x".repeat(118) }, "cannot be the name of a field"],
    [{ field: "a\nb" }, "cannot be the name of a field"],
    [{ path: "" }, "is no path of a secret"],
    [{ path: "ci//bot" }, "is no path of a secret"],
    [{ path: "ci/../bot" }, "is no path of a secret"],
  ])("that cannot be is refused: %j", async (options, words) => {
    const failure = await failureOf(
      vault()
        .secret({ mount, ...options })
        .check(OURS),
    );
    expect(failure.message).toContain(words);
  });

  test("with the longest name has its note", async () => {
    const secret = vault().secret({ mount, field: "x".repeat(117) });
    await secret.check(OURS);
    await secret.deliver(newValue(1));
    expect(Object.keys(await vault().customMetadata(mount, "ci/bot"))).toHaveLength(1);
  });
});

describe("a mount", () => {
  test("of version 1 is refused before anything is written there", async () => {
    const old = await vault().mount("1");
    const failure = await failureOf(vault().secret({ mount: old }).check(OURS));
    expect(failure.message).toContain(`mount "${old}" is a KV engine of version 1`);
  });

  test("that does not exist is refused", async () => {
    const failure = await failureOf(vault().secret({ mount: "nothing-here" }).check(OURS));
    expect(failure.message).toContain("no handler for route");
    expect(failure.remedy).toContain("Correct mount");
  });

  test("that swallowed the beginning of the path is refused with both names", async () => {
    const failure = await failureOf(
      vault()
        .secret({ mount: `${mount}/ci`, path: "bot" })
        .check(OURS),
    );
    expect(failure.remedy).toBe(`Write mount = "${mount}", and put "ci/" before path.`);
  });
});

describe("a policy", () => {
  const secretWith = async (rules: Rules, options: object = {}) =>
    vault().secret({ mount, ...options }, await vault().tokenFor(rules));
  const all = ["create", "read", "update"];

  test("as the guide has it is enough for a secret's whole life", async () => {
    const guide = readFileSync("docs/delivery.md", "utf8");
    const rules = [...guide.matchAll(/path "ci\/(\S+)" \{\s*capabilities = (\[.*\])/g)].map(
      ([, path, capabilities = ""]) => [`${mount}/${path}`, JSON.parse(capabilities) as string[]],
    );
    const secret = await secretWith(Object.fromEntries(rules) as Rules, {
      path: "platform/charts",
    });
    const values = [newValue(1), newValue(2)];
    for (const value of values) {
      await secret.check(OURS);
      await secret.deliver(value);
      expect(await secret.observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
    }
    await secret.remove(deliveredBy(values[1]!));
    expect(await vault().fields(mount, "platform/charts")).toBeUndefined();
  });

  test("without patch is enough too", async () => {
    const secret = await secretWith({ [data()]: all, [metadata()]: all });
    const first = newValue(1);
    await secret.check(OURS);
    await secret.deliver(first);
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "unchanged" });
    expect(secret.canRestore).toBe(true);
  });

  test.each([
    ["update for data", { data: ["read"], metadata: all }, '"update" on'],
    ["create for custom metadata", { data: all, metadata: ["read"] }, '"create" on'],
    ["everything for custom metadata", { data: all, metadata: [] }, '"read" and "create" on'],
    ["read as well as patch for data", { data: ["create", "update"], metadata: all }, '"read" on'],
  ])("that lacks %s is refused before a token is made", async (_, rules, words) => {
    const secret = await secretWith({ [data()]: rules.data, [metadata()]: rules.metadata });
    const failure = await failureOf(secret.check(OURS));
    const lacking = rules.metadata === all ? data() : metadata();
    expect(failure.message).toContain(
      `the policies of the Vault token do not allow ${words} ${lacking}`,
    );
    expect(failure.remedy).toContain(`path "${lacking}" { capabilities =`);
  });

  test("that does not allow to ask for permissions is tried out", async () => {
    const secret = await secretWith({
      [data()]: all,
      [metadata()]: all,
      "sys/capabilities-self": ["deny"],
    });
    await secret.check(OURS);
    const first = newValue(1);
    await secret.deliver(first);
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "unchanged" });
  });
});

describe("a policy that allows to patch but not to read", () => {
  const rules = () => ({
    [data()]: ["create", "update", "patch"],
    [metadata()]: ["create", "read", "update", "patch"],
  });
  const blind = async (overwrite = false) =>
    vault().secret({ mount, overwrite }, await vault().tokenFor(rules()));

  test("delivers, loses no other field, cannot restore, and compares by the note only", async () => {
    await vault().write(mount, "ci/bot", { other: "x" });
    const secret = await blind(true);
    const [first, second] = [newValue(1), newValue(2)];
    await secret.check(OURS);
    expect(secret.canRestore).toBe(false);
    expect(await secret.deliver(first)).toBeUndefined();
    expect(await vault().fields(mount, "ci/bot")).toEqual({ other: "x", token: first.value });
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "not_comparable" });
    await secret.deliver(second);
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "value_changed" });
    await secret.remove(deliveredBy(second));
    expect(await vault().fields(mount, "ci/bot")).toEqual({ other: "x" });
    expect(await vault().customMetadata(mount, "ci/bot")).toEqual({});
  });

  test("makes a secret that is absent or deleted, and finds it missing", async () => {
    const secret = await blind();
    const first = newValue(1);
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "missing" });
    for (const value of [first, newValue(2)]) {
      await secret.check(OURS);
      await secret.deliver(value);
      expect(await vault().fields(mount, "ci/bot")).toEqual({ token: value.value });
      await vault().must("DELETE", data());
      expect(await secret.observe(deliveredBy(value))).toEqual({ kind: "missing" });
    }
  });

  test("is refused where it cannot see whether the field is somebody else's", async () => {
    await vault().write(mount, "ci/bot", { other: "x" });
    const failure = await failureOf((await blind()).check(OURS));
    expect(failure.message).toContain("does not allow to see whether the field does");
    expect(failure.remedy).toContain("overwrite = true");
  });

  test("leaves what a later generation delivered", async () => {
    const secret = await blind();
    const [first, second] = [newValue(1), newValue(2)];
    await secret.deliver(first);
    await secret.deliver(second);
    await secret.remove(deliveredBy(first));
    expect(await vault().fields(mount, "ci/bot")).toEqual({ token: second.value });
  });

  test("and not the metadata either says nothing about drift", async () => {
    const token = await vault().tokenFor({ [data()]: ["update", "patch"] });
    const delivered = { tokenId: 1, fingerprint: fingerprint("x") };
    expect(await vault().secret({ mount }, token).observe(delivered)).toEqual({
      kind: "not_comparable",
    });
  });
});
