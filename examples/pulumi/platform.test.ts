import { AccountOwner, Delivery, Duration, Role } from "glsa/pulumi";
import { matchers, recordDeclarations, type Declarations } from "glsa/testing";
import { declarePlatform } from "./platform";

expect.extend(matchers);

let platform: Declarations;

beforeAll(async () => {
  platform = await recordDeclarations(declarePlatform);
});

test("the web bot belongs to its project", () => {
  expect(platform).toDeclareServiceAccount({
    username: "web-bot",
    owner: AccountOwner.project("platform/apps/web"),
  });
  expect(platform).toGrant({
    account: "web-bot",
    on: "platform/apps/web",
    role: Role.DEVELOPER,
  });
  expect(platform).not.toGrant({ account: "web-bot", role: Role.MAINTAINER });
});

test("the web bot's token rotates monthly and goes to the project's pipeline", () => {
  expect(platform).toDeclareToken({
    account: "web-bot",
    name: "registry",
    scopes: ["read_registry", "write_registry"],
    rotates: Duration.days(30),
    overlap: "3d",
  });
  expect(platform).toDeliver({
    account: "web-bot",
    token: "registry",
    to: Delivery.ciVariable({ project: "platform/apps/web", key: "REGISTRY_TOKEN" }),
  });
});

test("no token lives for ever, and none is kept in the state", () => {
  expect(platform).not.toDeclareToken({ neverExpires: true });
  expect(platform).not.toDeclareToken({ storeValue: true });
});
