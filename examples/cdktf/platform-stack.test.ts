import { Testing } from "cdktf";
import { AccountOwner, Delivery, Duration, Role, Scope } from "glsa/cdktf";
import { matchers } from "glsa/testing";
import { PlatformStack } from "./platform-stack";

expect.extend(matchers);

const stack = new PlatformStack(Testing.app(), "platform");

test("the deployer releases the charts, and is a maintainer nowhere else", () => {
  expect(stack).toDeclareServiceAccount({
    username: "platform-deployer",
    owner: AccountOwner.group("platform"),
  });
  expect(stack).toGrant({
    account: "platform-deployer",
    on: "platform/charts",
    role: Role.MAINTAINER,
  });
  expect(stack).toGrant({
    account: "platform-deployer",
    on: "platform/apps",
    role: Role.DEVELOPER,
  });
  expect(stack).not.toGrant({
    account: expect.not.stringMatching(/^platform-deployer$/),
    role: Role.MAINTAINER,
  });
});

test("the deployer's token rotates monthly and goes to the charts' pipeline", () => {
  expect(stack).toDeclareToken({
    account: "platform-deployer",
    name: "ci",
    scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
    rotates: Duration.days(30),
  });
  expect(stack).toDeliver({
    account: "platform-deployer",
    token: "ci",
    to: Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" }),
  });
});

test("the auditor only reads", () => {
  const auditor = "platform-auditor";
  expect(stack).not.toGrant({ account: auditor, role: expect.not.stringMatching(/^reporter$/) });
  expect(stack).not.toDeclareToken({
    account: auditor,
    scopes: expect.arrayContaining([expect.stringMatching(/^write_|^api$/)]),
  });
});

test("no token lives for ever, and none is kept in the state", () => {
  expect(stack).not.toDeclareToken({ neverExpires: true });
  expect(stack).not.toDeclareToken({ storeValue: true });
});
