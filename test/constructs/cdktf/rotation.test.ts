import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import {
  AccountOwner,
  Delivery,
  Duration,
  Rotation,
  Scope,
  ServiceAccount,
  type AccessTokenOptions,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, synthError, synthesize } from "./synthesized";

const TOKEN = "glsa_access_token";
const MINIMAL = {
  scopes: [Scope.READ_API],
  rotation: Rotation.every(Duration.days(30)),
  deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
};

function newAccount() {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });
  return { stack, account };
}

test("a minimal rotation says how often, and the provider the rest", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", MINIMAL);

  const { rotation, expires_at, never_expires } = onlyResource(stack, TOKEN);
  expect(rotation).toEqual({ every: "30d" });
  expect([expires_at, never_expires]).toEqual([undefined, undefined]);
  expect(synthError(stack)).toBe("");
});

test("every part of a rotation reaches Terraform", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", {
    ...MINIMAL,
    rotation: Rotation.every(Duration.weeks(4), {
      overlap: Duration.days(3),
      lifetime: Duration.of("P60D"),
      quietFor: "2d",
      maxHold: "1w",
    }),
    keepers: { imageTag: "1.2", "host-name": "runner" },
    revokeNow: [678, 679],
  });

  expect(onlyResource(stack, TOKEN)).toMatchObject({
    rotation: {
      every: "4w",
      overlap: "3d",
      lifetime: "P60D",
      quiet_for: "2d",
      max_hold: "1w",
    },
    keepers: { imageTag: "1.2", "host-name": "runner" },
    revoke_now: [678, 679],
  });
});

test("dates and older tokens can be used in the program", () => {
  const { stack, account } = newAccount();
  const { validUntil, rotatesAt, resource } = account.addToken("ci", MINIMAL);
  const { previous, strays } = resource;
  const outputs = {
    validUntil,
    rotatesAt,
    strays,
    previous,
    oldest: previous.get(0).revokeAt,
    addresses: previous.get(0).lastUsedIps,
  };
  for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value });

  const token = "glsa_access_token.platform-deployer_ci";
  expect(synthesize(stack)).toMatchObject({
    output: {
      validUntil: { value: `\${${token}.valid_until}` },
      rotatesAt: { value: `\${${token}.rotates_at}` },
      strays: { value: `\${${token}.strays}` },
      previous: { value: `\${${token}.previous}` },
      oldest: { value: `\${${token}.previous[0].revoke_at}` },
      addresses: { value: `\${${token}.previous[0].last_used_ips}` },
    },
  });
});

test("values that Terraform knows later pass every check", () => {
  const { stack, account } = newAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
  account.addToken("ci", {
    ...MINIMAL,
    rotation: Rotation.every(Duration.days(number), { overlap: text, lifetime: Duration.of(text) }),
    keepers: { host: text },
    revokeNow: [number],
  });

  expect(synthError(stack)).toBe("");
  expect(onlyResource(stack, TOKEN)).toMatchObject({
    rotation: { every: "${var.number}d", overlap: "${var.text}", lifetime: "${var.text}" },
    keepers: { host: "${var.text}" },
    revoke_now: ["${var.number}"],
  });
});

test("a whole list or map can be known later", () => {
  const { stack, account } = newAccount();
  const numbers = new TerraformVariable(stack, "numbers", { type: "list(number)" });
  const words = new TerraformVariable(stack, "words", { type: "map(string)" });
  account.addToken("ci", {
    ...MINIMAL,
    keepers: Token.asStringMap(words.value),
    revokeNow: Token.asNumberList(numbers.value),
  });

  expect(onlyResource(stack, TOKEN)).toMatchObject({
    keepers: "${var.words}",
    revoke_now: "${var.numbers}",
  });
});

test("what the caller does to its objects afterwards changes nothing", () => {
  const { stack, account } = newAccount();
  const keepers = { host: "one" };
  const revokeNow = [678];
  account.addToken("ci", { ...MINIMAL, keepers, revokeNow });
  keepers.host = "two";
  revokeNow.push(679);

  expect(onlyResource(stack, TOKEN)).toMatchObject({ keepers: { host: "one" }, revoke_now: [678] });
});

test.each<[string, Partial<AccessTokenOptions>, string]>([
  [
    "a rotation in years",
    { rotation: Rotation.every("1y") },
    'rotation.every: "1y" is not a number of days. every must be whole days or weeks, such as 30d, 4w or P30D; got "1y". [malformed-duration]',
  ],
  [
    "a rotation with an end",
    { expiresAt: "2027-03-31" },
    "expiresAt, rotation or neverExpires: Mutually exclusive properties. Exactly one of expiresAt, rotation or neverExpires must be set; expiresAt and rotation are set. Write rotation: Rotation.every(Duration.days(30)), the day on which the token expires, such as 2027-03-31, or neverExpires: true. [exclusive-choices]",
  ],
  [
    "a leaked token without a number",
    { revokeNow: [678, 0] },
    'revokeNow[1]: "0" is not a token\'s ID. The ID must be a whole number above zero; got "0". The state shows the IDs as token_id, the older ones in previous. [malformed-token-number]',
  ],
])("%s is refused", (_, options, message) => {
  const { account } = newAccount();

  expect(() => account.addToken("ci", { ...MINIMAL, ...options })).toThrow(
    new Error(`[stack/deployer/token_ci] ${message}`),
  );
});
