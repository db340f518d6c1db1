import fc from "fast-check";
import {
  formatMarker,
  LONGEST_DESCRIPTION,
  markDescription,
  markerKey,
  markerOrigin,
  mayComeFrom,
  readMarker,
  withoutMarker,
} from "../../src/model";

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const generation = fc.integer({ min: 0, max: 999_999 });
const marker = fc.oneof(
  fc.record({ key: digits(20), generation }),
  fc.record({ key: digits(20), generation, origin: digits(8), isFirst: fc.boolean() }),
);

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
  const longest = {
    key: "f".repeat(20),
    generation: 999_999,
    origin: "e".repeat(8),
    isFirst: true,
  };
  expect(formatMarker(longest).length).toBeLessThanOrEqual(44);
  expect(markDescription("x".repeat(LONGEST_DESCRIPTION), longest).length).toBeLessThanOrEqual(255);
});

test("the origin tells states apart by their names, and within one by where values go, in any order", () => {
  const origin = markerOrigin("default", ["a", "b"]);
  expect(markerOrigin("default", ["b", "a"])).toBe(origin);
  expect(markerOrigin("default", ["a"])).not.toBe(origin);
  const made = { key: "f".repeat(20), generation: 1, origin };
  expect(mayComeFrom(made, "default")).toBe(true);
  expect(mayComeFrom(made, "production")).toBe(false);
  expect(mayComeFrom({ key: made.key, generation: 1 }, "production")).toBe(true);
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
