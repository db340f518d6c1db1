import { describeEnginesInTurn, succeeded, type Workspace } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { flat } from "../support/rotating-token";
import { scriptedServer } from "../support/scripted-server";

const platform = usePlatform();

const DECLARED = `
variable "ca_file" { default = null }
variable "headers" {
  type    = map(string)
  default = null
}
resource "glsa_service_account" "bots" {
  count    = 3
  group    = "platform"
  username = "bot-\${count.index}"
}
data "glsa_service_account" "another" {
  provider = glsa.other
  group    = "platform"
  username = "other"
}
resource "glsa_membership" "another" {
  provider           = glsa.other
  service_account_id = data.glsa_service_account.another.id
  group              = "platform"
  role               = "developer"
}
resource "glsa_service_account" "others" {
  provider = glsa.other
  count    = 3
  group    = "platform"
  username = "other-bot-\${count.index}"
}
data "glsa_service_account" "other" {
  group    = "platform"
  username = "other"
}
`;

const PROVIDER = `terraform {
  required_providers { glsa = { source = "glsa.internal/glsa/glsa" } }
}
provider "glsa" {
  stack   = "test"
  ca_file = var.ca_file
  headers = var.headers
}
provider "glsa" {
  alias   = "other"
  stack   = "test"
  ca_file = var.ca_file
  headers = var.headers
}
`;

interface Case {
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: object;
  readonly told: readonly string[];
  /** Whether the mistake is in what is written, which is in both provider blocks. */
  readonly inEachBlock?: boolean;
}

const UNUSABLE = "[unusable-server]";

const CASES: Readonly<Record<string, Case>> = {
  "a token that nobody knows": {
    env: { GITLAB_TOKEN: "glpat-nobody-knows-this-one" },
    told: ["401", "GitLab does not accept the token", UNUSABLE],
  },
  "a server that is not there": {
    env: { GITLAB_BASE_URL: "http://127.0.0.1:9" },
    told: ["ECONNREFUSED", "http://127.0.0.1:9/api/v4", UNUSABLE],
  },
  "no token at all": {
    env: { GITLAB_TOKEN: "" },
    told: ["glsa has no token for GitLab"],
  },
  "a SOCKS proxy": {
    env: { HTTP_PROXY: "socks5://127.0.0.1:1080" },
    told: ["HTTP_PROXY", "SOCKS", UNUSABLE],
  },
  "a folder as ca_file": {
    settings: { ca_file: "/tmp" },
    told: ["a folder", "[unusable-ca-file]"],
  },
  "a header with a line break": {
    settings: { headers: { "X-Gateway": "open-sesame-please\n" } },
    told: ["X-Gateway", "line break", "[unusable-header]"],
    inEachBlock: true,
  },
  "a header of glsa's own": {
    settings: { headers: { "Private-Token": "open-sesame-please" } },
    told: ["Private-Token", "set by glsa itself", "[unusable-header]"],
    inEachBlock: true,
  },
};

async function expectErrors(
  count: number,
  work: Workspace,
  told: readonly string[],
): Promise<void> {
  const { exitCode, stderr } = await work.run(["plan", "-input=false"]);
  expect(exitCode).toBe(1);
  for (const words of told) expect(flat(stderr)).toContain(words);
  expect(flat(stderr)).not.toContain("bug in glsa");
  expect(stderr).not.toContain("open-sesame");
  expect(stderr.match(/Error: /g)).toHaveLength(count);
}

describeEnginesInTurn("what no object can be planned with is one error, and no bug:", (engine) => {
  const declared = (env: NodeJS.ProcessEnv, settings: object = {}) => {
    const work = stack(engine, platform.gitlab, DECLARED, { env });
    work.write({ "provider.tf": PROVIDER, "terraform.tfvars.json": settings });
    return work;
  };

  test.each(Object.entries(CASES))(
    "%s",
    async (_, { env = {}, settings = {}, told, inEachBlock }) => {
      const errors = inEachBlock === true ? 2 : 1;
      await expectErrors(errors, declared(env, settings), told);
    },
  );

  test("a server that is no GitLab", async () => {
    const other = await scriptedServer((_, response) => {
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"Not found"}');
    });
    const env = { GITLAB_BASE_URL: other.url };
    const told = ["The server at that address is not a GitLab", UNUSABLE];
    await expectErrors(1, declared(env), told);
    await other.close();
  });

  test("a token without a scope for the API", async () => {
    const { gitlab } = platform;
    const { id } = await gitlab.call<{ id: number }>("GET", "/user");
    const body = { name: "few", scopes: ["read_user"] };
    const tokens = `/users/${id}/personal_access_tokens`;
    const { token } = await gitlab.call<{ token: string }>("POST", tokens, body);
    const told = ["has only read_user", UNUSABLE];
    await expectErrors(1, declared({ GITLAB_TOKEN: token }), told);
  });

  test("a token that ends between plan and apply changes nothing, and one configuration tells why", async () => {
    const { gitlab } = platform;
    const { id } = await gitlab.call<{ id: number }>("GET", "/user");
    const body = { name: "short", scopes: ["api"] };
    const tokens = `/users/${id}/personal_access_tokens`;
    const own = await gitlab.call<{ id: number; token: string }>("POST", tokens, body);
    const env = { GITLAB_TOKEN: own.token };
    const work = declared(env);
    work.write({
      "main.tf": DECLARED.replace(/data [^}]*}|resource "glsa_membership" [^}]*}/g, ""),
    });
    succeeded(await work.run(["plan", "-input=false", "-out=saved"], { env }));
    await gitlab.call("DELETE", `/personal_access_tokens/${own.id}`);
    const { exitCode, stderr } = await work.run(["apply", "-input=false", "saved"], { env });
    expect(exitCode).toBe(1);
    // Neither may keep silent: what is saved is applied at once.
    expect(stderr.match(/Error: /g)).toHaveLength(2);
    expect(flat(stderr).match(/GitLab refuses the token/g)).toHaveLength(1);
    expect(flat(stderr).match(/another configuration of the provider in this run/g)).toHaveLength(
      1,
    );
    expect(flat(stderr)).not.toContain("inconsistent");
  });
});
