import { TerraformVariable } from "cdktf";
import {
  AccountOwner,
  Duration,
  Rotation,
  ServiceAccount,
  type AccessTokenOptions,
  type AccountOptions,
} from "../../../../constructs/cdktf";
import {
  ACCEPTED_TOKEN,
  ACCOUNT_REFUSALS,
  REFUSED_ROLE,
  ROLE_REFUSAL,
  TOKEN_REFUSALS,
} from "../../official-refusals";
import { newStack } from "../synthesized";
import { BindingsOf, officialAccount, officialStack } from "./stacks";

const owner = AccountOwner.group("platform");

test.each(ACCOUNT_REFUSALS)("%s is refused", (_, options, message) => {
  const props: AccountOptions = { owner, username: "bot", ...options };

  expect(() => new ServiceAccount(officialStack(), "deployer", props)).toThrow(
    new Error(`[stack/deployer] ${message}`),
  );
});

test.each(TOKEN_REFUSALS)("%s is refused", (_, options, message) => {
  const { account } = officialAccount();

  expect(() => account.addToken("ci", { ...ACCEPTED_TOKEN, ...options })).toThrow(
    new Error(`[stack/deployer/token_ci] ${message}`),
  );
});

test("a role that the provider does not know is refused", () => {
  const { account } = officialAccount();

  expect(() => account.joinGroup("platform", REFUSED_ROLE)).toThrow(
    new Error(`[stack/deployer/group_platform] ${ROLE_REFUSAL}`),
  );
});

test.each([
  ["18.6.1", "are of 18.6.1"],
  [undefined, "do not state their version"],
])("an account of a project is refused by bindings of version %s", (version, seen) => {
  const stack = newStack({ provider: false });
  new BindingsOf(stack, "gitlab", version);
  const project = AccountOwner.project("platform/web");
  const message = `owner: The official GitLab provider supports accounts of projects from 19.3, and its bindings ${seen}. Write AccountOwner.group, or use newer bindings, or use glsa's provider. [official-provider-cannot]`;

  expect(() => new ServiceAccount(stack, "bot", { owner: project })).toThrow(
    new Error(`[stack/bot] ${message}`),
  );
  expect(() => ServiceAccount.fromUsername(stack, "found", project, "bot")).toThrow(
    new Error(`[stack/found] ${message}`),
  );
});

test("what has no attribute is refused, late or not", () => {
  const { stack, account } = officialAccount();
  const late = new TerraformVariable(stack, "late", { type: "any" });
  const flag = late.booleanValue as unknown as boolean;
  const protectedAccount = { owner, deletionProtection: flag };
  const rotation = Rotation.every(Duration.days(late.numberValue), { allowInPlaceRotation: true });
  const token = (options: Partial<AccessTokenOptions>) => () =>
    account.addToken(Object.keys(options).join(), { ...ACCEPTED_TOKEN, ...options });

  expect(() => new ServiceAccount(stack, "bot", protectedAccount)).toThrow(
    "deletionProtection: The official GitLab provider leaves deletion protection to the engine, which must know the value now. Write true or false, or use glsa's provider. [official-provider-cannot]",
  );
  expect(() => new ServiceAccount(stack, "rob", { owner, hardDelete: flag })).toThrow("hardDelete");
  expect(token({ expiresAt: undefined, neverExpires: flag })).toThrow("neverExpires: ");
  expect(token({ expiresAt: undefined, rotation })).toThrow(
    "rotation: The official GitLab provider counts from the day on which a token expires, so the durations must be known now. Write them as numbers, or use glsa's provider. [official-provider-cannot]",
  );
});

test("everything that is refused is said at once, beside what is wrong", () => {
  const { account } = officialAccount();

  expect(() =>
    account.addToken("ci", {
      scopes: [],
      expiresAt: "soon",
      storeValue: true,
      keepers: { a: "b" },
    }),
  ).toThrow(/scopes: No scopes[^]*expiresAt: "soon" is not a date[^]*keepers: The official/);
});
