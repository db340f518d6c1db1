import {
  Delivery,
  destinationLabel,
  problemText,
  Scope,
  tokenProblems,
  type VaultDelivery,
} from "../../../constructs/words";

/** In the place of an engine's test. */
function isLate(value: unknown): boolean {
  return value === "<late>" || (Array.isArray(value) && isLate(value[0]));
}

function problemsOf(delivery: Delivery): string[] {
  const problems = tokenProblems(
    { name: "ci", scopes: [Scope.API], neverExpires: true, deliverTo: [delivery] },
    isLate,
  );
  return problems.map(problemText);
}

const label = ({ destination }: Delivery) =>
  destinationLabel(destination, (value) =>
    typeof value === "object" ? JSON.stringify(value) : String(value),
  );

test.each([
  [Delivery.vault({ path: "platform/charts" })],
  [Delivery.vault({ path: "/platform/charts/", mount: "ci/", field: "deploy token" })],
  [Delivery.vault({ path: "charts", namespace: "", address: "http://127.0.0.1:8200/v1" })],
  [Delivery.command({ argv: ["./publish", "--to", ""] })],
  [Delivery.command({ argv: ["put"], checkArgv: ["check"], removeArgv: ["rm"], timeout: "90s" })],
  [Delivery.file({ path: "token", redeliverMissing: true })],
])("a destination that works has no problems", (delivery) => {
  expect(problemsOf(delivery)).toEqual([]);
});

const vault = (change: Partial<VaultDelivery>) => Delivery.vault({ path: "charts", ...change });

test.each<[string, Delivery, string]>([
  [
    "an address without a scheme",
    vault({ address: "vault.example.com" }),
    'vault.address: "vault.example.com" is not Vault\'s address. It must be a URL; got "vault.example.com". Write such as "https://vault.example.com:8200", or leave it out and set VAULT_ADDR. [malformed-vault-address]',
  ],
  [
    "an address with a password, which is not repeated",
    vault({ address: "https://user:secret@vault.example.com" }),
    'vault.address: Vault\'s address holds more than a server. It must have neither a user name, a password, a query nor a fragment. Write such as "https://vault.example.com:8200"; credentials come from the environment. [malformed-vault-address]',
  ],
  [
    "an empty mount",
    vault({ mount: "" }),
    'vault.mount: "" is not where an engine is mounted. It must be a path without empty or dotted parts; got "". Write what "vault secrets list" shows, or leave it out for "secret". [malformed-vault-mount]',
  ],
  [
    "a path that climbs",
    vault({ path: "../charts" }),
    'vault.path: "../charts" is not the path of a secret. It must be a path without empty or dotted parts, as it follows the mount; got "../charts". Write such as "platform/charts", without "data/". [malformed-vault-path]',
  ],
  [
    "an endless field",
    vault({ field: "ü".repeat(59) }),
    `vault.field: "${"ü".repeat(59)}" cannot name a field. It must have 1 to 117 bytes of printable characters; got 118 bytes. Write such as "deploy_token", or leave it out for "token". [malformed-vault-field]`,
  ],
  [
    "an unknown onDestroy of a secret",
    // @ts-expect-error as a program in plain JavaScript may have it
    vault({ onDestroy: "drop" }),
    'vault.onDestroy: Unknown choice "drop". It must be one of remove, keep; got "drop". [unknown-choice]',
  ],
  [
    "a command without a program",
    Delivery.command({ argv: [] }),
    'command.argv: It names no program. It must be a program and its arguments; got []. Write such as ["./publish-token", "production"]. [missing-program]',
  ],
  [
    "an empty program for the removal",
    Delivery.command({ argv: ["put"], removeArgv: ["", "x"] }),
    'command.removeArgv: It names no program. It must be a program and its arguments; got ["","x"]. Write such as ["./publish-token", "production"]. [missing-program]',
  ],
  [
    "a timeout in days",
    Delivery.command({ argv: ["put"], timeout: "1d" }),
    'command.timeout: "1d" is not a time to wait. timeout must be a whole number of seconds, minutes or hours, such as 90s, 10m or 1h; got "1d". [malformed-timeout]',
  ],
])("%s is refused", (_, delivery, message) => {
  expect(problemsOf(delivery)).toEqual([`deliverTo[0].${message}`]);
});

test("what is known later passes", () => {
  const late = "<late>";
  expect(problemsOf(vault({ address: late, mount: late, path: late, field: late }))).toEqual([]);
  expect(problemsOf(Delivery.command({ argv: [late], timeout: late }))).toEqual([]);
});

test.each<[string, Delivery]>([
  ['file "token"', Delivery.file({ path: "./token" })],
  ['field "token" of Vault secret "secret/charts"', vault({})],
  [
    'field "f" of Vault secret "/platform/ci/charts" at https://vault.example.com',
    vault({
      address: "https://Vault.example.com:443/v1/",
      namespace: "platform/",
      mount: "/ci",
      field: "f",
    }),
  ],
  ['field "token" of Vault secret "/secret/charts"', vault({ namespace: "root" })],
  ['command ["put","--to","prod"]', Delivery.command({ argv: ["put", "--to", "prod"] })],
])("a destination is called %s", (text, delivery) => {
  expect(label(delivery)).toBe(text);
});

test("one field by two spellings is one destination", () => {
  const split = vault({ namespace: "platform", mount: "ci", path: "apps/charts" });
  const joined = vault({ namespace: "/platform/ci/", mount: "apps/", path: "/charts/" });

  expect(label(split)).toBe(label(joined));
});

test("the root namespace and that of the environment are two places", () => {
  expect(label(vault({ namespace: "" }))).not.toBe(label(vault({})));
});

test("arguments that only look alike are two commands", () => {
  const argvs = [["put", "a b"], ["put", "a", "b"], ["put a b"]];
  const labels = argvs.map((argv) => label(Delivery.command({ argv })));

  expect(new Set(labels).size).toBe(argvs.length);
});

test("what the caller does to its lists afterwards changes nothing", () => {
  const argv = ["put"];
  const delivery = Delivery.command({ argv });
  argv.push("--force");

  expect(delivery.destination.command?.argv).toEqual(["put"]);
});
