import { GitlabProvider } from "@cdktf/provider-gitlab/lib/provider";
import { TerraformProvider } from "cdktf";
import { AccountOwner, GlsaProvider, Role, ServiceAccount } from "../../../../constructs/cdktf";
import { newStack, resources, synthError } from "../synthesized";

const owner = AccountOwner.group("platform");
const emptyStack = () => newStack({ provider: false });

test("a stack with both providers is an error that says what to do", () => {
  const stack = emptyStack();
  new GlsaProvider(stack, "glsa");
  new GitlabProvider(stack, "gitlab");
  new ServiceAccount(stack, "deployer", { owner });

  expect(synthError(stack)).toContain(
    "[stack] The stack contains a GlsaProvider and the official GitlabProvider, and stack/deployer names neither. Set provider to one of them in every ServiceAccount.",
  );
});

test("with both, each account goes to the provider that it names, with all that belongs to it", () => {
  const stack = emptyStack();
  const glsa = new GlsaProvider(stack, "glsa");
  const gitlab = new GitlabProvider(stack, "gitlab", { alias: "main" });
  new ServiceAccount(stack, "one", { owner, provider: glsa }).joinProject(7, Role.GUEST);
  new ServiceAccount(stack, "two", { owner, provider: gitlab }).joinProject(7, Role.GUEST);

  expect(synthError(stack)).toBe("");
  expect(Object.keys(resources(stack, "glsa_membership"))).toEqual(["platform-one_project_7"]);
  expect(resources(stack, "gitlab_project_membership")).toMatchObject({
    "main_platform-two_project_7": { provider: "gitlab.main" },
  });
});

test("an official provider that is declared too late is an error that says so", () => {
  const stack = emptyStack();
  new ServiceAccount(stack, "deployer", { owner });
  new GitlabProvider(stack, "gitlab");

  expect(synthError(stack)).toContain(
    '[stack] The stack declares GitLab objects, but no GlsaProvider. Write new GlsaProvider(this, "glsa") in it. To use the official provider, write its GitlabProvider before the objects.',
  );
});

test("no provider at all is an error that names both", () => {
  const stack = emptyStack();
  new ServiceAccount(stack, "deployer", { owner });

  expect(synthError(stack)).toContain(
    '[stack] The stack declares GitLab objects, but no GlsaProvider. Write new GlsaProvider(this, "glsa") in it. If no provider can be added, write the official GitlabProvider before the objects.',
  );
});

test("a provider of something else is refused", () => {
  class Other extends TerraformProvider {}
  const stack = emptyStack();
  const provider = new Other(stack, "other", { terraformResourceType: "random" });

  expect(() => new ServiceAccount(stack, "deployer", { owner, provider })).toThrow(
    new Error(
      '[stack/deployer] provider: The provider manages no service accounts. The provider must be a GlsaProvider or the official GitlabProvider; got the provider "random". Pass one of them, or leave it out. [other-provider]',
    ),
  );
});

test("one account declared twice is an error there, too", () => {
  const stack = emptyStack();
  new GitlabProvider(stack, "gitlab");
  new ServiceAccount(stack, "one", { owner, username: "bot" });
  new ServiceAccount(stack, "two", { owner, username: "bot" });

  expect(synthError(stack)).toContain(
    "stack/one and stack/two are both gitlab_group_service_account.bot",
  );
});
