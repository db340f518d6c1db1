import { succeeded } from "../../support/engine";
import { inDays } from "../../support/gitlab";
import { describePulumi } from "../../support/pulumi";
import { usePulumiPlatform } from "../../support/pulumi-platform";
import { deliverToInputs, Services } from "../../support/services";

const platform = usePulumiPlatform();
let services: Services;

beforeEach(async () => {
  services = await Services.start(platform.gitlab);
});
afterEach(() => services.close());

const declared = (scope: string) => `
const bot = account("bot", { group: "platform", username: "bot" });
token("ci", { serviceAccountId: bot.id, name: "ci", scopes: ["${scope}"], expiresAt: "${inDays(90)}",
  ${deliverToInputs(services.destinations)} });`;

describePulumi("a token that services receive on Pulumi", (engine) => {
  test("arrives at all of them, is renewed, stands in no state, and is taken away", async () => {
    const env = services.environment;
    const stack = await platform.stack(engine, declared("read_api"), { env });
    const values: string[] = [];
    for (const scope of ["read_api", "read_user"]) {
      stack.declare(declared(scope));
      const said = succeeded(await stack.up());
      const [value = "", ...others] = new Set(await services.held());
      expect(others).toEqual([]);
      expect(await platform.gitlab.whoIs(value)).toBe("bot");
      expect(`${said.stdout}${said.stderr}`).not.toContain(value);
      values.push(value);
    }
    expect(values[0]).not.toBe(values[1]);
    expect(await stack.changes()).toEqual({});
    succeeded(await stack.destroy());
    expect(await services.held()).toEqual(Array(services.destinations.length).fill(undefined));
  });
});
