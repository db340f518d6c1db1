import fc from "fast-check";
import {
  formatMarker,
  LONGEST_DESCRIPTION,
  markDescription,
  markerKey,
  readMarker,
  withoutMarker,
} from "../../src/model";

const marker = fc.record({
  key: fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 20, maxLength: 20 }),
  generation: fc.integer({ min: 1, max: 999_999_999 }),
});

test("a marker is found behind any description, and the description without it", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: LONGEST_DESCRIPTION }), marker, (words, mark) => {
      const marked = markDescription(words, mark);
      expect(readMarker(marked)).toEqual(mark);
      expect(withoutMarker(marked)).toBe(words === "" ? null : words);
    }),
  );
});

test("the longest description and its marker fit into what GitLab keeps", () => {
  const longest = { key: "f".repeat(20), generation: 999_999_999 };
  expect(formatMarker(longest).length).toBeLessThanOrEqual(44);
  expect(markDescription("x".repeat(LONGEST_DESCRIPTION), longest).length).toBeLessThanOrEqual(255);
});

test("account, stack and first name each make another key", () => {
  const subject = { accountId: "group:1:2", stack: "prod", tokenName: "ci" };
  const keys = [
    markerKey(subject),
    markerKey({ ...subject, accountId: "group:1:3" }),
    markerKey({ ...subject, stack: "test" }),
    markerKey({ ...subject, tokenName: "cd" }),
  ];
  expect(new Set(keys).size).toBe(4);
});

test("words that only resemble a marker are none", () => {
  expect(readMarker("see glsa:1:abc:2")).toBeUndefined();
  expect(readMarker(null)).toBeUndefined();
});
