import { describeEnginesInTurn, NO_CHANGES, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { TestGitLab } from "../support/gitlab";
import { AWS_REGION, TestAws } from "../support/clouds/aws";
import { TestKubeApi } from "../support/kube-api";
import { kubeconfig, secretsOf } from "../destinations/conformance/kubernetes-secret";
import { TestGitHub } from "../support/clouds/github";

const platform = usePlatform();
let aws: TestAws;
let github: TestGitHub;
let other: TestGitLab;
let cluster: TestKubeApi;

beforeEach(async () => {
  aws = await TestAws.start();
  cluster = await TestKubeApi.start();
  github = await TestGitHub.start();
  other = await TestGitLab.start();
  await other.platform();
});
afterEach(async () => {
  await aws.close();
  await cluster.close();
  await github.close();
  await other.close();
});

/** Every kind that keeps values in a service, of one token. */
function token(scope: string, where: string): string {
  return `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["${scope}"]
  rotation {
    every = "30d"
  }
  ${where}
}`;
}

const everywhere = () => `
  deliver_to {
    github_secret {
      repository = "octo-org/charts"
      name       = "BOT_TOKEN"
      base_url   = "${github.url}"
    }
  }
  deliver_to {
    gitlab_variable {
      instance = true
      key      = "BOT_TOKEN"
    }
  }
  deliver_to {
    gitlab_variable {
      base_url       = "${other.url}"
      token_variable = "OTHER_GITLAB"
      group          = "platform"
      key            = "BOT_TOKEN"
    }
  }
  deliver_to {
    aws_secret {
      name     = "gitlab/bot"
      region   = "${AWS_REGION}"
      endpoint = "${aws.url}"
    }
  }
  deliver_to {
    aws_secret {
      name     = "gitlab/shared"
      field    = "token"
      endpoint = "${aws.url}"
    }
  }
  deliver_to {
    aws_secret {
      name     = "gitlab/rotated"
      endpoint = "${aws.url}"
      format   = "json"
      json     = { token = "{value}", tokenId = "{token_id}", gitlabUrl = "{base_url}" }
    }
  }
  deliver_to {
    aws_parameter {
      name     = "/gitlab/bot"
      endpoint = "${aws.url}"
    }
  }
  deliver_to {
    kubernetes_secret {
      namespace   = "default"
      name        = "bot"
      format      = "basic_auth"
      labels      = { app = "shop" }
      config_path = "kubeconfig"
    }
  }`;

async function heldAt(): Promise<Record<string, string | undefined>> {
  const password = (await secretsOf(cluster).read("bot"))?.data?.["password"];
  const current = (name: string) =>
    [...(aws.secrets.secrets.get(name)?.versions.values() ?? [])].find(({ stages }) =>
      stages.has("AWSCURRENT"),
    )?.content;
  const token = (text = "{}") => (JSON.parse(text) as { token?: string }).token;
  const variable = async (gitlab: TestGitLab, route: string) => {
    const response = await gitlab.ask("GET", `${route}/BOT_TOKEN`);
    return response.ok ? ((await response.json()) as { value: string }).value : undefined;
  };
  return {
    github: github.secrets.get("/repos/octo-org/charts/actions/secrets/BOT_TOKEN")?.value,
    instance: await variable(platform.gitlab, "/admin/ci/variables"),
    elsewhere: await variable(other, "/groups/platform/variables"),
    secret: current("gitlab/bot"),
    field: token(current("gitlab/shared")),
    shape: token(current("gitlab/rotated")),
    keys: password && Buffer.from(password, "base64").toString(),
    parameter: aws.parameters.parameters.get("/gitlab/bot")?.value,
  };
}

describeEnginesInTurn("a token that services receive", (engine) => {
  test("arrives at all of them, is renewed, stands in no state, and is taken away", async () => {
    const env = { ...aws.environment, OTHER_GITLAB: other.token, GITHUB_TOKEN: github.token };
    const work = stack(engine, platform.gitlab, token("read_api", everywhere()), { env });
    work.write({ kubeconfig: kubeconfig(cluster.url, { root: cluster.rootToken }) });
    aws.denied.add("ssm:PutParameter");
    await work.init();
    const refused = await work.apply();
    expect(`${refused.stdout}${refused.stderr}`).toContain("ssm:PutParameter");
    expect(new Set(Object.values(await heldAt()))).toEqual(new Set([undefined, "{}"]));
    aws.denied.clear();

    const values: string[] = [];
    for (const scope of ["read_api", "read_user"]) {
      work.write({ "main.tf": token(scope, everywhere()) });
      const said = succeeded(await work.apply());
      const [value = "", ...others] = new Set(Object.values(await heldAt()));
      expect(others).toEqual([]);
      expect(await platform.gitlab.whoIs(value)).toBe("bot");
      expect(`${said.stdout}${said.stderr}${JSON.stringify(await work.show())}`).not.toContain(
        value,
      );
      values.push(value);
    }
    expect(values[0]).not.toBe(values[1]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    succeeded(await work.destroy());
    expect(Object.values(await heldAt())).toEqual(Array(8).fill(undefined));
  });
});
