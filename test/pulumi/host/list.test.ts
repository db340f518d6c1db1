import { anyList, anyResource, defineSchema, UNKNOWN } from "../../../src/provider/contract";
import { createListCall } from "../../../src/provider/pulumi/list";
import { Session } from "../../../src/provider/pulumi/session";
import { toStruct } from "../../../src/provider/pulumi/wire";
import { fixture } from "../../provider/fixture/provider";
import { thing } from "../../provider/fixture/thing";

const NAMES = ["ant", "bee", "cow", "dog", "eel"];

const schema = defineSchema({
  version: 0,
  description: "Things.",
  attributes: {
    prefix: { type: "string", required: true, description: "What their names begin with." },
  },
});

const identity = {
  attributes: { name: { type: "string" as const, description: "Its name." } },
  of: () => null,
  importId: ({ name }: { readonly [name: string]: string | number | null }) =>
    Promise.resolve(`thing:${name}`),
};

/** The fixture's things, of which five exist. */
async function listing() {
  const session = new Session({
    ...fixture,
    resources: { fixture_thing: { ...anyResource(thing), identity } },
    lists: {
      fixture_thing: anyList({
        schema,
        list: () =>
          Promise.resolve({
            found: NAMES.map((name) => ({ identity: { name }, displayName: name })),
            diagnostics: [],
          }),
      }),
    },
  });
  await session.configure({ store: "no-store-is-opened" });
  const call = createListCall(session);
  return async (request: {
    readonly limit?: number;
    readonly pageSize?: number;
    readonly continuationToken?: string;
    readonly token?: string;
    readonly query?: Parameters<typeof toStruct>[0];
  }) => {
    const { query = { prefix: "" }, token = "fixture:index:Thing", ...rest } = request;
    const responses = [];
    for await (const response of call({ token, query: toStruct(query), ...rest })) {
      responses.push(response);
    }
    return responses;
  };
}

describe("a list", () => {
  test("of nothing that is limited ends with the last object, and tells the ids that imports take", async () => {
    const responses = await (await listing())({});
    expect(responses).toEqual(NAMES.map((name) => ({ result: { id: `thing:${name}`, name } })));
  });

  test("in pages shows each object once, whatever the size of a page and the limit", async () => {
    const list = await listing();
    for (const pageSize of [1, 2, 4, 5, 6]) {
      for (const limit of [0, 1, 3, 5, 9]) {
        const seen: string[] = [];
        let continuationToken: string | undefined = "";
        while (continuationToken !== undefined) {
          const responses = await list({ pageSize, limit, continuationToken });
          const found = responses.flatMap(({ result }) => (result ? [result.name] : []));
          expect(found.length).toBeLessThanOrEqual(pageSize);
          seen.push(...found);
          continuationToken = responses.at(-1)?.continuation?.continuationToken;
        }
        expect(seen).toEqual(limit === 0 ? NAMES : NAMES.slice(0, limit));
      }
    }
  });

  test("that is asked for by what is not known yet is known later", async () => {
    expect(await (await listing())({ query: { prefix: UNKNOWN } })).toEqual([{ computed: {} }]);
  });

  test("names what is wrong with the question", async () => {
    await expect((await listing())({ query: { prefx: "a" } })).rejects.toThrow(/prefx/);
    await expect((await listing())({ continuationToken: "later" })).rejects.toThrow(
      /"later" is not a continuation token/,
    );
    await expect((await listing())({ token: "fixture:index:Other" })).rejects.toThrow(
      'Nothing of type "fixture:index:Other" is listed.',
    );
  });
});
