import { Connection } from "./connection";

let schema: { readonly [name: string]: never } & {
  readonly resources: Record<string, Described>;
  readonly functions: Record<string, { inputs: Described; outputs: Described }>;
  readonly types: Record<string, Described>;
  readonly provider: Described;
  readonly config: { readonly variables: object };
};

interface Described {
  readonly description?: string;
  readonly properties: Record<string, object>;
  readonly inputProperties: Record<string, object>;
  readonly required: readonly string[];
  readonly requiredInputs: readonly string[];
}

beforeAll(async () => {
  const host = await Connection.open();
  schema = JSON.parse((await host.call("GetSchema", { version: 0 })).schema) as typeof schema;
  host.close();
});

test("the schema has the provider's name, version, and settings", () => {
  expect(schema).toMatchObject({ name: "fixture", version: "1.0.0", description: "The fixture." });
  expect(schema.provider.requiredInputs).toEqual(["store"]);
  expect(schema.config.variables).toEqual({
    store: { type: "string", description: "The file that plays the server." },
  });
});

test("a resource has all attributes as properties but its id, and as inputs those that can be set", () => {
  const thing = schema.resources["fixture:index:Thing"];
  expect(thing?.description).toBe("A thing.");
  expect(thing?.properties).toMatchObject({
    size: { type: "number", description: "A size. Defaults to 0.1." },
    tags: { type: "array", items: { type: "string" } },
    weights: { type: "object", additionalProperties: { type: "number" } },
    limits: { $ref: "#/types/fixture:index:ThingLimits" },
    ports: { type: "array", items: { $ref: "#/types/fixture:index:ThingPorts" } },
    secret: { type: "string", secret: true },
    oldName: { deprecationMessage: "Use name." },
  });
  expect(thing?.properties).not.toHaveProperty("id");
  expect(thing?.inputProperties).not.toHaveProperty("secret");
  expect(thing?.requiredInputs).toEqual(["name"]);
  expect(thing?.required).toEqual(["name", "size", "active"]);
  expect(schema.types["fixture:index:ThingPorts"]).toMatchObject({
    properties: { number: { type: "number" }, protocol: { type: "string" } },
    required: ["number"],
  });
});

test("a function has what it asks for, and what it answers, its id included", () => {
  const lookup = schema.functions["fixture:index:getLookup"];
  expect(Object.keys(lookup?.inputs.properties ?? {})).toEqual(["id"]);
  expect(Object.keys(lookup?.outputs.properties ?? {})).toEqual(["id", "name"]);
});
