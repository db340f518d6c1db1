import {
  deliveredBy,
  failureOf,
  newValue,
  OURS,
  testOnStandIn,
  useVault,
} from "./vault-under-test";

const vault = useVault();
const path = "ci/bot";
let mount: string;

beforeEach(async () => {
  mount = await vault().mount();
});

afterEach(() => {
  const { standIn } = vault();
  standIn.words = undefined;
  standIn.beforeServing = undefined;
  standIn.seal(false);
  standIn.standBy(false);
});

/** The last one says of everything what Vault says of something else. */
const languages = [
  "Der Zugriff wurde verweigert",
  "アクセスが拒否されました",
  "Vault is sealed; no handler for route; invalid token; standby; check-and-set parameter did not match",
];

describe.each(languages)("a Vault whose refusals say %j", (words) => {
  testOnStandIn("is told as sealed, as a standby, and as failing for what it is", async () => {
    const { standIn } = vault();
    standIn.words = words;
    standIn.seal();
    const sealed = await failureOf(vault().secret({ mount }).check(OURS));
    expect(sealed.remedy).toContain("is sealed. Have it unsealed");
    standIn.seal(false);
    standIn.standBy();
    const standby = await failureOf(vault().secret({ mount }).check(OURS));
    expect(standby.remedy).toContain("is a standby that passes nothing on");
    standIn.standBy(false);
    const by = { status: 500, body: JSON.stringify({ errors: [words] }) };
    standIn.fault({ matching: /^(?!GET sys\/health)/, by });
    const failing = await failureOf(vault().secret({ mount }).check(OURS));
    expect(failing.remedy).toContain("Vault failed");
  });

  testOnStandIn("knows a secret that is missing from a mount that is", async () => {
    vault().standIn.words = words;
    await vault().secret({ mount }).check(OURS);
    const rules = { "nowhere/*": ["create", "read", "update", "patch"] };
    const token = await vault().tokenFor(rules);
    const failure = await failureOf(vault().secret({ mount: "nowhere" }, token).check(OURS));
    expect(failure.remedy).toContain("Nothing is mounted there");
  });

  testOnStandIn("is written to again after another writer, and not after a refusal", async () => {
    const { standIn } = vault();
    standIn.words = words;
    let isFirst = true;
    standIn.beforeServing = async (request) => {
      if (!isFirst || !/^POST \S+\/data\//.test(request)) return;
      isFirst = false;
      await vault().write(mount, path, { theirs: "x" });
    };
    const first = newValue(1);
    const secret = vault().secret({ mount });
    await secret.deliver(first);
    expect(await vault().fields(mount, path)).toEqual({ theirs: "x", token: first.value });
    await secret.remove(deliveredBy(first));
    const by = { status: 400, body: JSON.stringify({ errors: [words] }) };
    standIn.fault({ matching: /^POST \S+\/data\//, by });
    const failure = await failureOf(vault().secret({ mount }).deliver(newValue(2)));
    expect(failure.remedy).toBe("Correct what Vault names.");
  });

  testOnStandIn("knows a dead token from one that may not", async () => {
    vault().standIn.words = words;
    const powerless = await vault().tokenFor({ "elsewhere/*": ["read"] });
    const refused = await failureOf(vault().secret({ mount }, powerless).check(OURS));
    expect(refused.remedy).toMatch(/polic/);
    const dead = await failureOf(vault().secret({ mount }, "hvs.dead").check(OURS));
    expect(dead.remedy).toContain("does not accept the token in VAULT_TOKEN");
    const rules = { [`${mount}/*`]: ["create", "read", "update", "patch"] };
    const short = await vault().tokenFor(rules, "60s");
    const secret = vault().secret({ mount }, short);
    await secret.check(OURS);
    await vault().pass(61);
    const ended = await failureOf(secret.deliver(newValue(3)));
    expect(ended.remedy).toMatch(/has ended meanwhile|does not accept/);
  });
});
