import { DiagnosticError, UNKNOWN, type Diagnostic } from "../../src/provider/contract";
import { Driver, type Declared, type RunResult } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

type Values = Record<string, unknown>;

let gitlab: TestGitLab;
let platform: number;
let owner: string;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ({ platform } = await gitlab.platform());
  owner = await gitlab.groupOwner(platform);
});

afterAll(() => gitlab.close());

/** An account with a membership in a place, a token that is delivered there, and one that is delivered elsewhere too. */
class Stack {
  role = "developer";
  keepers: Values = {};
  protect = false;
  readonly driver: Driver;

  private constructor(
    readonly name: string,
    kind: "project" | "group",
    token: string,
  ) {
    const place = { [kind]: `platform/${name}` };
    const idOf = (states: ReadonlyMap<string, Values>) => states.get("bot")?.["id"] ?? UNKNOWN;
    const tokenTo = (address: string, others: readonly Values[]): Declared => ({
      address,
      type: "glsa_access_token",
      config: (states) => ({
        service_account_id: idOf(states),
        name: address,
        scopes: ["read_api"],
        rotation: { every: "30d" },
        keepers: this.keepers,
        deliver_to: [
          { ci_variable: { ...place, key: address.toUpperCase(), protected: this.protect } },
          ...others,
        ],
      }),
    });
    const elsewhere = {
      ci_variable: { project: "platform/charts", key: `KEPT_${name.replaceAll("-", "_")}` },
    };
    this.driver = new Driver({ base_url: gitlab.url, token, stack: name }, [
      {
        address: "bot",
        type: "glsa_service_account",
        config: () => ({ group: "platform", username: `${name}-bot` }),
      },
      {
        address: "member",
        type: "glsa_membership",
        config: (states) => ({ service_account_id: idOf(states), ...place, role: this.role }),
      },
      tokenTo("lone", []),
      tokenTo("both", [elsewhere]),
    ]);
  }

  static async apply(name: string, kind: "project" | "group", token: string): Promise<Stack> {
    const id =
      kind === "project"
        ? await gitlab.project(name, platform)
        : await gitlab.group(name, platform);
    const stack = new Stack(name, kind, token);
    expect((await stack.driver.apply()).diagnostics).toEqual([]);
    await gitlab.control("POST", "deletion", { delay: "PT0S" });
    await gitlab.call("DELETE", `/${kind}s/${id}`);
    // A marked group or project has another path.
    const path = `platform/${name}-deletion_scheduled-${id}`;
    await gitlab.ask("DELETE", `/${kind}s/${id}?permanently_remove=true&full_path=${path}`);
    expect((await gitlab.ask("GET", `/${kind}s/${id}`)).status).toBe(404);
    return stack;
  }
}

/** The codes of what is said; anything but a diagnostic would be told as a bug of glsa. */
async function said(work: Promise<RunResult>): Promise<string> {
  try {
    const run = await work;
    return told("diagnostics" in run ? run.diagnostics : []);
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return told(cause.diagnostics);
  }
}

function told(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code }) => code).join(", ");
}

describe.each([
  ["project", "an Owner"],
  ["project", "an administrator"],
  ["group", "an Owner"],
  ["group", "an administrator"],
] as const)("a %s that was deleted beside the state, for %s", (kind, who) => {
  test("is told, whatever is planned and applied of what lies in it, and nothing ends in a bug", async () => {
    const name = `${kind}-${who.split(" ")[1]}`.toLowerCase();
    const stack = await Stack.apply(name, kind, who === "an Owner" ? owner : gitlab.token);
    const { driver } = stack;
    const [bot, ...objects] = driver.declared as [Declared, ...Declared[]];
    for (const object of objects) {
      driver.declared = [bot, object];
      const found: Record<string, string> = {};
      found["plan"] = await said(driver.plan());
      found["apply"] = await said(driver.apply());
      stack.role = "maintainer";
      stack.protect = true;
      found["settings"] = await said(driver.apply());
      stack.keepers = { run: object.address };
      found["keeper"] = await said(driver.apply());
      if (object.type === "glsa_access_token") {
        driver.declared = [bot, undelivered(object)];
        found["dropped"] = await said(driver.apply());
      }
      driver.declared = [object];
      found["destroy"] = await said(driver.destroy());
      stack.role = "developer";
      stack.protect = false;
      stack.keepers = {};
      expect(found).toEqual(expected(who, object));
    }
  });
});

function undelivered(token: Declared): Declared {
  return {
    ...token,
    config: (states) => ({ ...token.config(states), deliver_to: null, store_value: true }),
  };
}

/** To an administrator it is gone; an Owner cannot tell that from having lost the access. */
function expected(who: string, { type }: Declared): Record<string, string> {
  const everyPlan = (code: string) => ({ plan: code, apply: code, settings: code, keeper: code });
  if (who === "an administrator") {
    const expected = { ...everyPlan("missing-container"), destroy: "" };
    return type === "glsa_access_token" ? { ...expected, dropped: "" } : expected;
  }
  if (type === "glsa_membership")
    return { ...everyPlan("invisible-container"), destroy: "invisible-container" };
  return {
    plan: "",
    apply: "",
    settings: "delivery-failed",
    keeper: "missing-container",
    dropped: "destination-not-cleared",
    destroy: "",
  };
}
