import { coded, detailWithCode, error } from "../../../src/provider/contract";

test("a code stands at the end of what the user reads", () => {
  const diagnostic = coded("other-instance", error("Refused", "Write the other address."));
  expect(detailWithCode(diagnostic)).toBe("Write the other address. [other-instance]");
});

test("without a code the detail is left as it is", () => {
  expect(detailWithCode(error("Refused", "Write the other address."))).toBe(
    "Write the other address.",
  );
});
