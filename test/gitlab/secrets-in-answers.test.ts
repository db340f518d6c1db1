import fc from "fast-check";
import { GitLab } from "../../src/gitlab";
import { decode } from "../../src/gitlab/decode";
import { HIDDEN, LONGEST_NAME, LONGEST_TEXT, secrets } from "../../src/http";
import { scriptedServer } from "../support/scripted-server";

const characters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
const letters = (minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map((chosen) => chosen.join(""));
const token = letters(20, 60).map((rest) => `glpat-${rest}`);
/** Of a proxy, or a gateway's header. */
const password = fc
  .string({ minLength: 15, maxLength: 40, unit: "grapheme-ascii" })
  .map((text) => `k${text.replaceAll(" ", "!")}`);

const basic = (user: string) => (secret: string) =>
  Buffer.from(`${user}:${secret}`).toString("base64");

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  "in a URL": encodeURIComponent,
  "in a URL that escapes everything": (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "in JSON": (secret) => JSON.stringify(secret).slice(1, -1),
  "in HTML": (secret) =>
    secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
  "in hex": (secret) => Buffer.from(secret).toString("hex"),
  "in Basic at offset 0": basic("ab"),
  "in Basic at offset 1": basic("abc"),
  "in Basic at offset 2": basic("abcd"),
  "broken over lines": (secret) => (secret.match(/.{1,9}/gsu) ?? []).join("\n  "),
  "with invisible characters in it": (secret) => [...secret].join("\u200b"),
};

function decoded(body: unknown, status = 200): unknown {
  return decode({ status, text: JSON.stringify(body), headers: {}, header: () => undefined });
}

/** The places of an answer that are kept in state or shown. */
const places: Readonly<Record<string, (text: string) => object>> = {
  "a name": (name) => ({ id: 1, username: "ci", name }),
  "a username": (username) => ({ id: 1, username, name: "ci" }),
  "a description in a list": (description) => [{ id: 1 }, { id: 2, description }] as object,
  "an error with status 200": (text) => ({ message: { base: [{ deep: text }] } }),
  "a note": (body) => ({ id: 1, body, author: null }),
};

describe.each(Object.entries(places))("a good answer that repeats a credential in %s", (_, at) => {
  test.each(Object.entries(encodings))("%s brings nothing of it", (__, encode) => {
    fc.assert(
      fc.property(
        fc.oneof(token, password),
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (secret, before, after) => {
          secrets.add(secret);
          const spelt = encode(secret);
          const kept = JSON.stringify(decoded(at(`${before}|${spelt}|${after}`)));
          expect(kept).toContain(HIDDEN);
          // Of Base64 the characters at both ends belong to what stands beside the credential too.
          expect(kept).not.toContain(JSON.stringify(spelt.slice(6, -2)).slice(1, -1));
        },
      ),
      { numRuns: 20 },
    );
  });
});

test("a short credential is hidden as a word, and is left where names are compared", () => {
  secrets.add("hunter2");
  const entity = { username: "hunter2", name: "hunter2's bot", description: "hunter25, hunter2." };
  expect(decoded(entity)).toEqual({
    username: "hunter2",
    name: `${HIDDEN}'s bot`,
    description: `hunter25, ${HIDDEN}.`,
  });
});

test.each(["Xk9!fq2Z", "q7w8e9", "s3same-open", "a+b=c/d"])(
  "%s, which no name looks like, is hidden in names too, in every spelling",
  (secret) => {
    secrets.add(secret);
    for (const spelt of [secret, encodeURIComponent(secret), basic("ci")(secret)]) {
      const entity = { username: `bot-${spelt}`, key: spelt, full_path: `acme/${spelt}/x` };
      expect(JSON.stringify(decoded(entity))).not.toContain(spelt);
    }
  },
);

test("a credential that is a name as well makes no difference to the code", () => {
  secrets.add("deployer", "acme-group", "Team7");
  const entity = { username: "deployer", full_path: "acme-group/Team7", key: "deployer" };
  expect(decoded(entity)).toEqual(entity);
});

test("of an endless text only a bounded part is kept, of a note the whole is read", () => {
  const endless = "x".repeat(1_000_000);
  const entity = decoded({ id: 1, name: endless, deep: [{ description: endless }], body: endless });
  expect(entity).toEqual({
    id: 1,
    name: endless.slice(0, LONGEST_TEXT),
    deep: [{ description: endless.slice(0, LONGEST_TEXT) }],
    body: endless,
  });
});

test.each(["username", "full_path", "key", "scopes"])(
  "an endless %s is no answer of GitLab's, since a part of it would be another one",
  async (field) => {
    const endless = "x".repeat(LONGEST_NAME + 1);
    const server = await scriptedServer((_, response) => {
      response.setHeader("content-type", "application/json");
      const value = field === "scopes" ? [endless] : endless;
      response.end(JSON.stringify({ id: 1, username: "ci", state: "active", [field]: value }));
    });
    const gitlab = new GitLab({ baseUrl: server.url, token: "glpat-that-asks-once" });
    try {
      const failure: unknown = await gitlab.users.get(1).catch((cause: unknown) => cause);
      expect(failure).toMatchObject({ kind: "not_json" });
      expect(String(failure)).toContain(`${field} is longer than GitLab allows`);
      expect(String(failure).length).toBeLessThan(500);
    } finally {
      await gitlab.close();
      await server.close();
    }
  },
);

test("what carries a value stays as it is, and so does what holds no credential", () => {
  secrets.add("glpat-carried-by-a-variable");
  const entities = [
    { key: "K", value: "glpat-carried-by-a-variable", description: null },
    {
      key: "L",
      value: "glpat-carried-by",
      description: "glpat-carried-by-a-variab, say \u{1f469}‍\u{1f4bb}",
    },
  ];
  expect(decoded(entities)).toEqual(entities);
});

test("nothing that steers a terminal comes into state", () => {
  expect(decoded({ name: "a\u001b[31mb\u0007\u009bc\n\td" })).toEqual({ name: "a[31mbc\n\td" });
});

test("a credential that comes in pieces is hidden as a whole", async () => {
  const own = "glpat-in-pieces-of-one-byte";
  const server = await scriptedServer((_, response) => {
    response.setHeader("content-type", "application/json");
    const text = JSON.stringify({ id: 1, username: "ci", name: `is ${own}`, state: "active" });
    for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
    response.end();
  });
  const gitlab = new GitLab({ baseUrl: server.url, token: own });
  try {
    expect((await gitlab.users.get(1)).name).toBe(`is ${HIDDEN}`);
  } finally {
    await gitlab.close();
    await server.close();
  }
});

test("a thousand credentials cost a page of a list no more than a few milliseconds", () => {
  for (let at = 0; at < 1000; at++) secrets.add(`glpat-${at}-of-a-large-estate-0123456789`);
  const page = Array.from({ length: 100 }, (_, id) => ({
    id,
    name: `Deploys service ${id}`,
    web_url: `https://gitlab.example.com/users/some-account-of-group-${id}`,
    avatar_url: `https://secure.gravatar.example.com/avatar/0123456789abcdef0123456789abcdef?s=80&d=identicon`,
  }));
  const began = process.cpuUsage();
  for (let times = 0; times < 10; times++) decoded(page);
  expect(process.cpuUsage(began).user / 1000 / 10).toBeLessThan(60);
});
