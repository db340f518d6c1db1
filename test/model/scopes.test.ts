import { KNOWN_SCOPES, scopeName, scopeProblem, uncheckedScope } from "../../src/model";

test("every known scope passes", () => {
  expect(KNOWN_SCOPES.map(scopeProblem)).toEqual(KNOWN_SCOPES.map(() => undefined));
});

test("an unknown scope is refused with the nearest known one", () => {
  expect(scopeProblem("read_repositry")).toEqual({
    code: "unknown-scope",
    summary: 'Unknown scope "read_repositry"',
    detail: expect.stringContaining('Did you mean "read_repository"?') as string,
  });
});

test("a scope that nothing resembles gets no suggestion, but the list and the way out", () => {
  const detail = scopeProblem("zzzzzzzzzzzz")?.detail ?? "";
  expect(detail).not.toContain("Did you mean");
  expect(detail).toContain('"scope:zzzzzzzzzzzz"');
});

test("a scope newer than this release is sent as it is written", () => {
  expect(scopeProblem(uncheckedScope("brand_new"))).toBeUndefined();
  expect(scopeName(uncheckedScope("brand_new"))).toBe("brand_new");
  expect(uncheckedScope("api")).toBe("api");
});
