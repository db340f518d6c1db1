import {
  describeEnginesInTurn,
  NO_CHANGES,
  succeeded,
  type Engine,
  type Workspace,
} from "../support/engine";
import { Checkpoint, Gate, type Mishap } from "../support/gate";
import { usePlatform } from "../support/platform";
import { stack } from "../support/glsa";

const platform = usePlatform();

const ADDRESS = "glsa_access_token.ci";

const declared = `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name       = "ci"
  scopes     = ["read_api", "read_user"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "BOT_TOKEN"
    }
  }
}
`;

const delivered = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN")) ?? "";

const advance = (duration: string) =>
  platform.gitlab.control("POST", "clock", { advance: duration });

/** A stack whose provider speaks through a gate, and whose state is kept by GitLab. */
class GatedStack {
  readonly outages: string[] = [];
  isConsumed = false;
  readonly checkpoint = new Checkpoint(() => this.look());
  private gate: Gate | undefined;
  work!: Workspace;

  async open(engine: Engine): Promise<this> {
    const { gitlab, ids } = platform;
    this.gate = await Gate.before(gitlab.url, this.checkpoint);
    this.work = stack(engine, gitlab, declared, { env: { GITLAB_BASE_URL: this.gate.url } });
    const address = `${gitlab.url}/api/v4/projects/${ids.charts}/terraform/state/prod`;
    this.work.write({
      "backend.tf": `terraform {\n  backend "http" {\n    address        = "${address}"\n    lock_address   = "${address}/lock"\n    unlock_address = "${address}/lock"\n    lock_method    = "POST"\n    unlock_method  = "DELETE"\n    username       = "root"\n    password       = "${gitlab.token}"\n  }\n}\n`,
    });
    await this.work.init();
    return this;
  }

  get address(): string {
    return this.gate?.url ?? "";
  }

  async close(): Promise<void> {
    await this.gate?.close();
  }

  async token(): Promise<Record<string, unknown>> {
    return (await this.work.resource(ADDRESS))?.values ?? {};
  }

  async unlock(): Promise<void> {
    await platform.gitlab.ask(
      "DELETE",
      `/projects/${platform.ids.charts}/terraform/state/prod/lock`,
    );
  }

  /** Nothing lives that the state does not know, what is delivered works, and nothing is left to do. */
  async expectConverged(): Promise<void> {
    for (let run = 0; run < 2; run++) await this.work.apply();
    expect((await this.work.plan()).exitCode).toBe(NO_CHANGES);
    const { token_id: current, previous } = await this.token();
    const known = (previous as { token_id: number }[]).map((entry) => entry.token_id);
    const [account, ...others] = await platform.gitlab.accounts(platform.ids.platform);
    expect(others).toEqual([]);
    const live = await platform.gitlab.activeTokens(account?.id ?? 0);
    expect(live.map(({ id }) => id).sort()).toEqual([...known, current as number].sort());
    expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
    expect(this.outages).toEqual([]);
  }

  private async look(): Promise<void> {
    if (!this.isConsumed) return;
    if ((await platform.gitlab.whoIs(await delivered())) === "bot") return;
    this.outages.push(this.checkpoint.log.at(-1) ?? "");
  }
}

let gated: GatedStack;

afterEach(() => gated.close());

type Operation = "create" | "rotation" | "revocation" | "destroy";

async function before(operation: Operation): Promise<void> {
  if (operation === "create") return;
  succeeded(await gated.work.apply());
  if (operation === "destroy") return;
  await advance("P30D");
  if (operation === "rotation") return;
  succeeded(await gated.work.apply());
  await advance("P5D");
}

function begin(operation: Operation) {
  const command = operation === "destroy" ? "destroy" : "apply";
  return gated.work.start([command, "-input=false", "-auto-approve"]);
}

async function endAs(operation: Operation): Promise<void> {
  await gated.unlock();
  gated.checkpoint.heal();
  if (operation !== "destroy") return gated.expectConverged();
  for (let run = 0; run < 2; run++) await gated.work.destroy();
  const [account] = await platform.gitlab.accounts(platform.ids.platform);
  expect(account).toBeUndefined();
  expect(await delivered()).toBe("");
}

describeEnginesInTurn("a rotating token", (engine) => {
  beforeEach(async () => {
    gated = await new GatedStack().open(engine);
    await platform.gitlab.control("POST", "deletion", { delay: "PT0S" });
  });

  test.each<Operation>(["create", "rotation", "revocation", "destroy"])(
    "survives the death of its provider, and of the engine, in the middle of %s",
    async (operation) => {
      await before(operation);
      gated.isConsumed = operation === "rotation" || operation === "revocation";
      for (const kind of ["dies_before", "dies_after"] as const) {
        const death = gated.checkpoint.strike("first write", kind);
        const run = begin(operation);
        const isDead = await Promise.race([death.then(() => true), run.finished.then(() => false)]);
        if (kind === "dies_after") run.kill();
        for (const id of gated.work.providerProcesses()) process.kill(id, "SIGKILL");
        await run.finished;
        await gated.unlock();
        gated.checkpoint.heal();
        expect(isDead).toBe(true);
      }
      await endAs(operation);
    },
    120_000,
  );

  test.each<[Operation, Mishap]>([
    ["create", "cut_after"],
    ["rotation", "error_after"],
    ["revocation", "cut_before"],
    ["destroy", "error_before"],
  ])("survives a failing request in the middle of %s (%s)", async (operation, kind) => {
    await before(operation);
    gated.isConsumed = operation === "rotation" || operation === "revocation";
    void gated.checkpoint.strike("first write", kind);
    await begin(operation).finished;
    await endAs(operation);
  });

  test("has a live delivered value throughout two applies at once with the lock lost", async () => {
    succeeded(await gated.work.apply());
    await advance("P30D");
    gated.isConsumed = true;
    const other = await new GatedStack().open(engine);
    const addresses = [gated, other].map(({ address }) => `"${address}"`).join(", ");
    for (const { work } of [gated, other]) {
      work.write({
        "provider_override.tf": `provider "glsa" {\n  instance_addresses = [${addresses}]\n}\n`,
      });
    }
    const runs = [gated, other].map(({ work }) => work.apply({ args: ["-lock=false"] }));
    await Promise.all(runs);
    await gated.expectConverged();
    await other.close();
  });

  test("lives through 20 nights with missed runs and old values in use", async () => {
    const first = stack(engine, platform.gitlab, declared.replace('"30d"', '"5d"\noverlap = "2d"'));
    succeeded(await first.apply());
    const values = [await delivered()];
    for (let night = 0; night < 20; night++) {
      const isMissed = [3, 4, 5, 6, 7, 12].includes(night);
      await advance("P1D");
      if (night % 3 === 0) await platform.gitlab.whoIs(values.at(-2) ?? "");
      expect(await platform.gitlab.whoIs(await delivered())).toBe("bot");
      if (isMissed) continue;
      succeeded(await first.apply());
      const value = await delivered();
      expect(await platform.gitlab.whoIs(value)).toBe("bot");
      if (value !== values.at(-1)) values.push(value);
      const [account] = await platform.gitlab.accounts(platform.ids.platform);
      const live = await platform.gitlab.activeTokens(account?.id ?? 0);
      expect(live.length).toBeLessThanOrEqual(3);
    }
    expect(values.length).toBeGreaterThan(3);
  }, 120_000);
});
