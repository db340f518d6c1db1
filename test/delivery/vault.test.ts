import { VaultSecret } from "../../src/destinations/vault/implementation";
import { deliveredBy, KEY, newValue, OURS, useVault } from "./vault-under-test";

const vault = useVault();
let mount: string;

beforeEach(async () => {
  mount = await vault().mount();
});

const fields = (path = "ci/bot") => vault().fields(mount, path);
const notes = (path = "ci/bot") => vault().customMetadata(mount, path);

describe("a delivery", () => {
  test("makes the secret, notes whose value it is, and holds what was delivered", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.check(OURS);
    await secret.deliver(first);
    expect(await fields()).toEqual({ token: first.value });
    expect(await notes()).toEqual({
      "glsa-field-token": `Delivered by glsa: token 101. Value ${deliveredBy(first).fingerprint}. glsa:1:${KEY}:1`,
    });
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "unchanged" });
    expect(secret.canRestore).toBe(true);
  });

  test("leaves every other field and entry of custom metadata as it was", async () => {
    const others = {
      text: 'ü \u0000 "quoted"',
      number: 1.5,
      list: [1, { deep: null }],
      yes: true,
      ["__proto__"]: "a field like any other",
    };
    await vault().write(mount, "ci/bot", others);
    await vault().must("POST", `${mount}/metadata/ci/bot`, { custom_metadata: { owner: "team" } });
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.check(OURS);
    await secret.deliver(first);
    expect(Object.entries((await fields()) ?? {}).sort()).toEqual(
      [...Object.entries(others), ["token", first.value]].sort(),
    );
    expect(await notes()).toMatchObject({ owner: "team" });
  });

  test("works where the engine insists on check-and-set", async () => {
    await vault().must("POST", `${mount}/config`, { cas_required: true });
    const secret = vault().secret({ mount });
    const values = [newValue(1), newValue(2)];
    for (const value of values) await secret.deliver(value);
    expect(await fields()).toEqual({ token: values[1]?.value });
  });

  test("goes on after the latest version was deleted or destroyed", async () => {
    const secret = vault().secret({ mount });
    for (const [generation, end] of ["delete", "destroy"].entries()) {
      const value = newValue(generation);
      await secret.deliver(value);
      expect(await fields()).toEqual({ token: value.value });
      const version = await vault().version(mount, "ci/bot");
      await vault().must("POST", `${mount}/${end}/ci/bot`, { versions: [version] });
    }
    const last = newValue(3);
    await secret.deliver(last);
    expect(await fields()).toEqual({ token: last.value });
  });

  test("of the same value twice writes it once", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    await secret.deliver(first);
    expect(await vault().version(mount, "ci/bot")).toBe(1);
  });

  test("of two tokens to two fields of one path keeps both, one after the other and at once", async () => {
    const [left, right] = ["left", "right"].map((field) => vault().secret({ mount, field }));
    const [one, two, three, four] = [1, 2, 3, 4].map((generation) => newValue(generation));
    await left?.deliver(one!);
    await right?.deliver(two!);
    expect(await fields()).toEqual({ left: one?.value, right: two?.value });
    await Promise.all([left?.deliver(three!), right?.deliver(four!)]);
    expect(await fields()).toEqual({ left: three?.value, right: four?.value });
    expect(Object.keys(await notes()).sort()).toEqual(["glsa-field-left", "glsa-field-right"]);
  });
});

describe("putting a delivery back", () => {
  test("deletes a secret that was not there, and its note", async () => {
    const restore = await vault().secret({ mount }).deliver(newValue(1));
    await restore?.();
    expect(await fields()).toBeUndefined();
    expect(await notes()).toEqual({});
  });

  test("brings the old value and its note back", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    const before = { fields: await fields(), notes: await notes() };
    const restore = await secret.deliver(newValue(2));
    await restore?.();
    expect({ fields: await fields(), notes: await notes() }).toEqual(before);
  });

  test("touches only its own field where somebody else wrote in between", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    const second = newValue(2);
    const restore = await secret.deliver(second);
    await vault().write(mount, "ci/bot", { token: second.value, theirs: "new" });
    await restore?.();
    expect(await fields()).toEqual({ token: first.value, theirs: "new" });
  });

  test("takes nothing away from a field that somebody else has set meanwhile", async () => {
    const restore = await vault().secret({ mount }).deliver(newValue(1));
    await vault().write(mount, "ci/bot", { token: "typed by hand" });
    await restore?.();
    expect(await fields()).toEqual({ token: "typed by hand" });
  });
});

describe("looking at a field", () => {
  const first = newValue(1);
  const delivered = deliveredBy(first);
  const observe = () => vault().secret({ mount }).observe(delivered);

  test("finds it missing where the secret, its latest version or the field is", async () => {
    expect(await observe()).toEqual({ kind: "missing" });
    await vault().write(mount, "ci/bot", { other: "x" });
    expect(await observe()).toEqual({ kind: "missing" });
    await vault().secret({ mount }).deliver(first);
    await vault().must("DELETE", `${mount}/data/ci/bot`);
    expect(await observe()).toEqual({ kind: "missing" });
  });

  test.each([
    ["text", "typed by hand"],
    ["no text", 7],
  ])("finds it changed where it holds other %s", async (_, value) => {
    await vault().write(mount, "ci/bot", { token: value });
    expect(await observe()).toEqual({ kind: "value_changed" });
  });

  test("of an imported token compares nothing, unless it was delivered there", async () => {
    const imported = { tokenId: delivered.tokenId, fingerprint: null };
    const secret = vault().secret({ mount });
    expect(await secret.observe(imported)).toEqual({ kind: "not_comparable" });
    await secret.deliver(first);
    expect(await secret.observe(imported)).toEqual({ kind: "unchanged" });
    await vault().write(mount, "ci/bot", { token: "typed by hand" });
    expect(await secret.observe(imported)).toEqual({ kind: "value_changed" });
  });
});

describe("removing a value", () => {
  test("takes only its own field and note", async () => {
    const left = vault().secret({ mount, field: "left" });
    const right = vault().secret({ mount, field: "right" });
    const [one, two] = [newValue(1), newValue(2)];
    await left.deliver(one);
    await right.deliver(two);
    await left.remove(deliveredBy(one));
    expect(await fields()).toEqual({ right: two.value });
    expect(Object.keys(await notes())).toEqual(["glsa-field-right"]);
  });

  test("of the only field deletes the latest version, which can be undeleted", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    await secret.remove(deliveredBy(first));
    expect(await fields()).toBeUndefined();
    expect(await notes()).toEqual({});
    const { data } = await vault().must("GET", `${mount}/metadata/ci/bot`);
    for (const version of Object.values(data["versions"] as object)) {
      expect(version).toMatchObject({
        deletion_time: expect.stringMatching(/^\d{4}-/) as string,
        destroyed: false,
      });
    }
  });

  test("leaves a value that was changed by hand, and no longer calls it its own", async () => {
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    await vault().write(mount, "ci/bot", { token: "typed by hand" });
    await secret.remove(deliveredBy(first));
    expect(await fields()).toEqual({ token: "typed by hand" });
    expect(await notes()).toEqual({});
  });

  test("leaves a later generation and its note", async () => {
    const secret = vault().secret({ mount });
    const [first, second] = [newValue(1), newValue(2)];
    await secret.deliver(first);
    await secret.deliver(second);
    await secret.remove(deliveredBy(first));
    expect(await fields()).toEqual({ token: second.value });
    expect(Object.keys(await notes())).toEqual(["glsa-field-token"]);
  });

  test("that is gone already is no error", async () => {
    await vault()
      .secret({ mount })
      .remove(deliveredBy(newValue(1)));
    expect(await fields()).toBeUndefined();
  });

  test("without the permission to delete leaves an empty secret", async () => {
    const token = await vault().tokenFor({
      [`${mount}/data/*`]: ["create", "read", "update"],
      [`${mount}/metadata/*`]: ["create", "read", "update"],
    });
    const secret = vault().secret({ mount }, token);
    const first = newValue(1);
    await secret.deliver(first);
    await secret.remove(deliveredBy(first));
    expect(await fields()).toEqual({});
    expect(await secret.observe(deliveredBy(first))).toEqual({ kind: "missing" });
  });
});

describe("the address", () => {
  const base = {
    address: undefined,
    namespace: undefined,
    mount: "kv",
    path: "ci/bot",
    field: "token",
    overwrite: false,
  };
  const addressOf = (options: object, environment: Record<string, string>) =>
    new VaultSecret({ ...base, ...options }, environment).address;
  const plain = addressOf({}, { VAULT_ADDR: "https://vault.example.com" });

  test.each([
    [{ address: "https://VAULT.example.com:443/" }, {}],
    [{ address: "https://vault.example.com/v1/" }, { VAULT_ADDR: "https://other.example.com" }],
    [{ mount: "/kv/", path: "/ci/bot/" }, { VAULT_ADDR: "https://vault.example.com" }],
    [{ namespace: "root" }, { VAULT_ADDR: "https://vault.example.com" }],
    [{}, { VAULT_SERVER_URL: "https://vault.example.com" }],
  ])("is the same for %j with %j", (options, environment) => {
    expect(addressOf(options, environment as Record<string, string>)).toBe(plain);
  });

  test("is the same for a namespace on its own, in the environment, or before the mount", () => {
    const environment = { VAULT_ADDR: "https://vault.example.com" };
    const expected = addressOf({ namespace: "team/a" }, environment);
    expect(addressOf({}, { ...environment, VAULT_NAMESPACE: "/team/a/" })).toBe(expected);
    expect(addressOf({ mount: "team/a/kv" }, environment)).toBe(expected);
    expect(expected).not.toBe(plain);
  });

  test.each([
    { mount: "other" },
    { path: "ci/other" },
    { field: "other" },
    { address: "http://vault.example.com" },
  ])("is another one for %j", (options) => {
    expect(addressOf(options, { VAULT_ADDR: "https://vault.example.com" })).not.toBe(plain);
  });

  test("and the label show no credentials that stand in the URL", () => {
    const secret = new VaultSecret({ ...base, address: "https://me:hidden@vault.example.com" }, {});
    expect(`${secret.label} ${secret.address}`).not.toContain("hidden");
  });
});
