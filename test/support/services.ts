import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeconfig, secretsOf } from "../destinations/conformance/kubernetes-secret";
import { AWS_REGION, TestAws } from "./clouds/aws";
import { TestAzure } from "./clouds/azure";
import { TestConnect } from "./clouds/connect";
import { TestGitHub } from "./clouds/github";
import { GOOGLE_PROJECT, TestGoogle } from "./clouds/google";
import { TestGitLab } from "./gitlab";
import { TestKubeApi } from "./kube-api";

/** Stand-ins of all services that keep values, and one entry of `deliver_to` for each way to keep one there. */
export class Services {
  private constructor(
    private readonly gitlab: TestGitLab,
    readonly aws: TestAws,
    readonly azure: TestAzure,
    readonly cluster: TestKubeApi,
    readonly connect: TestConnect,
    readonly github: TestGitHub,
    readonly google: TestGoogle,
    private readonly other: TestGitLab,
    private readonly folder: string,
  ) {
    const [pool, subject] = [this.file("pool.json"), this.file("subject")];
    writeFileSync(subject, google.login.subjectToken);
    writeFileSync(pool, JSON.stringify(google.login.poolFile(google.url, subject)));
    const config = kubeconfig(cluster.url, { root: cluster.rootToken });
    writeFileSync(this.file("kubeconfig"), config);
  }

  /** @param gitlab that of the tokens */
  static async start(gitlab: TestGitLab): Promise<Services> {
    const other = await TestGitLab.start();
    await other.platform();
    return new Services(
      gitlab,
      await TestAws.start(),
      await TestAzure.start(),
      await TestKubeApi.start(),
      await TestConnect.start(),
      await TestGitHub.start(),
      await TestGoogle.start(),
      other,
      mkdtempSync(join(tmpdir(), "glsa-services-")),
    );
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...this.aws.environment,
      ...this.azure.environment,
      OP_CONNECT_TOKEN: this.connect.token,
      OTHER_GITLAB: this.other.token,
      GITHUB_TOKEN: this.github.token,
      GOOGLE_APPLICATION_CREDENTIALS: this.file("pool.json"),
    };
  }

  /** In the words of HCL. */
  get destinations(): readonly Entry[] {
    const { aws, azure, connect, github, google, other } = this;
    const endpoint = aws.url;
    const shape = { token: "{value}", tokenId: "{token_id}", gitlabUrl: "{base_url}" };
    return [
      { github_secret: { repository: "octo-org/charts", name: "BOT_TOKEN", base_url: github.url } },
      { gcp_secret: { project: GOOGLE_PROJECT, secret: "bot", endpoint: google.url } },
      { azure_secret: { vault: azure.url, name: "bot" } },
      { onepassword: { vault: "Deploy", item: "bot", endpoint: connect.url } },
      { gitlab_variable: { instance: true, key: "BOT_TOKEN" } },
      {
        gitlab_variable: {
          base_url: other.url,
          token_variable: "OTHER_GITLAB",
          group: "platform",
          key: "BOT_TOKEN",
        },
      },
      { aws_secret: { name: "gitlab/bot", region: AWS_REGION, endpoint } },
      { aws_secret: { name: "gitlab/shared", field: "token", endpoint } },
      { aws_secret: { name: "gitlab/rotated", endpoint, format: "json", json: shape } },
      { aws_parameter: { name: "/gitlab/bot", endpoint } },
      {
        kubernetes_secret: {
          namespace: "default",
          name: "bot",
          format: "basic_auth",
          labels: { app: "shop" },
          config_path: this.file("kubeconfig"),
        },
      },
    ];
  }

  /** What a consumer finds in each of them; undefined where there is nothing. */
  async held(): Promise<readonly (string | undefined)[]> {
    const { aws, azure, cluster, connect, github, google } = this;
    const password = (await secretsOf(cluster).read("bot"))?.data?.["password"];
    const current = (name: string) =>
      [...(aws.secrets.secrets.get(name)?.versions.values() ?? [])].find(({ stages }) =>
        stages.has("AWSCURRENT"),
      )?.content;
    const token = (text = "{}") => (JSON.parse(text) as { token?: string }).token;
    const held = [
      github.secrets.get("/repos/octo-org/charts/actions/secrets/BOT_TOKEN")?.value,
      google.latest("bot"),
      azure.latest("bot"),
      connect.held("bot", "credential"),
      await variableOf(this.gitlab, "/admin/ci/variables"),
      await variableOf(this.other, "/groups/platform/variables"),
      current("gitlab/bot"),
      token(current("gitlab/shared")),
      token(current("gitlab/rotated")),
      aws.parameters.parameters.get("/gitlab/bot")?.value,
      password && Buffer.from(password, "base64").toString(),
    ];
    return held.map((value) => (value === "{}" ? undefined : value));
  }

  async close(): Promise<void> {
    const { aws, azure, cluster, connect, github, google, other } = this;
    const servers = [aws, azure, cluster, connect, github, google, other];
    for (const server of servers) await server.close();
    rmSync(this.folder, { recursive: true });
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

type Entry = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function variableOf(gitlab: TestGitLab, route: string): Promise<string | undefined> {
  const response = await gitlab.ask("GET", `${route}/BOT_TOKEN`);
  return response.ok ? ((await response.json()) as { value: string }).value : undefined;
}

/** Blocks of HCL, in which a value may be written as JSON. */
export function deliverToBlocks(destinations: readonly Entry[]): string {
  const lines = (settings: object) =>
    Object.entries(settings).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const blocks = destinations
    .flatMap((entry) => Object.entries(entry))
    .map(([kind, settings]) => `${kind} {\n${lines(settings).join("\n")}\n}`);
  return blocks.map((block) => `deliver_to {\n${block}\n}`).join("\n");
}

/** The same for a program on Pulumi. */
export function deliverToInputs(destinations: readonly Entry[]): string {
  const camel = (name: string) =>
    name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const renamed = (settings: object) =>
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [camel(name), value]));
  const entries = destinations.map((entry) =>
    Object.fromEntries(
      Object.entries(entry).map(([kind, settings]) => [camel(kind), renamed(settings)]),
    ),
  );
  return `deliverTo: ${JSON.stringify(entries)}`;
}
