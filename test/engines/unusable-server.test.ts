import { describeEnginesInTurn } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { flat } from "../support/rotating-token";

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
`;

interface Case {
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: object;
  readonly told: readonly string[];
}

const UNUSABLE = "[unusable-server]";

const CASES: Readonly<Record<string, Case>> = {
  "a token that nobody knows": {
    env: { GITLAB_TOKEN: "glpat-nobody-knows-this-one" },
    told: ["401", "GitLab does not know the token", UNUSABLE],
  },
  "a server that is not there": {
    env: { GITLAB_BASE_URL: "http://127.0.0.1:9" },
    told: ["ECONNREFUSED", "http://127.0.0.1:9/api/v4", UNUSABLE],
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
  },
  "a header of glsa's own": {
    settings: { headers: { "Private-Token": "open-sesame-please" } },
    told: ["Private-Token", "set by glsa itself", "[unusable-header]"],
  },
};

describeEnginesInTurn("what no object can be planned with is one error, and no bug:", (engine) => {
  test.each(Object.entries(CASES))("%s", async (_, { env = {}, settings = {}, told }) => {
    const work = stack(engine, platform.gitlab, DECLARED, { env });
    work.write({ "provider.tf": PROVIDER, "terraform.tfvars.json": settings });
    const { exitCode, stderr } = await work.run(["plan", "-input=false"], { env });
    expect(exitCode).toBe(1);
    for (const words of told) expect(flat(stderr)).toContain(words);
    expect(flat(stderr)).not.toContain("bug in glsa");
    expect(stderr).not.toContain("open-sesame");
    expect(stderr.match(/Error: /g)).toHaveLength(1);
  });
});
