import { Fn, TerraformVariable } from "cdktf";
import {
  AccountOwner,
  Delivery,
  GlsaProvider,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, synthError } from "./synthesized";

const MINIMAL = { scopes: [Scope.READ_API], expiresAt: "2027-03-31" };

function newAccount() {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });
  return { stack, account };
}

test("every setting of a destination reaches Terraform", () => {
  const { stack, account } = newAccount();
  account.addToken("ci", {
    ...MINIMAL,
    deliverTo: [
      Delivery.vault({
        address: "https://vault.example.com:8200",
        namespace: "platform",
        mount: "ci",
        path: "platform/charts",
        field: "deploy_token",
        overwrite: true,
        onDestroy: "keep",
      }),
      Delivery.command({
        argv: ["./publish-token", "production"],
        checkArgv: ["./publish-token", "--check"],
        removeArgv: ["./remove-token"],
        timeout: "90s",
      }),
      Delivery.file({ path: "secrets/token", redeliverMissing: true }),
    ],
  });

  expect(synthError(stack)).toBe("");
  expect(onlyResource(stack, "glsa_access_token").deliver_to).toEqual([
    {
      vault: {
        address: "https://vault.example.com:8200",
        namespace: "platform",
        mount: "ci",
        path: "platform/charts",
        field: "deploy_token",
        overwrite: true,
        on_destroy: "keep",
      },
    },
    {
      command: {
        argv: ["./publish-token", "production"],
        check_argv: ["./publish-token", "--check"],
        remove_argv: ["./remove-token"],
        timeout: "90s",
      },
    },
    { file: { path: "secrets/token", redeliver_missing: true } },
  ]);
});

test("values that Terraform knows later pass every check", () => {
  const { stack, account } = newAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
  account.addToken("ci", {
    ...MINIMAL,
    deliverTo: [
      Delivery.vault({ address: text, namespace: text, mount: text, path: text, field: text }),
      Delivery.command({ argv: [text, text], timeout: text }),
      Delivery.command({ argv: Fn.tolist(list), checkArgv: Fn.tolist(list) }),
    ],
  });

  expect(synthError(stack)).toBe("");
  expect(onlyResource(stack, "glsa_access_token").deliver_to).toMatchObject([
    { vault: { address: "${var.text}", path: "${var.text}" } },
    { command: { argv: ["${var.text}", "${var.text}"] } },
    { command: { argv: "${tolist(var.list)}", check_argv: "${tolist(var.list)}" } },
  ]);
});

test.each([
  [
    'field "token" of Vault secret "ci/charts"',
    Delivery.vault({ mount: "ci", path: "charts" }),
    Delivery.vault({ mount: "/ci/", path: "charts/", field: "token" }),
  ],
  [
    'command ["put","prod"]',
    Delivery.command({ argv: ["put", "prod"] }),
    Delivery.command({ argv: ["put", "prod"], timeout: "90s" }),
  ],
])("two tokens that deliver to %s are an error", (label, first, second) => {
  const { stack, account } = newAccount();
  account.addToken("one", { ...MINIMAL, deliverTo: [first] });
  account.addToken("two", { ...MINIMAL, deliverTo: [second] });

  expect(synthError(stack)).toContain(
    `[stack] stack/deployer/token_one and stack/deployer/token_two both deliver to ${label}: one would overwrite the other. Give each token a destination of its own.`,
  );
});

test("a command that Terraform knows later is told apart by what stands for it", () => {
  const { stack, account } = newAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
  const commands = [[text], [text, "a"], Fn.tolist(list)];
  commands.forEach((argv, index) =>
    account.addToken(`t${index}`, { ...MINIMAL, deliverTo: [Delivery.command({ argv })] }),
  );
  expect(synthError(stack)).toBe("");

  account.addToken("again", { ...MINIMAL, deliverTo: [Delivery.command({ argv: [text] })] });
  expect(synthError(stack)).toContain('both deliver to command ["var.text"]');
});

test("accounts of two instances may have one variable's name, but not one secret", () => {
  const { stack, account } = newAccount();
  const provider = new GlsaProvider(stack, "other", { alias: "other" });
  const owner = AccountOwner.group("platform");
  const elsewhere = new ServiceAccount(stack, "elsewhere", { owner, provider });
  const deliverTo = [
    Delivery.ciVariable({ project: "platform/charts", key: "TOKEN" }),
    Delivery.vault({ path: "charts" }),
  ];
  account.addToken("ci", { ...MINIMAL, deliverTo });
  elsewhere.addToken("ci", { ...MINIMAL, deliverTo });

  const message = synthError(stack);
  expect(message).toContain('both deliver to field "token" of Vault secret "secret/charts"');
  expect(message).not.toContain("CI/CD variable");
});
