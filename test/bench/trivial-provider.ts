import {
  anyResource,
  defineSchema,
  UNKNOWN,
  type ProviderType,
  type ResourceType,
} from "../../src/provider/contract";
import { servePulumi } from "../../src/provider/pulumi";

const settings = defineSchema({ version: 0, description: "Nothing to set.", attributes: {} });

const schema = defineSchema({
  version: 0,
  description: "An object that is nowhere but in the state.",
  attributes: {
    id: { type: "string", computed: true, description: "Its name." },
    name: { type: "string", required: true, description: "Its name." },
  },
});

const nothing: ResourceType<undefined, (typeof schema)["attributes"]> = {
  schema,
  plan: ({ prior, proposed }) => ({
    planned: prior === null ? { ...proposed, id: UNKNOWN } : proposed,
  }),
  read: ({ state, private: kept }) => Promise.resolve({ state, private: kept }),
  create: ({ planned }) =>
    Promise.resolve({ state: { name: planned.name as string, id: planned.name as string } }),
  update: ({ prior }) => Promise.resolve({ state: prior }),
  delete: () => Promise.resolve([]),
};

/** What the host and the engine cost where the resource costs nothing. */
const trivial: ProviderType<undefined, (typeof settings)["attributes"]> = {
  name: "trivial",
  version: "1.0.0",
  address: "trivial.internal/test/trivial",
  schema: settings,
  configure: () => undefined,
  resources: { trivial_thing: anyResource(nothing) },
  dataSources: {},
  ephemeralResources: {},
};

void servePulumi(trivial);
