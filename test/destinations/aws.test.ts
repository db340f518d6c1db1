import { place as placeParameter } from "../../src/destinations/aws-parameter/implementation";
import { awsParameter } from "../../src/destinations/aws-parameter/record";
import { place as placeSecret } from "../../src/destinations/aws-secret/implementation";
import { awsSecret } from "../../src/destinations/aws-secret/record";
import type { NewValue } from "../../src/destinations/destination";
import { DeliveryError } from "../../src/destinations/errors";
import { AWS_REGION, TestAws, USABLE_KEY } from "../support/clouds/aws";
import { AwsReader } from "../support/clouds/aws-reader";
import { deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

/* What only these kinds do; what all do is in the conformance suite. */

const before = { ...process.env };
let aws: TestAws;
let reader: AwsReader;

beforeAll(async () => {
  aws = await TestAws.start();
  reader = new AwsReader(aws);
});
beforeEach(() => Object.assign(process.env, aws.environment));
afterEach(() => {
  aws.clearFaults();
  process.env = { ...before };
});
afterAll(() => aws.close());

const secret = (name: string, written: object = {}) =>
  placeSecret(settingsOf(awsSecret, { name, endpoint: aws.url, ...written }));
const parameter = (name: string, written: object = {}) =>
  placeParameter(settingsOf(awsParameter, { name, endpoint: aws.url, ...written }));

async function failureOf(work: Promise<unknown>): Promise<DeliveryError> {
  const failure: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DeliveryError);
  return failure as DeliveryError;
}

describe("an AWS secret", () => {
  test("keeps the value before under AWSPREVIOUS, also when a delivery is put back", async () => {
    const [first, second, third] = [newValue(), newValue(), newValue()];
    const destination = secret("stages");
    await destination.check(FIRST);
    for (const value of [first, second]) await destination.deliver(value);
    expect(await reader.secret("stages", "AWSPREVIOUS")).toBe(first.value);
    const undo = await destination.deliver(third);
    expect(await reader.secret("stages", "AWSPREVIOUS")).toBe(second.value);
    await undo?.();
    expect(await reader.secret("stages")).toBe(second.value);
    expect(await reader.secret("stages", "AWSPREVIOUS")).toBe(first.value);
  });

  test("gets one version for one token, whose id follows from it", async () => {
    const value = newValue();
    const destination = secret("idempotent");
    await destination.check(FIRST);
    aws.fault({ matching: /PutSecretValue/, by: "cut after effect", times: 1 });
    await destination.deliver(value);
    const { versions } = aws.secrets.secrets.get("idempotent")!;
    expect([...versions.values()].filter(({ content }) => content === value.value)).toHaveLength(1);
    const other: NewValue = { ...value, value: "glpat-another" };
    expect((await failureOf(destination.deliver(other))).message).toContain("another value");
  });

  test.each([
    ["that AWS rotates", { isRotated: true }, "AWS itself rotates the secret"],
    ["of a service", { owner: "rds" }, "the service rds manages the secret"],
    ["about to be deleted", { isDeleted: true }, "about to be deleted"],
    ["that is a replica", { primaryRegion: "us-east-1" }, "is a replica"],
  ])("%s is refused in the plan", async (name, state, words) => {
    await reader.writeSecret(name.replaceAll(" ", "-"), "x");
    Object.assign(aws.secrets.secrets.get(name.replaceAll(" ", "-"))!, state);
    const failure = await failureOf(secret(name.replaceAll(" ", "-")).foresee!(FIRST));
    expect(failure.message).toContain(words);
  });

  test("a plan writes nothing", async () => {
    const from = aws.requests.length;
    await secret("planned").foresee!(FIRST);
    expect(aws.requests.slice(from)).toEqual(["secretsmanager:DescribeSecret"]);
  });

  test("that somebody else made without a value is used, and stays when the value goes", async () => {
    await reader.writeSecret("declared-elsewhere");
    const value = newValue();
    await secret("declared-elsewhere").check(FIRST);
    await secret("declared-elsewhere").deliver(value);
    await secret("declared-elsewhere").remove(deliveredBy(value));
    expect(await reader.secret("declared-elsewhere")).toBe("{}");
    expect(aws.secrets.secrets.get("declared-elsewhere")?.tags.size).toBe(0);
  });

  test("is made with a KMS key, and a key that cannot be used is refused before a token is made", async () => {
    await secret("encrypted", { kms_key: USABLE_KEY }).check(FIRST);
    expect(aws.secrets.secrets.get("encrypted")?.kmsKey).toBe(USABLE_KEY);
    const failure = await failureOf(secret("never", { kms_key: "alias/none" }).check(FIRST));
    expect(failure.remedy).toContain("kms:GenerateDataKey");
  });

  test("is one place by its name and by its ARN, where the account is known", () => {
    const arn = `arn:aws:secretsmanager:${AWS_REGION}:123456789012:secret:gitlab/bot-a1B2c3`;
    expect(secret(arn).address).not.toBe(secret("gitlab/bot").address);
    process.env["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/apply";
    expect(secret(arn).address).toBe(secret("gitlab/bot").address);
    const others = arn.replace("123456789012", "210987654321");
    expect(secret(others).address).not.toBe(secret("gitlab/bot").address);
  });

  test("with another stage leaves AWSCURRENT alone", async () => {
    await reader.writeSecret("labelled", "current");
    const value = newValue();
    const destination = secret("labelled", { version_stage: "GITLAB" });
    await destination.check(FIRST);
    const undo = await destination.deliver(value);
    expect(await reader.secret("labelled", "GITLAB")).toBe(value.value);
    await undo?.();
    expect(await reader.secret("labelled", "GITLAB")).toBeUndefined();
    const next = newValue();
    await destination.deliver(next);
    await destination.remove(deliveredBy(next));
    expect(await reader.secret("labelled", "GITLAB")).toBeUndefined();
    expect(await reader.secret("labelled")).toBe("current");
  });
});

describe("a field of an AWS secret", () => {
  const field = (name: string, of = "token") => secret(name, { field: of });

  test("leaves the other fields as they are, also those that are written meanwhile", async () => {
    await reader.writeSecret("shared", JSON.stringify({ tokenId: 7, gitlabUrl: "https://g" }));
    const destination = field("shared");
    await destination.check(FIRST);
    aws.beforeServing = async (request) => {
      if (request !== "secretsmanager:PutSecretValue") return;
      aws.beforeServing = undefined;
      await reader.writeSecret("shared", JSON.stringify({ tokenId: 8, gitlabUrl: "https://g" }));
    };
    const value = newValue();
    const undo = await destination.deliver(value);
    const now = async () => JSON.parse((await reader.secret("shared"))!) as unknown;
    expect(await now()).toEqual({ tokenId: 8, gitlabUrl: "https://g", token: value.value });
    await field("shared", "second").check(FIRST);
    await field("shared", "second").deliver(value);
    await undo?.();
    expect(await now()).toEqual({ tokenId: 8, gitlabUrl: "https://g", second: value.value });
  });

  test("of a text that is no JSON object is refused", async () => {
    await reader.writeSecret("text", "plain");
    const failure = await failureOf(field("text").check(FIRST));
    expect(failure.message).toContain("not a JSON object");
  });
});

describe("an AWS parameter", () => {
  test("that is no SecureString is refused in the plan", async () => {
    aws.parameters.parameters.set("plain", {
      value: "x",
      type: "String",
      version: 1,
      tier: "Standard",
      kmsKey: undefined,
      tags: new Map(),
    });
    const failure = await failureOf(parameter("plain", { overwrite: true }).foresee!(FIRST));
    expect(failure.message).toContain("it is a String");
  });

  test("has its tier and key from the declaration, and gets them in place", async () => {
    const value = newValue();
    await parameter("settings", { kms_key: USABLE_KEY }).check(FIRST);
    await parameter("settings", { kms_key: USABLE_KEY }).deliver(value);
    await parameter("settings", { tier: "Advanced" }).applySettings();
    expect(aws.parameters.parameters.get("settings")).toMatchObject({
      value: value.value,
      tier: "Advanced",
      kmsKey: USABLE_KEY,
    });
  });
});

describe("a login at AWS", () => {
  test("that is refused is a matter of this machine", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "another-key-than-the-one-that-is-known";
    const failure = await failureOf(secret("any").check(FIRST));
    expect(failure.isLocal).toBe(true);
    expect(failure.remedy).toContain("Give the apply credentials of AWS");
  });

  test("without a region says so", async () => {
    delete process.env["AWS_REGION"];
    process.env["AWS_CONFIG_FILE"] = "/nowhere";
    const failure = await failureOf(secret("any").check(FIRST));
    expect(failure.remedy).toBe("Write region, or set AWS_REGION.");
  });
});
