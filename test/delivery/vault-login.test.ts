import { inspect } from "node:util";
import { VaultSecret } from "../../src/destinations/vault/implementation";
import { jwtIssuer } from "../support/vault-jwt";
import {
  deliveredBy,
  failureOf,
  newValue,
  OURS,
  testOnStandIn,
  useVault,
} from "./vault-under-test";

const vault = useVault();
const issuer = jwtIssuer();
const AUDIENCE = "https://vault.example.com";
let mount: string;
let mountOf: { approle: string; jwt: string };

beforeEach(async () => {
  vault().namespace = "";
  mount = await vault().mount();
  const suffix = mount.slice("glsa-test-".length);
  mountOf = { approle: `approle-${suffix}`, jwt: `glsa-${suffix}/jwt` };
});

const secretIn = (environment: Record<string, string>, options: object = {}) =>
  new VaultSecret(
    {
      address: undefined,
      namespace: undefined,
      mount,
      path: "ci/bot",
      field: "token",
      overwrite: false,
      ...options,
    },
    environment,
  );

async function policy(): Promise<string> {
  const capabilities = ["create", "read", "update"];
  return vault().policy({
    [`${mount}/data/*`]: capabilities,
    [`${mount}/metadata/*`]: capabilities,
  });
}

async function appRole(ttl = "1h"): Promise<Record<string, string>> {
  const role = `auth/${mountOf.approle}/role/glsa`;
  await vault().must("POST", `sys/auth/${mountOf.approle}`, { type: "approle" });
  await vault().must("POST", role, { token_policies: [await policy()], token_ttl: ttl });
  const roleId = (await vault().must("GET", `${role}/role-id`)).data["role_id"];
  const secretId = (await vault().must("POST", `${role}/secret-id`, {})).data["secret_id"];
  return {
    VAULT_ADDR: vault().url,
    VAULT_ROLE_ID: String(roleId),
    VAULT_SECRET_ID: String(secretId),
    VAULT_APPROLE_MOUNT: mountOf.approle,
  };
}

async function jwtAuth(): Promise<Record<string, string>> {
  const auth = `auth/${mountOf.jwt}`;
  await vault().must("POST", `sys/auth/${mountOf.jwt}`, { type: "jwt" });
  await vault().must("POST", `${auth}/config`, { jwt_validation_pubkeys: [issuer.publicKey] });
  await vault().must("POST", `${auth}/role/glsa`, {
    role_type: "jwt",
    bound_audiences: [AUDIENCE],
    user_claim: "sub",
    token_policies: [await policy()],
  });
  return { VAULT_ADDR: vault().url, VAULT_AUTH_PATH: mountOf.jwt, VAULT_AUTH_ROLE: "glsa" };
}

function idToken(audience = AUDIENCE): string {
  const now = Math.floor(Date.now() / 1000);
  return issuer.sign({ sub: "project:7", aud: audience, iat: now, nbf: now, exp: now + 300 });
}

async function works(secret: VaultSecret): Promise<void> {
  const value = newValue(1);
  await secret.check(OURS);
  await secret.deliver(value);
  expect(await secret.observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
}

const logins = () =>
  vault().standIn.requests.filter((request) => request === `POST auth/${mountOf.approle}/login`);

describe("glsa logs in", () => {
  test("with an AppRole", async () => {
    await works(secretIn(await appRole()));
  });

  test.each([
    ["the id token of a GitLab job, by the names of GitLab's guide", "VAULT_ID_TOKEN", {}],
    ["another JWT", "VAULT_JWT", { VAULT_ROLE: "glsa", VAULT_AUTH_ROLE: "" }],
  ])("with %s", async (_, variable, more) => {
    await works(secretIn({ ...(await jwtAuth()), ...more, [variable]: idToken() }));
  });

  test("with a token before anything else", async () => {
    const environment = { ...(await appRole()), VAULT_TOKEN: vault().rootToken };
    await works(secretIn({ ...environment, VAULT_SECRET_ID: "not asked for" }));
  });

  testOnStandIn("in a namespace, there only", async () => {
    await vault().must("POST", "sys/namespaces/team", {});
    vault().namespace = "team";
    mount = await vault().mount();
    await works(secretIn(await appRole(), { namespace: "team" }));
    await works(secretIn({ ...(await appRole()), VAULT_NAMESPACE: "team" }, { field: "other" }));
    await works(
      secretIn(
        { VAULT_ADDR: vault().url, VAULT_TOKEN: vault().rootToken },
        { namespace: "team", field: "third" },
      ),
    );
    expect(Object.keys((await vault().fields(mount, "ci/bot")) ?? {})).toHaveLength(3);
  });

  testOnStandIn(
    "once for all destinations of a process, also when they begin at once",
    async () => {
      const environment = await appRole();
      const secrets = ["a", "b", "c"].map((path) => secretIn(environment, { path }));
      await Promise.all(secrets.map(works));
      expect(logins()).toHaveLength(1);
    },
  );

  testOnStandIn("as an agent before Vault wants it to ask", async () => {
    await works(secretIn({ VAULT_ADDR: vault().url, VAULT_TOKEN: vault().rootToken }));
    expect(vault().standIn.headers.at(-1)).toMatchObject({ "x-vault-request": "true" });
  });
});

describe("a login that has expired", () => {
  test("is renewed, and the work goes on", async () => {
    const secret = secretIn(await appRole("1s"));
    await works(secret);
    await vault().pass(1.5);
    const second = newValue(2);
    await secret.deliver(second);
    expect(await vault().fields(mount, "ci/bot")).toEqual({ token: second.value });
  });

  testOnStandIn("is renewed once for all who notice", async () => {
    const environment = await appRole("60s");
    const secrets = ["a", "b", "c"].map((path) => secretIn(environment, { path }));
    await Promise.all(secrets.map(works));
    vault().standIn.advance(61);
    await Promise.all(secrets.map((secret) => secret.observe(deliveredBy(newValue(1)))));
    expect(logins()).toHaveLength(2);
  });

  testOnStandIn("is not tried again and again where it is the policy that refuses", async () => {
    const environment = await appRole();
    const secrets = ["a", "b", "c"].map((path) => secretIn(environment, { mount: "other", path }));
    for (const secret of secrets) await failureOf(secret.check(OURS));
    expect(logins()).toHaveLength(1);
  });

  test("of VAULT_TOKEN is told, and is no reason to say nothing about drift", async () => {
    const token = await vault().tokenFor({ [`${mount}/data/*`]: ["read"] }, "1s");
    await vault().pass(1.5);
    const secret = secretIn({ VAULT_ADDR: vault().url, VAULT_TOKEN: token });
    const delivered = deliveredBy(newValue(1));
    for (const work of [() => secret.check(OURS), () => secret.observe(delivered)]) {
      const failure = await failureOf(work());
      expect(failure.remedy).toContain("expired");
    }
  });
});

describe("a login that cannot be made", () => {
  test("says what may be set", async () => {
    const failure = await failureOf(secretIn({ VAULT_ADDR: vault().url }).check(OURS));
    expect(failure.message).toContain("there is nothing to log in to Vault with");
    for (const name of [
      "VAULT_TOKEN",
      "VAULT_ROLE_ID",
      "VAULT_SECRET_ID",
      "VAULT_JWT",
      "VAULT_ID_TOKEN",
    ]) {
      expect(failure.remedy).toContain(name);
    }
  });

  test.each([
    [{}, "no address of a Vault is known"],
    [{ VAULT_ADDR: "vault.example.com" }, "is not a URL"],
    [{ VAULT_ADDR: "https://me:hidden@vault.example.com" }, "must not contain a user name"],
  ])("for want of an address says so: %j", async (environment, words) => {
    const secret = secretIn({ VAULT_TOKEN: "x", ...environment });
    const value = newValue(1);
    for (const work of [
      () => secret.check(OURS),
      () => secret.deliver(value),
      () => secret.observe(deliveredBy(value)),
      () => secret.remove(deliveredBy(value)),
    ]) {
      const failure = await failureOf(work());
      expect(failure.message).toContain(words);
      expect(failure.message).not.toContain("hidden");
    }
  });

  test("for a token that was pasted with a line break says so", async () => {
    const environment = { VAULT_ADDR: vault().url, VAULT_TOKEN: "hvs.first\nsecond" };
    const failure = await failureOf(secretIn(environment).check(OURS));
    expect(failure.message).toContain("VAULT_TOKEN holds characters that no token has");
    expect(failure.message).not.toContain("first");
  });

  test("for want of a certificate file says so", async () => {
    const secret = secretIn({
      VAULT_ADDR: "https://127.0.0.1:1",
      VAULT_TOKEN: "x",
      VAULT_CACERT: "missing.pem",
    });
    const failure = await failureOf(secret.check(OURS));
    expect(failure.message).toContain("missing.pem");
    expect(failure.remedy).toContain("VAULT_CACERT");
  });

  test("is told with Vault's words and without the credentials", async () => {
    const role = await appRole();
    const jwt = await jwtAuth();
    const wrong: Record<string, string>[] = [
      { ...role, VAULT_SECRET_ID: "a-secret-id-that-must-not-appear" },
      { ...role, VAULT_APPROLE_MOUNT: "nowhere" },
      { ...jwt, VAULT_ID_TOKEN: idToken("https://other.example.com") },
      { ...jwt, VAULT_ID_TOKEN: idToken(), VAULT_AUTH_ROLE: "nobody" },
      { ...jwt, VAULT_ID_TOKEN: jwtIssuer().sign({ aud: AUDIENCE }) },
    ];
    const messages: string[] = [];
    for (const environment of wrong) {
      const failure = await failureOf(secretIn(environment).check(OURS));
      messages.push(failure.message);
      const shown = `${failure.message} ${failure.remedy} ${inspect(failure, { depth: 9 })}`;
      for (const name of ["VAULT_SECRET_ID", "VAULT_ID_TOKEN"]) {
        if (environment[name]) expect(shown).not.toContain(environment[name]);
      }
    }
    expect(messages).toEqual([
      expect.stringContaining("invalid role or secret ID"),
      expect.stringContaining("permission denied"),
      expect.stringContaining("audience"),
      expect.stringContaining('role "nobody" could not be found'),
      expect.stringContaining("signature"),
    ]);
  });

  test("leaves nothing of the credentials in what a debugger prints", async () => {
    const environment = await appRole();
    const secret = secretIn(environment);
    await works(secret);
    expect(inspect(secret, { depth: 9 })).not.toContain(environment["VAULT_SECRET_ID"]);
  });
});
