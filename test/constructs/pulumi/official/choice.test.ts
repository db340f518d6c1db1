import { ProviderResource } from "@pulumi/pulumi";
import {
  AccountOwner,
  GlsaProvider,
  Role,
  ServiceAccount,
  useOfficialProvider,
} from "../../../../constructs/pulumi";
import { declared, refusal } from "../declared";

const owner = AccountOwner.group("platform");

/** As an SDK makes one. */
class Provider extends ProviderResource {}
const gitlab = (name = "gitlab") => new Provider("gitlab", name, {});

const DETAIL =
  "Call useOfficialProvider before everything else and declare no GlsaProvider, or give the GlsaProvider an alias and pass it as provider. [mixed-providers]";

/** Type, name and the provider's name of every resource that is no provider itself. */
async function made(program: () => void): Promise<(string | undefined)[][]> {
  const found = await declared(program);
  return found
    .filter(({ type }) => /^(gitlab|glsa):index/.test(type))
    .map(({ type, name, provider }) => [
      type.slice(type.lastIndexOf(":") + 1),
      name,
      provider?.split("::")[3],
    ])
    .sort(([, left = ""], [, right = ""]) => left.localeCompare(right));
}

test("an account goes to the provider that it names, with all that belongs to it", async () => {
  const program = () => {
    new GlsaProvider("glsa");
    const provider = gitlab();
    new ServiceAccount("one", { owner }).joinProject(7, Role.GUEST);
    new ServiceAccount("two", { owner, provider }).joinProject(7, Role.GUEST);
    new ServiceAccount("three", { owner }, { provider });
  };
  expect(await made(program)).toEqual([
    ["ServiceAccount", "platform-one", "glsa"],
    ["Membership", "platform-one_project_7", "glsa"],
    ["GroupServiceAccount", "platform-three", "gitlab"],
    ["GroupServiceAccount", "platform-two", "gitlab"],
    ["ProjectMembership", "platform-two_project_7", "gitlab"],
  ]);
});

test("a program goes to the official provider that it uses; an account may still name glsa's", async () => {
  const program = () => {
    useOfficialProvider(gitlab("main"));
    const provider = new GlsaProvider("glsa", { alias: "glsa" });
    new ServiceAccount("one", { owner });
    new ServiceAccount("two", { owner, provider });
  };
  expect(await made(program)).toEqual([
    ["ServiceAccount", "glsa_platform-two", "glsa"],
    ["GroupServiceAccount", "platform-one", "main"],
  ]);
});

test.each<[string, () => void, string]>([
  [
    "glsa's provider after it",
    () => {
      useOfficialProvider();
      new GlsaProvider("glsa");
    },
    "[glsa] provider: glsa's provider and the official one in one program. A declaration that names no provider uses one of them; useOfficialProvider came first and uses the other.",
  ],
  [
    "glsa's provider before it",
    () => {
      new GlsaProvider("glsa");
      useOfficialProvider();
    },
    "[useOfficialProvider] provider: glsa's provider and the official one in one program. A declaration that names no provider uses one of them; glsa came first and uses the other.",
  ],
  [
    "a declaration before it",
    () => {
      new ServiceAccount("early", { owner });
      useOfficialProvider();
    },
    "[useOfficialProvider] provider: glsa's provider and the official one in one program. A declaration that names no provider uses one of them; early came first and uses the other.",
  ],
])("%s is an error that says what to do", async (_, program, message) => {
  expect(await refusal(program)).toBe(`${message} ${DETAIL}`);
});

test("another provider is refused", async () => {
  const random = () => new Provider("random", "random", {});
  expect(await refusal(() => new ServiceAccount("bot", { owner, provider: random() }))).toBe(
    "[bot] provider: The provider manages no service accounts. The provider must be a GlsaProvider or the official provider of the package gitlab; got a pulumi:providers:random. Pass one of them, or leave it out. [other-provider]",
  );
  expect(await refusal(() => useOfficialProvider(new GlsaProvider("g", { alias: "g" })))).toBe(
    "[useOfficialProvider] provider: Not the official provider. It must be a provider of the package gitlab; got a pulumi:providers:glsa. Pass new gitlab.Provider(...), or nothing. [not-official-provider]",
  );
});

test("one account declared twice is an error there, too", async () => {
  const twice = () => {
    useOfficialProvider();
    new ServiceAccount("one", { owner, username: "bot" });
    new ServiceAccount("two", { owner: AccountOwner.group(12), username: "bot" });
  };
  expect(await refusal(twice)).toContain(
    "[two] username: The object is declared twice. This and one are both gitlab:index/groupServiceAccount:GroupServiceAccount bot.",
  );
});
