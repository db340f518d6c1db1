import * as pulumi from "@pulumi/pulumi";

/** A resource as the engine gets it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly provider?: string;
}

// What the engine would show; a test that wants to know looks at the calls.
beforeEach(() => void jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined));
afterEach(() => jest.restoreAllMocks());

/** What a program declares to an engine that makes everything at once. */
export async function declared(program: () => void): Promise<Declared[]> {
  const found: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        found.push({ type, name, inputs: inputs as Declared["inputs"], provider });
        return { id: `id of ${name}`, state: { ...madeUp(type, name), ...(inputs as object) } };
      },
      call: ({ token, inputs }) => ({ ...(inputs as object), ...answerOf(token) }),
    },
    "project",
    "stack",
  );
  // Not thrown inside: Pulumi would end the process.
  let thrown: unknown;
  await pulumi.runtime.runInPulumiStack(() => {
    try {
      program();
    } catch (error) {
      thrown = error;
    }
    return Promise.resolve();
  });
  await pulumi.runtime.disconnect();
  if (thrown !== undefined) throw thrown;
  return found;
}

/** What the official provider tells of an object only when it has made it. */
function madeUp(type: string, name: string): object {
  return type.startsWith("gitlab:") ? { serviceAccountId: "7", token: `value of ${name}` } : {};
}

function answerOf(token: string): object {
  if (token === "gitlab:index/getGroup:getGroup") return { groupId: 34 };
  if (token === "gitlab:index/getUser:getUser") return { id: "7" };
  return { id: "group:1:2", userId: 2 };
}

/** Inputs by name of the resources of one type. */
export async function inputsOf(
  type: string,
  program: () => void,
): Promise<Record<string, Record<string, unknown>>> {
  const found = await declared(program);
  const ofType = found.filter((resource) => resource.type === type);
  return Object.fromEntries(ofType.map(({ name, inputs }) => [name, inputs]));
}

/** The message with which a program ends. */
export async function refusal(program: () => void): Promise<string> {
  try {
    await declared(program);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
