import { Fn, TerraformOutput, TerraformVariable } from "cdktf";
import {
  AccessToken,
  AccountOwner,
  Delivery,
  Scope,
  ServiceAccount,
  type AccessTokenOptions,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, resources, synthError, synthesize } from "./synthesized";

const TOKEN = "glsa_access_token";
const VARIABLE = { project: "platform/charts", key: "DEPLOY_TOKEN" };
const MINIMAL = {
  scopes: [Scope.READ_API],
  expiresAt: "2027-03-31",
  deliverTo: [Delivery.ciVariable(VARIABLE)],
};

function newAccount() {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });
  return { stack, account };
}

test("a minimal token has account, scopes, an end and a destination", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", MINIMAL);

  expect(resources(stack, TOKEN)).toEqual({
    "platform-deployer_ci": {
      service_account_id: "${glsa_service_account.platform-deployer.id}",
      name: "ci",
      scopes: ["read_api"],
      expires_at: "2027-03-31",
      deliver_to: [{ ci_variable: { project: "platform/charts", key: "DEPLOY_TOKEN" } }],
    },
  });
  expect(synthError(stack)).toBe("");
});

test("every option reaches Terraform", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", {
    scopes: [Scope.READ_API, Scope.of("new_scope"), "write_repository"],
    neverExpires: true,
    description: "used by the release job",
    storeValue: true,
    deliverTo: [
      Delivery.ciVariable({
        group: 12,
        key: "DEPLOY_TOKEN",
        environmentScope: "review/*",
        protected: true,
        masked: true,
        hidden: true,
        raw: false,
        overwrite: true,
        onDestroy: "keep",
      }),
      Delivery.file({
        path: "secrets/deploy-token",
        mode: "0640",
        overwrite: true,
        onDestroy: "remove",
      }),
    ],
  });

  expect(onlyResource(stack, TOKEN)).toMatchObject({
    scopes: ["read_api", "scope:new_scope", "write_repository"],
    never_expires: true,
    description: "used by the release job",
    store_value: true,
    deliver_to: [
      {
        ci_variable: {
          group: "12",
          key: "DEPLOY_TOKEN",
          environment_scope: "review/*",
          protected: true,
          masked: true,
          hidden: true,
          raw: false,
          overwrite: true,
          on_destroy: "keep",
        },
      },
      {
        file: {
          path: "secrets/deploy-token",
          mode: "0640",
          overwrite: true,
          on_destroy: "remove",
        },
      },
    ],
  });
});

test("a token that exists is imported by its id, and needs no destination yet", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", { ...MINIMAL, deliverTo: undefined, importFrom: "group:12:345:678" });

  expect(synthError(stack)).toBe("");
  expect(synthesize(stack).import).toEqual([
    { id: "group:12:345:678", to: "glsa_access_token.platform-deployer_ci" },
  ]);
});

test("a token can be declared away from its account", () => {
  const { stack, account } = newAccount();
  new AccessToken(stack, "elsewhere", { account, name: "ci", ...MINIMAL });

  expect(Object.keys(resources(stack, TOKEN))).toEqual(["platform-deployer_ci"]);
});

test("names that differ in letter case are two tokens", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", { ...MINIMAL, deliverTo: [], storeValue: true });
  account.addToken("CI", { ...MINIMAL, deliverTo: [], storeValue: true });

  expect(Object.keys(resources(stack, TOKEN)).sort()).toEqual([
    "platform-deployer_CI",
    "platform-deployer_ci",
  ]);
});

test("a new name moves the token", () => {
  const { stack, account } = newAccount();
  account.addToken("release", { ...MINIMAL, formerName: "ci" });

  expect(synthesize(stack).moved).toEqual([
    {
      from: "glsa_access_token.platform-deployer_ci",
      to: "glsa_access_token.platform-deployer_release",
    },
  ]);
});

test("a stored value can be used, another not", () => {
  const { stack, account } = newAccount();
  const stored = account.addToken("stored", { ...MINIMAL, deliverTo: [], storeValue: true });
  const delivered = account.addToken("delivered", MINIMAL);
  new TerraformOutput(stack, "value", { value: stored.value, sensitive: true });

  expect(synthesize(stack)).toMatchObject({
    output: { value: { value: "${glsa_access_token.platform-deployer_stored.value}" } },
  });
  expect(() => delivered.value).toThrow(
    new Error(
      "[stack/deployer/token_delivered] value: The value is not stored. The program can use the value only if the state holds it, and storeValue is not true. Set storeValue: true, or deliver the value to where it is used. [value-not-kept]",
    ),
  );
});

test("what the caller does to its arrays and objects afterwards changes nothing", () => {
  const { stack, account } = newAccount();
  const scopes = [Scope.READ_API];
  const variable = { ...VARIABLE };
  const deliverTo = [Delivery.ciVariable(variable)];
  account.addToken("ci", { ...MINIMAL, scopes, deliverTo });
  scopes.push(Scope.API);
  deliverTo.length = 0;
  variable.key = "OTHER";

  expect(onlyResource(stack, TOKEN)).toMatchObject({
    scopes: ["read_api"],
    deliver_to: [{ ci_variable: VARIABLE }],
  });
});

test("values that Terraform knows later pass every check", () => {
  const { stack, account } = newAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
  account.addToken(text, {
    scopes: [text],
    expiresAt: text,
    description: text,
    deliverTo: [
      Delivery.ciVariable({ project: text, key: text, environmentScope: text }),
      Delivery.file({ path: text, mode: text }),
    ],
  });
  account.addToken("list", { scopes: Fn.tolist(list), expiresAt: text, storeValue: true });

  expect(synthError(stack)).toBe("");
  expect(Object.values(resources(stack, TOKEN))).toMatchObject([
    { name: "list", scopes: "${tolist(var.list)}" },
    {
      name: "${var.text}",
      scopes: ["${var.text}"],
      deliver_to: [
        { ci_variable: { key: "${var.text}" } },
        { file: { path: "${var.text}", mode: "${var.text}" } },
      ],
    },
  ]);
});

const variable = (change: object) => [Delivery.ciVariable({ ...VARIABLE, ...change })];

test.each<[string, Partial<AccessTokenOptions>, string]>([
  [
    "an unknown scope",
    { scopes: ["read-apis"] },
    'scopes[0]: Unknown scope "read-apis". "read-apis" is not a scope of GitLab\'s personal access tokens. Did you mean "read_api"? Known scopes: api, read_api, read_user, create_runner, manage_runner, k8s_proxy, self_rotate, mcp, mcp_orbit, read_repository, write_repository, read_registry, write_registry, read_virtual_registry, write_virtual_registry, read_observability, write_observability, ai_features, sudo, admin_mode, read_service_ping. A scope that is newer than this release is written "scope:read-apis". [unknown-scope]',
  ],
  [
    "no scope",
    { scopes: [] },
    "scopes: No scopes. A token needs at least one scope; got none. Write what it is used for, such as Scope.READ_API. [missing-scopes]",
  ],
  [
    "an impossible date",
    { expiresAt: "31.3.2027" },
    'expiresAt: "31.3.2027" is not a date. expiresAt must be a day of the calendar, written YYYY-MM-DD (UTC), such as 2027-03-31; got "31.3.2027". [malformed-date]',
  ],
  [
    "no end",
    { expiresAt: undefined },
    "expiresAt, rotation or neverExpires: A required property is missing. Exactly one of expiresAt, rotation or neverExpires must be set; none is set. Write rotation: Rotation.every(Duration.days(30)), the day on which the token expires, such as 2027-03-31, or neverExpires: true. [missing-choice]",
  ],
  [
    "two ends",
    { neverExpires: true },
    "expiresAt, rotation or neverExpires: Mutually exclusive properties. Exactly one of expiresAt, rotation or neverExpires must be set; expiresAt and neverExpires are set. Write rotation: Rotation.every(Duration.days(30)), the day on which the token expires, such as 2027-03-31, or neverExpires: true. [exclusive-choices]",
  ],
  [
    "no destination",
    { deliverTo: [] },
    "deliverTo: The token has no destination. GitLab shows a value once, so it needs a destination; got none. Write a destination such as Delivery.ciVariable({ ... }), or storeValue: true to keep it in the state. [value-goes-nowhere]",
  ],
  [
    "an endless description",
    { description: "x".repeat(211) },
    "description: Too long. The longest allowed value has 210 characters; got 211. Shorten it. [text-too-long]",
  ],
  [
    "a variable's key with a hyphen",
    { deliverTo: variable({ key: "DEPLOY-TOKEN" }) },
    'deliverTo[0].ciVariable.key: "DEPLOY-TOKEN" cannot name a CI/CD variable. It must have 1 to 255 letters, digits and underscores; got "DEPLOY-TOKEN". Write "DEPLOY_TOKEN". [malformed-variable-key]',
  ],
  [
    "a malformed environment scope",
    { deliverTo: variable({ environmentScope: "review,prod" }) },
    'deliverTo[0].ciVariable.environmentScope: "review,prod" is not an environment scope. It must have only letters, digits, blanks and - _ / $ { } . *; got "review,prod". Write an environment\'s name, review/* for many, or leave it out for all. [malformed-environment-scope]',
  ],
  [
    "a hidden variable that is not masked",
    { deliverTo: variable({ hidden: true, masked: false }) },
    "deliverTo[0].ciVariable.masked: A hidden variable is always masked. hidden is true, and masked is false. Leave masked out, or set hidden to false. [hidden-but-not-masked]",
  ],
  [
    "a variable of a project and a group",
    { deliverTo: variable({ group: "platform" }) },
    "deliverTo[0].ciVariable.project or deliverTo[0].ciVariable.group: Mutually exclusive properties. Exactly one of deliverTo[0].ciVariable.project or deliverTo[0].ciVariable.group must be set; deliverTo[0].ciVariable.project and deliverTo[0].ciVariable.group are set. A variable belongs to one of them: declare a delivery for each. [exclusive-choices]",
  ],
  [
    "an unknown onDestroy",
    { deliverTo: variable({ onDestroy: "delete" }) },
    'deliverTo[0].ciVariable.onDestroy: Unknown choice "delete". It must be one of remove, keep; got "delete". [unknown-choice]',
  ],
  [
    "an empty file path",
    { deliverTo: [Delivery.file({ path: "" })] },
    'deliverTo[0].file.path: "" is not the path of a file. It must name a file in a folder that exists; got "". Write such as "secrets/deploy-token". [malformed-file-path]',
  ],
  [
    "a malformed file mode",
    { deliverTo: [Delivery.file({ path: "token", mode: "rw" })] },
    'deliverTo[0].file.mode: "rw" is not a file mode. It must be three octal digits, with or without a zero before them; got "rw". Write "0600", which lets no other user read the file. [malformed-file-mode]',
  ],
])("%s is refused", (_, options, message) => {
  const { account } = newAccount();

  expect(() => account.addToken("ci", { ...MINIMAL, ...options })).toThrow(
    new Error(`[stack/deployer/token_ci] ${message}`),
  );
});

test("two tokens of one name are an error", () => {
  const { account } = newAccount();
  account.addToken("ci", MINIMAL);

  expect(() => account.addToken("ci", { ...MINIMAL, deliverTo: [], storeValue: true })).toThrow(
    new Error(
      '[stack/deployer/token_ci] name: Two tokens are named "ci". An account\'s declared tokens must have different names; got "ci" twice. Give one another name, or remove it. [repeated-token-name]',
    ),
  );
});

test("two tokens with one destination are an error that names both", () => {
  const { stack, account } = newAccount();
  account.addToken("one", MINIMAL);
  account.addToken("two", {
    ...MINIMAL,
    deliverTo: [
      Delivery.ciVariable({ ...VARIABLE, project: "Platform/Charts" }),
      Delivery.file({ path: "token" }),
    ],
  });
  account.addToken("three", { ...MINIMAL, deliverTo: [Delivery.file({ path: "./token" })] });

  expect(synthError(stack)).toContain(
    [
      '[stack] stack/deployer/token_one and stack/deployer/token_two both deliver to CI/CD variable "DEPLOY_TOKEN" of project "platform/charts": one would overwrite the other. Give each token a destination of its own.',
      '  [stack] stack/deployer/token_two and stack/deployer/token_three both deliver to file "token": one would overwrite the other. Give each token a destination of its own.',
    ].join("\n"),
  );
});

test("one key in two environments is two destinations", () => {
  const { stack, account } = newAccount();
  account.addToken("staging", { ...MINIMAL, deliverTo: variable({ environmentScope: "staging" }) });
  account.addToken("production", { ...MINIMAL, deliverTo: variable({ environmentScope: "prod" }) });

  expect(synthError(stack)).toBe("");
});
