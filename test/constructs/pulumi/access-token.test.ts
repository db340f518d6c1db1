import * as pulumi from "@pulumi/pulumi";
import {
  AccessToken,
  AccountOwner,
  Delivery,
  Duration,
  GlsaServiceAccount,
  Rotation,
  Scope,
  ServiceAccount,
  type AccessTokenOptions,
} from "../../../constructs/pulumi";
import { inputsOf, refusal } from "./declared";

const TOKEN = "glsa:index:AccessToken";
const VARIABLE = { project: "platform/charts", key: "DEPLOY_TOKEN" };
const MINIMAL = {
  scopes: [Scope.READ_API],
  expiresAt: "2027-03-31",
  deliverTo: [Delivery.ciVariable(VARIABLE)],
};

const newAccount = () =>
  new ServiceAccount("deployer", { owner: AccountOwner.group("platform"), username: "bot" });

/** The inputs of the tokens that are declared for one account. */
const tokens = (declare: (account: ServiceAccount) => void) =>
  inputsOf(TOKEN, () => declare(newAccount()));

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

test("a minimal token has account, scopes, an end and a destination", async () => {
  expect(await tokens((account) => account.addToken("ci", MINIMAL))).toEqual({
    bot_ci: {
      serviceAccountId: "id of bot",
      name: "ci",
      scopes: ["read_api"],
      expiresAt: "2027-03-31",
      deliverTo: [{ ciVariable: VARIABLE }],
    },
  });
});

test("every option reaches the provider", async () => {
  const options: AccessTokenOptions = {
    scopes: [Scope.READ_API, Scope.of("new_scope"), "write_repository"],
    rotation: Rotation.every(Duration.weeks(4), {
      overlap: "3d",
      lifetime: Duration.days(90),
      quietFor: "P2D",
      maxHold: Duration.days(14),
    }),
    keepers: { machine: "runner-7" },
    revokeNow: [678],
    description: "used by the release job",
    storeValue: true,
    deliverTo: [
      Delivery.ciVariable({ group: 12, key: "DEPLOY_TOKEN", hidden: true, onDestroy: "keep" }),
      Delivery.file({ path: "secrets/deploy-token", mode: "0640" }),
      Delivery.vault({ mount: "ci", path: "platform/release", field: "token" }),
      Delivery.command({ argv: ["./publish-token", "production"], timeout: "90s" }),
    ],
  };
  const { bot_ci } = await tokens((account) => account.addToken("ci", options));
  expect(bot_ci).toMatchObject({
    scopes: ["read_api", "scope:new_scope", "write_repository"],
    rotation: { every: "4w", overlap: "3d", lifetime: "90d", quietFor: "P2D", maxHold: "14d" },
    keepers: { machine: "runner-7" },
    revokeNow: [678],
    description: "used by the release job",
    storeValue: true,
    deliverTo: [
      { ciVariable: { group: "12", key: "DEPLOY_TOKEN", hidden: true, onDestroy: "keep" } },
      { file: { path: "secrets/deploy-token", mode: "0640" } },
      { vault: { mount: "ci", path: "platform/release", field: "token" } },
      { command: { argv: ["./publish-token", "production"], timeout: "90s" } },
    ],
  });
});

test("a token can be declared away from its account", async () => {
  const found = await tokens((account) => {
    new AccessToken("elsewhere", { account, name: "ci", ...MINIMAL });
  });
  expect(Object.keys(found)).toEqual(["bot_ci"]);
});

test("values that come later pass every check and reach the provider", async () => {
  const text = later("Text");
  const found = await tokens((account) => {
    const word = new GlsaServiceAccount("source", { username: text }).username;
    account.addToken(word, {
      scopes: [text],
      expiresAt: text,
      description: text,
      keepers: { key: text },
      revokeNow: [later(-1)],
      deliverTo: [
        Delivery.ciVariable({ project: later(-7), key: text, environmentScope: text }),
        Delivery.file({ path: text, mode: text }),
        Delivery.vault({ address: text, mount: text, path: text, field: text }),
        Delivery.command({ argv: [text], timeout: text }),
      ],
    });
    const rotation = Rotation.every(Duration.days(later(30)), { overlap: text });
    account.addToken("all", {
      scopes: later(["api"]),
      rotation,
      neverExpires: later(false),
      storeValue: later(true),
    });
  });
  const late = Object.keys(found).find((name) => name !== "bot_all") ?? "";
  expect(late).toMatch(/^bot_token_source_[0-9a-f]{8}$/);
  expect(found).toMatchObject({
    bot_all: { scopes: ["api"], rotation: { every: "30d", overlap: "Text" }, storeValue: true },
    [late]: {
      name: "Text",
      scopes: ["Text"],
      revokeNow: [-1],
      deliverTo: [
        { ciVariable: { project: "-7", key: "Text" } },
        { file: { path: "Text" } },
        { vault: { path: "Text" } },
        { command: { argv: ["Text"] } },
      ],
    },
  });
});

test("two late destinations are left for the provider to compare", async () => {
  const project = later("platform/charts");
  const variable = () => [Delivery.ciVariable({ project, key: "TOKEN" })];
  const found = await tokens((account) => {
    account.addToken("one", { ...MINIMAL, deliverTo: variable() });
    account.addToken("two", { ...MINIMAL, deliverTo: variable() });
  });
  expect(Object.keys(found)).toEqual(["bot_one", "bot_two"]);
});

test("a name that comes from no resource is refused with the way out", async () => {
  expect(await refusal(() => newAccount().addToken(later("ci"), MINIMAL))).toBe(
    '[deployer] name: No name can be derived. The value is known only later and comes from no resource, so its object has no stable name; got an Output. Write new AccessToken("name", { account, name, ... }), with a name of your own. [late-name]',
  );
});

test("a stored value can be used, another not", async () => {
  const program = () => {
    const account = newAccount();
    const kept = account.addToken("kept", { ...MINIMAL, deliverTo: [], storeValue: true });
    expect(pulumi.Output.isInstance(kept.value)).toBe(true);
    return account.addToken("delivered", MINIMAL).value;
  };
  expect(await refusal(program)).toMatch(
    /^\[deployer\/token_delivered\] value: The value is not stored\./,
  );
});

test.each<[string, Partial<AccessTokenOptions>, RegExp]>([
  ["an unknown scope", { scopes: ["read-apis"] }, /scopes\[0\]: Unknown scope "read-apis"/],
  ["no scope", { scopes: [] }, /scopes: No scopes/],
  [
    "two ends",
    { neverExpires: true },
    /expiresAt, rotation or neverExpires: Mutually exclusive properties/,
  ],
  ["no destination", { deliverTo: [] }, /deliverTo: The token has no destination/],
  [
    "a malformed key beside a late project",
    { deliverTo: [Delivery.ciVariable({ project: later("x"), key: "A-B" })] },
    /deliverTo\[0\]\.ciVariable\.key: "A-B" cannot name/,
  ],
])("%s is refused", async (_, options, message) => {
  const text = await refusal(() => newAccount().addToken("ci", { ...MINIMAL, ...options }));
  expect(text).toMatch(/^\[deployer\/token_ci\] /);
  expect(text).toMatch(message);
});

test("a token that is imported needs no destination yet", async () => {
  const program = () =>
    newAccount().addToken("ci", { ...MINIMAL, deliverTo: [] }, { import: "group:12:345:678" });
  expect(await refusal(program)).toBe("");
});

test("two tokens of one name are an error, and so are two with one destination", async () => {
  const stored = { ...MINIMAL, deliverTo: [], storeValue: true };
  const named = () => {
    const account = newAccount();
    account.addToken("ci", MINIMAL);
    account.addToken("ci", stored);
  };
  expect(await refusal(named)).toMatch(/^\[deployer\/token_ci\] name: Two tokens are named "ci"\./);
  const delivered = () => {
    const account = newAccount();
    account.addToken("one", MINIMAL);
    account.addToken("two", MINIMAL);
  };
  expect(await refusal(delivered)).toBe(
    '[deployer/token_two] deliverTo[0]: Two tokens have one destination. This and deployer/token_one both deliver to CI/CD variable "DEPLOY_TOKEN" of project "platform/charts": one would overwrite the other. Give each token a destination of its own. [shared-destination]',
  );
});
