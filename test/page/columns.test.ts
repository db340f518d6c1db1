import fc from "fast-check";
import { packed, unpacked } from "../../src/page/data/columns";

interface Sample {
  readonly name: string;
  readonly size: number | null;
  readonly isOpen: boolean;
}

const samples = fc.array(
  fc.record<Sample>({
    name: fc.oneof(fc.constantFrom("one", "two"), fc.string()),
    size: fc.option(fc.integer()),
    isOpen: fc.boolean(),
  }),
);

test("records come back from columns as they were, also through JSON", () => {
  fc.assert(
    fc.property(samples, (records) => {
      const read = unpacked<Sample>(JSON.parse(JSON.stringify(packed(records))));
      expect(read).toEqual(records);
    }),
  );
});

test("a value that repeats stands once", () => {
  const records = Array.from({ length: 1000 }, () => ({ remedy: "Give it a lifetime." }));
  expect(JSON.stringify(packed(records)).match(/lifetime/g)).toHaveLength(1);
});
