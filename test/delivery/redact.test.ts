import fc from "fast-check";
import { redact } from "../../src/delivery/redact";

const characters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
const value = fc
  .array(fc.constantFrom(...characters), { minLength: 20, maxLength: 60 })
  .map((letters) => `glpat-${letters.join("")}`);
const words = fc.string({ maxLength: 20 });

test("a value is hidden between any words, and the words stay", () => {
  fc.assert(
    fc.property(value, words, words, (secret, before, after) => {
      expect(redact(`${before}|${secret}|${after}`, secret)).toBe(
        `${before}|[token value]|${after}`,
      );
    }),
  );
});

test.each(["base64", "base64url", "hex"] as const)(
  "a value is hidden in %s, whatever stands before and after it",
  (encoding) => {
    fc.assert(
      fc.property(value, words, words, (secret, before, after) => {
        const shown = redact(Buffer.from(before + secret + after).toString(encoding), secret);
        expect(shown).toContain("[token value]");
        const decoded = shown
          .split("[token value]")
          .map((part) => Buffer.from(part, encoding).toString("latin1"))
          .join(" ");
        for (let at = 6; at + 10 <= secret.length; at++) {
          expect(decoded).not.toContain(secret.slice(at, at + 10));
        }
      }),
    );
  },
);

test("text without the value stays as it is", () => {
  const text = "cannot reach https://vault.example.com: glpat- tokens are refused\n\tat line 3";
  expect(redact(text, "glpat-Xk29_aZbQ-77pLmN0vRt")).toBe(text);
  expect(redact(text, "")).toBe(text);
});
