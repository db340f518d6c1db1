import * as pulumi from "@pulumi/pulumi";
import {
  AccountOwner,
  Duration,
  Rotation,
  ServiceAccount,
  useOfficialProvider,
  type AccessTokenOptions,
  type ServiceAccountProps,
} from "../../../../constructs/pulumi";
import {
  ACCEPTED_TOKEN,
  ACCOUNT_REFUSALS,
  REFUSED_ROLE,
  ROLE_REFUSAL,
  TOKEN_REFUSALS,
} from "../../official-refusals";
import { refusal } from "../declared";

const owner = AccountOwner.group("platform");

function refused(declare: (account: (props?: object) => ServiceAccount) => void): Promise<string> {
  return refusal(() => {
    useOfficialProvider();
    declare((props) => new ServiceAccount("deployer", { owner, username: "bot", ...props }));
  });
}

test.each(ACCOUNT_REFUSALS)("%s is refused", async (_, options, message) => {
  const text = await refused((account) => account(options satisfies Partial<ServiceAccountProps>));
  expect(text).toBe(`[deployer] ${message}`);
});

test.each(TOKEN_REFUSALS)("%s is refused", async (_, options, message) => {
  const props: AccessTokenOptions = { ...ACCEPTED_TOKEN, ...options };
  expect(await refused((account) => account().addToken("ci", props))).toBe(
    `[deployer/token_ci] ${message}`,
  );
});

test("a role that the provider does not know is refused", async () => {
  expect(await refused((account) => account().joinGroup("platform", REFUSED_ROLE))).toBe(
    `[deployer/group_platform] ${ROLE_REFUSAL}`,
  );
});

test.each<[string, Partial<AccessTokenOptions>]>([
  ["neverExpires", { expiresAt: undefined, neverExpires: pulumi.output(false) }],
  ["keepers", { keepers: { machine: pulumi.output("runner-7") } }],
  ["revokeNow", { revokeNow: pulumi.output([7]) }],
  [
    "rotation",
    {
      expiresAt: undefined,
      rotation: Rotation.every(Duration.days(pulumi.output(30)), { allowInPlaceRotation: true }),
    },
  ],
  [
    "rotation",
    {
      expiresAt: undefined,
      rotation: Rotation.every("30d", { allowInPlaceRotation: pulumi.output(true) }),
    },
  ],
])("%s has no attribute and is refused, late as well", async (property, options) => {
  const props = { ...ACCEPTED_TOKEN, ...options };
  expect(await refused((account) => account().addToken("ci", props))).toContain(
    `[deployer/token_ci] ${property}: The official GitLab provider `,
  );
});
