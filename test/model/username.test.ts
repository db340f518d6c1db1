import fc from "fast-check";
import { slug, usernameProblem } from "../../src/model";

test.each(["deployer", "platform-deployer", "a.b_c-1", "X".repeat(255)])(
  "%s passes",
  (username) => {
    expect(usernameProblem(username)).toBeUndefined();
  },
);

test.each([
  ["", "must not be empty"],
  ["-bot", "does not begin with a hyphen"],
  ["bot.", 'does not end in ".", ".git" or ".atom"'],
  ["bot.git", 'does not end in ".", ".git" or ".atom"'],
  ["deploy bot", "has only letters, digits, hyphens, dots and underscores"],
  ["admin", "is one of GitLab's reserved words"],
  ["x".repeat(256), "has at most 255 characters"],
])("%j is refused: it %s", (username, rule) => {
  const detail = usernameProblem(username)?.detail ?? "";
  expect(detail).toContain(rule.replace("is one of", "is not one of"));
});

test("a refusal says what to write instead", () => {
  expect(usernameProblem("Deploy Bot")?.detail).toContain('Write "deploy-bot".');
});

test("a slug that is not empty is letters, digits and single hyphens", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(slug(text)).toMatch(/^$|^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
  expect(slug("Plattform/Überwachung")).toBe("plattform-uberwachung");
});
