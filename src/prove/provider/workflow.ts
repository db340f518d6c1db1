import type { Diagnostic } from "../../provider/contract";
import { MARKED_DESCRIPTION } from "../mark";
import type { Site } from "../real/clean";
import { bodyOf, type Outgoing } from "../real/target";
import type { JsonObject } from "../recording/recording";
import { play } from "../scenarios";
import { removal } from "../scenarios/scenario";
import { Driver, type Declared } from "./driver";
import { RecordingProxy, type Deadly } from "./proxy";

/** One promise of the provider, and whether it was kept. */
export interface Check {
  readonly promise: string;
  readonly isKept: boolean;
  /** What was found instead. */
  readonly detail: string;
}

export const PROVIDER_TRACK = "provider";

/** The declarations at one moment. */
interface Wishes {
  readonly name: string;
  readonly role: string;
  readonly keeper: string;
  /** Whether an old token is revoked as soon as the new one is delivered. */
  readonly retiresAtOnce: boolean;
  readonly hasSecond: boolean;
}

const KEY = "GLSA_PROVE_TOKEN";
const ACCOUNT = "account";
const TOKEN = "token";

const isPost = (path: RegExp): Deadly => {
  return (outgoing: Outgoing) => outgoing.method === "POST" && path.test(outgoing.path);
};

/** After which requests the provider is killed: the objects that they created are then in no state. */
const KILLS: readonly {
  readonly after: string;
  readonly deadly: Deadly;
  readonly second: boolean;
}[] = [
  {
    after: "a new token was created and not delivered",
    deadly: isPost(/\/personal_access_tokens$/),
    second: false,
  },
  {
    after: "a new token was delivered",
    deadly: ({ method, path }) => method === "PUT" && path.includes("/variables/"),
    second: false,
  },
  { after: "an account was created", deadly: isPost(/\/service_accounts$/), second: true },
];

/** Drives the provider through the life of an account, a membership and a delivered token. */
export async function proveProvider(site: Site, mark: string): Promise<Check[]> {
  const places = await makePlaces(site, mark);
  if (places === undefined)
    throw new Error("GitLab creates no subgroup or no project in the group.");
  const proxy = await RecordingProxy.start(site.recorder);
  const workflow = new Workflow(site, mark, places, proxy);
  const run = workflow.run();
  try {
    await Promise.race([run, proxy.failed]);
  } finally {
    workflow.stop();
    await proxy.close();
    await run.catch(() => undefined);
  }
  await removePlaces(site, mark, places);
  return workflow.checks;
}

interface Places {
  readonly sub: JsonObject;
  readonly app: JsonObject;
}

async function makePlaces(site: Site, mark: string): Promise<Places | undefined> {
  const create = async (kind: "groups" | "projects", parent: string, name: string) => {
    const incoming = await site.recorder.ask({
      method: "POST",
      path: `/api/v4/${kind}`,
      query: {},
      token: site.token,
      body: {
        name,
        path: name,
        [parent]: site.territory.groupId,
        visibility: "private",
        description: MARKED_DESCRIPTION,
      },
    });
    return incoming.status === 201 ? (bodyOf(incoming) as JsonObject) : undefined;
  };
  const sub = await create("groups", "parent_id", `${mark}-place`);
  const app = await create("projects", "namespace_id", `${mark}-place-app`);
  return sub === undefined || app === undefined ? undefined : { sub, app };
}

async function removePlaces(site: Site, mark: string, { sub, app }: Places): Promise<void> {
  const steps = [...removal("project", "app"), ...removal("group", "sub")];
  const scenario = { name: PROVIDER_TRACK, about: "", steps };
  await play(scenario, site, mark, { sub, app });
}

class Workflow {
  readonly checks: Check[] = [];
  private readonly driver: Driver;
  private isStopped = false;
  private wishes: Wishes = {
    name: "Proof",
    role: "developer",
    keeper: "1",
    retiresAtOnce: false,
    hasSecond: false,
  };

  constructor(
    private readonly site: Site,
    private readonly mark: string,
    private readonly places: Places,
    private readonly proxy: RecordingProxy,
  ) {
    const settings = {
      base_url: proxy.url,
      token: site.token,
      stack: mark,
      // One after the other, so that a recording has an order.
      max_concurrency: 1,
    };
    this.driver = new Driver(settings, [], "prove");
  }

  async run(): Promise<void> {
    await this.applied("creates an account, a membership and a token, and delivers it");
    this.change({ name: "Proof renamed", role: "maintainer" });
    await this.applied("changes the account's name and the membership's role in place");
    this.change({ keeper: "2" });
    await this.applied("rotates the token, with the old one beside the new one");
    this.change({ retiresAtOnce: true });
    await this.applied("revokes the old token once it may");
    for (const [at, { after, deadly, second }] of KILLS.entries()) {
      this.change(second ? { hasSecond: true } : { keeper: `${at + 3}` });
      const isKilled = await this.killed(deadly);
      await this.applied(
        `converges after it was killed when ${after}`,
        isKilled ? "" : "It was not killed.",
      );
    }
    await this.destroyed();
  }

  /** No new step begins; a step in progress ends soon. */
  stop(): void {
    this.isStopped = true;
    this.driver.stop();
  }

  private change(wishes: Partial<Wishes>): void {
    this.wishes = { ...this.wishes, ...wishes };
  }

  /** Applies, and checks whether everything is as declared. */
  private async applied(promise: string, already = ""): Promise<void> {
    const problem = already || (await this.problemOf(() => this.converge()));
    this.note(promise, problem);
  }

  private async converge(): Promise<string> {
    this.driver.declared = this.declarations();
    const { diagnostics } = await this.driver.apply();
    const errors = errorsOf(diagnostics);
    if (errors !== "") return errors;
    const planned = await this.driver.plan();
    const open = [...planned.actions].filter(([, action]) => action !== "none");
    if (open.length > 0) {
      return `The next plan is not empty: ${open.map((each) => each.join(": ")).join(", ")}.`;
    }
    return this.problemOfDelivery();
  }

  /** The variable holds the current token, and that token works. */
  private async problemOfDelivery(): Promise<string> {
    const variable = await this.ask(`/projects/${this.places.app["id"]}/variables/${KEY}`);
    const value = (bodyOf(variable) as JsonObject)["value"];
    if (typeof value !== "string") return "The variable holds no value.";
    const used = await this.ask("/personal_access_tokens/self", value);
    if (used.status !== 200) return `The delivered token is refused with ${used.status}.`;
    const id = (bodyOf(used) as JsonObject)["id"];
    const current = this.driver.values(TOKEN)?.["token_id"];
    return id === current ? "" : "The variable holds another token than the current one.";
  }

  /** Whether the provider died. What it had not returned by then is lost, as an engine loses it. */
  private async killed(deadly: Deadly): Promise<boolean> {
    this.driver.declared = this.declarations();
    const before = this.driver.snapshot();
    const death = this.proxy.killAt(deadly);
    const run = this.driver.apply();
    const end = await Promise.race([death, run]);
    const isKilled = end === "killed";
    if (isKilled) {
      this.driver.stop();
      run.catch(() => undefined);
      this.driver.restore(before);
    }
    this.proxy.revive();
    return isKilled;
  }

  private async destroyed(): Promise<void> {
    const problem = await this.problemOf(async () => {
      const { diagnostics } = await this.driver.destroy();
      return errorsOf(diagnostics);
    });
    this.note("destroys what it created", problem);
    if (problem !== "") return;
    const path = `/groups/${this.site.territory.groupId}/service_accounts`;
    const left = bodyOf(await this.ask(path));
    const isGone = Array.isArray(left) && left.length === 0;
    this.note("leaves no account behind", isGone ? "" : "The group still lists accounts.");
  }

  private async problemOf(work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause);
    }
  }

  private note(promise: string, problem: string): void {
    if (this.isStopped) throw new Error("The workflow was stopped.");
    this.checks.push({ promise, isKept: problem === "", detail: problem });
  }

  private ask(path: string, token = this.site.token) {
    const outgoing = { method: "GET", path: `/api/v4${path}`, query: {}, token, body: undefined };
    return this.site.recorder.ask(outgoing);
  }

  private declarations(): Declared[] {
    const { mark, places, wishes } = this;
    const group = String(this.site.territory.groupId);
    const account: Declared = {
      address: ACCOUNT,
      type: "glsa_service_account",
      config: () => ({ group, username: `${mark}-proof`, name: wishes.name }),
    };
    const membership: Declared = {
      address: "membership",
      type: "glsa_membership",
      config: (states) => ({
        service_account_id: states.get(ACCOUNT)?.["id"],
        group: String(places.sub["id"]),
        role: wishes.role,
      }),
    };
    const token: Declared = {
      address: TOKEN,
      type: "glsa_access_token",
      config: (states) => ({
        service_account_id: states.get(ACCOUNT)?.["id"],
        name: "ci",
        scopes: ["read_api"],
        rotation: {
          every: "30d",
          ...(wishes.retiresAtOnce && { overlap: "0d", quiet_for: "0d" }),
        },
        keepers: { at: wishes.keeper },
        deliver_to: [{ ci_variable: { project: String(places.app["id"]), key: KEY } }],
      }),
    };
    const second: Declared = {
      address: "second",
      type: "glsa_service_account",
      config: () => ({ group, username: `${mark}-second`, name: "Second" }),
    };
    return [account, membership, token, ...(wishes.hasSecond ? [second] : [])];
  }
}

function errorsOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail }) => `${summary}: ${detail}`)
    .join(" ");
}
