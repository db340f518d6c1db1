import fc from "fast-check";
import { HIDDEN, LONGEST_WORDS, Secrets, secrets, serverText } from "../../src/http";

const characters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
const token = fc
  .array(fc.constantFrom(...characters), { minLength: 20, maxLength: 60 })
  .map((letters) => `glpat-${letters.join("")}`);
/** Of a gateway's header, say. */
const password = fc.string({ minLength: 16, maxLength: 40, unit: "grapheme-ascii" });
const value = fc.oneof(
  token,
  password.map((text) => `k${text.replaceAll(" ", "!")}`),
);
const words = fc.string({ maxLength: 20 });

function hide(text: string, ...known: string[]): string {
  const some = new Secrets();
  some.add(...known);
  return some.hide(text);
}

test("a secret is hidden between any words, and the words stay", () => {
  fc.assert(
    fc.property(token, words, words, (secret, before, after) => {
      expect(hide(`${before}|${secret}|${after}`, secret)).toBe(`${before}|${HIDDEN}|${after}`);
    }),
  );
});

test.each(["base64", "base64url", "hex"] as const)(
  "a secret is hidden in %s, whatever stands before and after it",
  (encoding) => {
    fc.assert(
      fc.property(token, words, words, (secret, before, after) => {
        const shown = hide(Buffer.from(before + secret + after).toString(encoding), secret);
        expect(shown).toContain(HIDDEN);
        const decoded = shown
          .split(HIDDEN)
          .map((part) => Buffer.from(part, encoding).toString("latin1"))
          .join(" ");
        for (let at = 6; at + 10 <= secret.length; at++) {
          expect(decoded).not.toContain(secret.slice(at, at + 10));
        }
      }),
    );
  },
);

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plainly: (secret) => secret,
  "in a URL": encodeURIComponent,
  "in a URL, in lower case": (secret) =>
    encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
  "in a URL that escapes everything": (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "in JSON": (secret) => JSON.stringify(secret),
  "in JSON as Ruby writes it": (secret) =>
    JSON.stringify(secret)
      .replaceAll("&", "\\u0026")
      .replaceAll("<", "\\u003c")
      .replaceAll(">", "\\u003e"),
  "in HTML": (secret) =>
    secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
  "for oauth2 in Basic": (secret) => Buffer.from(`oauth2:${secret}`).toString("base64"),
  "for a user in Basic": (secret) => Buffer.from(`root:${secret}`).toString("base64"),
  "for somebody in Basic": (secret) => Buffer.from(`bot1:${secret}`).toString("base64"),
  "broken over lines": (secret) => (secret.match(/.{1,9}/gsu) ?? []).join("\n  "),
  "with a colour in it": (secret) => `${secret.slice(0, 5)}\u001b[31m${secret.slice(5)}`,
  "with invisible characters in it": (secret) => [...secret].join("\u200b"),
};

test.each(Object.entries(encodings))(
  "a server that repeats a secret %s shows nothing of it",
  (_, encode) => {
    fc.assert(
      fc.property(value, words, words, (secret, before, after) => {
        secrets.add(secret);
        const shown = serverText(`${before} ${encode(secret)} ${after}`);
        expect(shown).toContain(HIDDEN);
        const rest = shown.split(HIDDEN).join("").replace(/\s/g, "");
        const spelt = encode(secret).replace(/[^\P{C}\n]|\[31m|\s/gu, "");
        const piece = 12;
        for (let at = 4; at + piece <= spelt.length - 4; at++) {
          expect(rest).not.toContain(spelt.slice(at, at + piece));
        }
      }),
      { numRuns: 50 },
    );
  },
);

test("what a server says beyond any measure is cut, also through a secret", () => {
  fc.assert(
    fc.property(token, fc.integer({ min: 65_400, max: 65_600 }), (secret, length) => {
      secrets.add(secret);
      const shown = serverText(`${" ".repeat(length)}${secret.repeat(50)}`);
      expect(shown.length).toBeLessThanOrEqual(LONGEST_WORDS + 1);
      expect(shown).not.toContain(secret.slice(0, 8));
    }),
    { numRuns: 50 },
  );
});

test("nothing that a server says steers a terminal or starts a line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(serverText(text)).not.toMatch(/[^\P{C}]/u);
    }),
  );
});

test("of a Basic header also the password alone is hidden", () => {
  const some = new Secrets();
  some.addHeader(`Basic ${Buffer.from("gateway:open-sesame-please").toString("base64")}`);
  expect(some.hide("open-sesame-please is no password")).toBe(`${HIDDEN} is no password`);
});

test("text without a secret stays as it is", () => {
  const text = "cannot reach https://vault.example.com: glpat- tokens are refused\n\tat line 3";
  expect(hide(text, "glpat-Xk29_aZbQ-77pLmN0vRt")).toBe(text);
  expect(hide(text, "", "a")).toBe(text);
  expect(hide("the platform is down", "platform-team")).toBe("the platform is down");
});
