import { TerraformVariable } from "cdktf";
import { AccountOwner, GlsaProvider, ServiceAccount } from "../../../constructs/cdktf";
import { newStack, synthError, synthesize } from "./synthesized";

test("a minimal provider names its stack and leaves address and token to the environment", () => {
  const { provider, terraform } = synthesize(newStack());

  expect(provider.glsa).toEqual([{ stack: "stack" }]);
  expect(terraform.required_providers).toEqual({
    glsa: { source: "glsa.internal/glsa/glsa", version: "~> 0.1" },
  });
});

test("every setting reaches Terraform", () => {
  const stack = newStack({ provider: false });
  const token = new TerraformVariable(stack, "token", { type: "string", sensitive: true });
  new GlsaProvider(stack, "glsa", {
    baseUrl: "https://gitlab.example.com",
    instanceAddresses: ["https://gitlab.internal"],
    token: token.stringValue,
    stack: "platform",
    takeOver: [12],
    caFile: "ca.pem",
    headers: { "X-Gateway-Key": "open" },
    maxRequestsPerMinute: 300,
    maxConcurrency: 4,
    alias: "main",
  });

  expect(synthesize(stack).provider.glsa).toEqual([
    {
      base_url: "https://gitlab.example.com",
      instance_addresses: ["https://gitlab.internal"],
      token: "${var.token}",
      stack: "platform",
      take_over: [12],
      ca_file: "ca.pem",
      headers: { "X-Gateway-Key": "open" },
      max_requests_per_minute: 300,
      max_concurrency: 4,
      alias: "main",
    },
  ]);
});

test("a token in clear text is warned of", () => {
  const stack = newStack({ provider: false });
  const provider = new GlsaProvider(stack, "glsa", { token: "in clear text" });

  expect(provider.node.metadata.map(({ data }) => data as string)).toContain(
    "token: it will stand in clear text in the synthesized files and in plan files. Leave it out and set GITLAB_TOKEN, or pass a sensitive TerraformVariable.",
  );
});

test("a stack without a provider is an error", () => {
  const stack = newStack({ provider: false });
  new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });

  expect(synthError(stack)).toContain(
    '[stack] The stack declares GitLab objects, but no GlsaProvider. Write new GlsaProvider(this, "glsa") in it.',
  );
});

test("a provider added later is found", () => {
  const stack = newStack({ provider: false });
  new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });
  new GlsaProvider(stack, "glsa");

  expect(synthError(stack)).toBe("");
});
