import { detailWithCode, error } from "../../../src/provider/contract";

test("a code stands at the end of what the user reads", () => {
  const diagnostic = error("other-instance", "Refused", "Write the other address.");
  expect(detailWithCode(diagnostic)).toBe("Write the other address. [other-instance]");
});

test("a diagnostic without a code does not compile", () => {
  // @ts-expect-error -- a summary is no code
  error("Refused", "Write the other address.", ["base_url"]);
  // @ts-expect-error -- nor can it be left out
  error("refused", "Write the other address.");
});
