import { place as placeParameter } from "../../../src/destinations/aws-parameter/implementation";
import { awsParameter } from "../../../src/destinations/aws-parameter/record";
import { place as placeSecret } from "../../../src/destinations/aws-secret/implementation";
import { awsSecret } from "../../../src/destinations/aws-secret/record";
import { AwsReader } from "../../support/clouds/aws-reader";
import { TestAws } from "../../support/clouds/aws";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

/** What a place holds while it waits for a token. */
const EMPTY = "{}";

async function startAws() {
  const aws = await TestAws.start();
  const before = { ...process.env };
  // An attempt of the official client waits up to 20 s after the third failure; two show the same.
  Object.assign(process.env, aws.environment, { AWS_MAX_ATTEMPTS: "2" });
  const { checkpoint, gate } = await gateBefore(aws.url);
  return {
    aws,
    reader: new AwsReader(aws),
    checkpoint,
    endpoint: gate.url,
    denialsOf: (...actions: readonly string[]) =>
      Object.fromEntries(
        actions.map((action) => [`no ${action}`, () => void aws.denied.add(action)]),
      ),
    allow: () => aws.denied.clear(),
    close: async () => {
      process.env = before;
      await gate.close();
      await aws.close();
    },
  };
}

const filled = (text: string | undefined) => (text === EMPTY ? undefined : text);

export const awsSecretUnderTest: Conforming = {
  async start() {
    const { aws, reader, checkpoint, endpoint, denialsOf, allow, close } = await startAws();
    return {
      checkpoint,
      place: (name, written = {}) =>
        placeSecret(settingsOf(awsSecret, { name, endpoint, ...written })),
      held: async (name) => filled(await reader.secret(name)),
      write: (name, value) => reader.writeSecret(name, value),
      neighbours: async (name) => [...aws.secrets.secrets.keys()].filter((other) => other !== name),
      denials: denialsOf(
        "secretsmanager:DescribeSecret",
        "secretsmanager:CreateSecret",
        "secretsmanager:TagResource",
        "secretsmanager:PutSecretValue",
      ),
      hide: () => void aws.denied.add("secretsmanager:GetSecretValue"),
      allow,
      close,
    };
  },
};

export const awsFieldUnderTest: Conforming = {
  async start() {
    const { reader, checkpoint, endpoint, denialsOf, allow, close } = await startAws();
    const fieldsOf = async (name: string) =>
      JSON.parse((await reader.secret(name)) ?? EMPTY) as Record<string, string>;
    return {
      checkpoint,
      place: (name, written = {}) =>
        placeSecret(settingsOf(awsSecret, { name, endpoint, field: "token", ...written })),
      held: async (name) => (await fieldsOf(name))["token"],
      write: async (name, token) => {
        await reader.writeSecret(name, JSON.stringify({ ...(await fieldsOf(name)), token }));
      },
      neighbours: async (name) =>
        Object.entries(await fieldsOf(name)).filter(([field]) => field !== "token"),
      denials: denialsOf(
        "secretsmanager:DescribeSecret",
        "secretsmanager:CreateSecret",
        "secretsmanager:PutSecretValue",
      ),
      allow,
      close,
    };
  },
};

export const awsParameterUnderTest: Conforming = {
  async start() {
    const { aws, reader, checkpoint, endpoint, denialsOf, allow, close } = await startAws();
    return {
      checkpoint,
      place: (name, written = {}) =>
        placeParameter(settingsOf(awsParameter, { name, endpoint, ...written })),
      held: async (name) => filled(await reader.parameter(name)),
      write: (name, value) => reader.writeParameter(name, value),
      neighbours: async (name) =>
        [...aws.parameters.parameters.keys()].filter((other) => other !== name),
      denials: denialsOf("ssm:ListTagsForResource", "ssm:AddTagsToResource", "ssm:PutParameter"),
      hide: () => void aws.denied.add("ssm:GetParameter"),
      allow,
      close,
    };
  },
};
