import { glsaProvider } from "../../src/resources";
import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

/** Beside whole attributes, what people ignore inside of them. */
const INSIDE = {
  glsa_access_token: [
    "rotation.every",
    'keepers["day"]',
    "deliver_to[0]",
    "deliver_to[0].ci_variable.protected",
  ],
  glsa_service_account: ["timeouts.create"],
  glsa_membership: [],
};
type Type = keyof typeof INSIDE;

function ignorable(type: Type): string[] {
  const { attributes } = glsaProvider("0.0.0").resources[type]?.schema ?? { attributes: {} };
  return [...Object.keys(attributes), ...INSIDE[type], "all"];
}

/** One block for each, under a name of its own. */
function blocks(type: Type, ignored: readonly string[], body: (name: string) => string): string {
  return ignored
    .map((each) => {
      const name = each.replace(/[^a-z0-9]+/g, "_");
      const list = each === "all" ? "all" : `[${each}]`;
      return `resource "${type}" "${name}" {\n${body(name)}\n  lifecycle { ignore_changes = ${list} }\n}\n`;
    })
    .join("");
}

const ACCOUNT = `resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
`;

const tokens = (ignored: readonly string[], description: string) =>
  ACCOUNT +
  blocks(
    "glsa_access_token",
    ignored,
    (name) => `  service_account_id = glsa_service_account.bot.id
  name        = "${name}"
  description = "${description}"
  scopes      = ["read_api"]
  rotation {
    every = "30d"
  }
  keepers     = { day = "monday" }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "T_${name}"
    }
  }`,
  );

describeEnginesInTurn("ignore_changes", (engine) => {
  test("on any attribute of a token, and on all, lets it rotate", async () => {
    const all = ignorable("glsa_access_token");
    const work = stack(engine, platform.gitlab, tokens(all, "one"));
    succeeded(await work.apply());
    const refused = (await work.diagnostics()).filter(({ severity }) => severity === "error");
    const addresses = refused.map(({ address }) => address).sort();
    expect(addresses).toEqual([]);

    await platform.gitlab.control("POST", "clock", { advance: "P31D" });
    work.write({ "main.tf": tokens(all, "two") });
    succeeded(await work.apply());
    const { values } = await work.show();
    const made = (values?.root_module?.resources ?? []).filter(
      ({ type }) => type === "glsa_access_token",
    );
    expect(made).toHaveLength(all.length);
    for (const { address, values: state } of made) {
      expect({ address, generation: state?.["generation"] }).toEqual({ address, generation: 2 });
    }
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("on any attribute of an account or membership goes on, or is refused", async () => {
    const declared = (role: string, name: string) =>
      ACCOUNT +
      blocks(
        "glsa_service_account",
        ignorable("glsa_service_account"),
        (each) => `  group = "platform"\n  username = "of-${each}"\n  name = "${name}"
  email = "of-${each}@example.com"\n  timeouts {\ncreate = "5m"\n}`,
      ) +
      blocks(
        "glsa_membership",
        ignorable("glsa_membership"),
        (each) => `  service_account_id = glsa_service_account.${owner(each)}.id
  project = "platform/charts"\n  role = "${role}"`,
      );
    const work = stack(engine, platform.gitlab, declared("guest", "One"));
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    work.write({ "main.tf": declared("developer", "Two") });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    const state = async (address: string) => (await work.resource(address))?.values ?? {};
    expect(await state("glsa_membership.role")).toMatchObject({ role: "guest" });
    expect(await state("glsa_membership.user_id")).toMatchObject({ role: "developer" });
    expect(await state("glsa_service_account.name")).toMatchObject({ name: "One" });
    expect(await state("glsa_service_account.all")).toMatchObject({ name: "One" });
    expect(await state("glsa_service_account.email")).toMatchObject({ name: "Two" });

    work.write({
      "main.tf": declared("developer", "Two").replace(
        /(?<="user_id" \{\n {2}service_account_id = glsa_service_account\.)\w+/,
        "bot",
      ),
    });
    const refused = (await work.diagnostics()).filter(({ severity }) => severity === "error");
    expect(refused.map(({ address }) => address)).toEqual(["glsa_membership.user_id"]);
    expect(refused[0]?.detail).toContain("[ignored-changes]");
  });
});

/** Of a membership: memberships of one account in one place would be one. */
function owner(membership: string): string {
  const accounts = ignorable("glsa_service_account");
  const at = ignorable("glsa_membership").indexOf(membership);
  return accounts[at] ?? "bot";
}
