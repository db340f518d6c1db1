import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { onPlatform } from "../support/rotating-token";
import { deliverToBlocks, Services } from "../support/services";

const platform = usePlatform();
const { advance } = onPlatform(platform);
let services: Services;

beforeEach(async () => {
  services = await Services.start(platform.gitlab);
});
afterEach(() => services.close());

/** Every kind that keeps values in a service, of one token. */
const token = (scope: string) => `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["${scope}"]
  rotation {
    every   = "30d"
    overlap = "3d"
  }
  ${deliverToBlocks(services.destinations)}
}`;

describeEnginesInTurn("a token that services receive", (engine) => {
  test("arrives at all of them, is renewed, stands in no state, and is taken away", async () => {
    const { aws, azure, google, environment: env } = services;
    const nothing = Array(services.destinations.length).fill(undefined);
    const work = stack(engine, platform.gitlab, token("read_api"), { env });
    aws.denied.add("ssm:PutParameter");
    await work.init();
    const refused = await work.apply();
    expect(`${refused.stdout}${refused.stderr}`).toContain("ssm:PutParameter");
    expect(await services.held()).toEqual(nothing);
    aws.denied.clear();

    const values: string[] = [];
    for (const scope of ["read_api", "read_user"]) {
      work.write({ "main.tf": token(scope) });
      const said = succeeded(await work.apply());
      const [value = "", ...others] = new Set(await services.held());
      expect(others).toEqual([]);
      expect(await platform.gitlab.whoIs(value)).toBe("bot");
      expect(`${said.stdout}${said.stderr}${JSON.stringify(await work.show())}`).not.toContain(
        value,
      );
      values.push(value);
    }
    expect(values[0]).not.toBe(values[1]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    // The overlap is over: what was kept of the old token is put away with it.
    expect(google.statesOf("bot")).toEqual(["ENABLED", "ENABLED"]);
    await advance("P4D");
    succeeded(await work.apply());
    expect(google.statesOf("bot")).toEqual(["DISABLED", "ENABLED"]);
    expect(azure.enabledOf("bot")).toEqual([false, false, true]);
    expect(new Set(await services.held())).toEqual(new Set([values[1]]));

    succeeded(await work.destroy());
    expect(await services.held()).toEqual(nothing);
  });
});
