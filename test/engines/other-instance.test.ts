import { Checkpoint, Gate } from "../support/gate";
import { describeEnginesInTurn, NO_CHANGES, succeeded, type Workspace } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { flat } from "../support/rotating-token";

const platform = usePlatform();

let elsewhere: TestGitLab;

beforeEach(async () => {
  elsewhere = await TestGitLab.start();
  const { platform: group, charts } = await elsewhere.platform();
  // A stranger's objects under the very numbers that the first instance uses.
  const path = `/groups/${group}/service_accounts`;
  const { id } = await elsewhere.call<{ id: number }>("POST", path, { username: "stranger" });
  await elsewhere.call("POST", `${path}/${id}/personal_access_tokens`, {
    name: "theirs",
    scopes: ["api"],
  });
  const member = { user_id: id, access_level: 30 };
  await elsewhere.call("POST", `/projects/${charts}/members`, member);
  await elsewhere.forgetRequests();
});

afterEach(() => elsewhere.close());

const declared = `
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "deployer"
}
resource "glsa_membership" "charts" {
  service_account_id = glsa_service_account.deployer.id
  project            = "platform/charts"
  role               = "developer"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "TOKEN"
    }
  }
}
`;

const withSetting = (addresses: readonly string[]) => ({
  "provider.tf": `terraform {
  required_providers { glsa = { source = "glsa.internal/glsa/glsa" } }
}
provider "glsa" {
  stack = "test"
  instance_addresses = ${JSON.stringify(addresses)}
}
`,
});

/** With a token that is good there, since another one is refused before the state is looked at. */
const at = ({ url, token }: { readonly url: string; readonly token?: string }) => ({
  env: { GITLAB_BASE_URL: url, ...(token !== undefined && { GITLAB_TOKEN: token }) },
});

/** Whatever names an object by its number. */
async function requestsByNumber(): Promise<string[]> {
  const { requests } = await elsewhere.requests();
  return requests
    .map(({ method, path }) => `${method} ${path}`)
    .filter((one) => /\d/.test(one.replace("/v4/", "/")));
}

/** As the state was before objects remembered where they live. */
function forget(work: Workspace): void {
  const state = work.stateRaw() as unknown as {
    resources: { instances: { private?: string }[] }[];
  };
  for (const { instances } of state.resources) {
    for (const instance of instances) {
      const text = Buffer.from(instance.private ?? "", "base64").toString();
      const { instance: home, ...rest } = JSON.parse(text || "{}") as Record<string, unknown>;
      expect(home).toMatch(/^http:/);
      instance.private = Buffer.from(JSON.stringify(rest)).toString("base64");
    }
  }
  work.write({ "terraform.tfstate": state });
}

describeEnginesInTurn("a state of another GitLab", (engine) => {
  test("is refused in every command before anything is asked by its numbers, and both addresses are told", async () => {
    const work = stack(engine, platform.gitlab, declared);
    succeeded(await work.apply());
    const there = at(elsewhere);
    const commands: (readonly string[])[] = [
      ["plan", "-input=false"],
      ["plan", "-input=false", "-refresh=false"],
      ["plan", "-input=false", "-refresh-only"],
      ["apply", "-input=false", "-auto-approve"],
      ["plan", "-destroy", "-input=false", "-refresh=false"],
      ["destroy", "-input=false", "-auto-approve"],
      ["destroy", "-input=false", "-auto-approve", "-refresh=false"],
    ];
    for (const command of commands) {
      const refused = await work.run(command, there);
      expect(refused.exitCode).toBe(1);
      expect(flat(refused.stderr)).toContain(
        `This state belongs to ${platform.gitlab.url}; the provider is set to ${elsewhere.url}`,
      );
      expect(flat(refused.stderr)).toContain("[other-instance]");
    }
    await work.run(["plan", "-destroy", "-input=false", "-out=saved"]);
    expect((await work.run(["apply", "-input=false", "saved"], there)).exitCode).toBe(1);
    expect(await requestsByNumber()).toEqual([]);
    expect(await elsewhere.writes()).toEqual([]);
    const spelling = { env: { GITLAB_BASE_URL: `${platform.gitlab.url.toUpperCase()}//api/v4/` } };
    expect((await work.plan(spelling)).exitCode).toBe(NO_CHANGES);
  });

  test("that has moved is accepted under the new address, learns it, and needs the setting no more", async () => {
    const gate = await Gate.before(platform.gitlab.url, new Checkpoint(() => Promise.resolve()));
    try {
      const work = stack(engine, platform.gitlab, declared);
      succeeded(await work.apply());
      expect((await work.plan(at(gate))).exitCode).toBe(1);
      work.write(withSetting([platform.gitlab.url, "https://gitlab.example.com"]));
      expect((await work.plan(at(gate))).exitCode).toBe(NO_CHANGES);
      succeeded(await work.apply(at(gate)));
      work.write(withSetting([]));
      expect((await work.plan(at(gate))).exitCode).toBe(NO_CHANGES);
      expect((await work.plan()).exitCode).toBe(1);
    } finally {
      await gate.close();
    }
  });

  test("is learnt at the next read by objects of an earlier version", async () => {
    const work = stack(engine, platform.gitlab, declared);
    succeeded(await work.apply());
    forget(work);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    succeeded(await work.apply());
    const refused = await work.plan(at(elsewhere));
    expect(flat(refused.stderr)).toContain(`This state belongs to ${platform.gitlab.url};`);
    expect(await requestsByNumber()).toEqual([]);
  });

  test("has addresses that are checked before anything is asked", async () => {
    const work = stack(engine, platform.gitlab, declared);
    work.write(withSetting(["gitlab.example.com", "ftp://gitlab.example.com"]));
    const refused = await work.plan();
    expect(flat(refused.stderr)).toContain('"gitlab.example.com" is not a URL');
    expect(flat(refused.stderr)).toContain("neither http nor https");
  });
});
