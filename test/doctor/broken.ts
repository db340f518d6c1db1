import { chmodSync } from "node:fs";
import { join } from "node:path";
import { inDays } from "../support/gitlab";
import { packageVersion } from "../support/glsa";
import type { Look, Scene } from "./scene";

interface BrokenSetUp {
  readonly it: string;
  /** What has to be named first. */
  readonly code: string;
  readonly check: string;
  /** And what it has to say. */
  readonly says?: string;
  breaks(scene: Scene): Look | void | Promise<Look | void>;
}

const ELSEWHERE = "/nonexistent";
const ADDRESS = "glsa.internal/glsa/glsa";

/** The executable as the engine finds it. */
function program(): string {
  return join(
    ADDRESS,
    packageVersion(),
    `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`,
    `terraform-provider-glsa_v${packageVersion()}`,
  );
}

const fakeEngine = (scene: Scene, script: string): Look => {
  scene.write(`fake/${scene.work.engine.name}`, `#!/bin/sh\n${script}\n`, 0o755);
  return { env: { PATH: `${scene.folder}/fake:${scene.bin}:/usr/bin:/bin` } };
};

async function ownToken(scene: Scene, body: object): Promise<{ id: number; token: string }> {
  const users = await scene.gitlab.call<{ id: number }[]>("GET", "/users?username=group-owner");
  return scene.gitlab.call("POST", `/users/${users[0]?.id}/personal_access_tokens`, {
    name: "other",
    scopes: ["api"],
    ...body,
  });
}

async function ownRole(scene: Scene, place: string, level: number, before: number): Promise<void> {
  const [user] = await scene.gitlab.call<{ id: number }[]>("GET", "/users?username=group-owner");
  const set = (access_level: number) =>
    scene.gitlab.call<void>("PUT", `${place}/members/${user?.id}`, { access_level });
  await set(level);
  scene.undo(() => set(before));
}

/** The state as it would be with another destination. */
async function withDestination(scene: Scene, kind: string, written: object): Promise<Look> {
  const state = await scene.work.show();
  const token = state.values?.root_module?.resources?.find(
    ({ type }) => type === "glsa_access_token",
  );
  const values = token?.values as { deliver_to: Record<string, unknown>[] };
  const none = Object.fromEntries(
    Object.keys(values.deliver_to[0] ?? {}).map((name) => [name, null]),
  );
  values.deliver_to = [{ ...none, [kind]: written }];
  return { parameters: ["--plan", "-"], input: JSON.stringify(state) };
}

export const BROKEN: readonly BrokenSetUp[] = [
  {
    it: "a glsa.config.json that is no JSON",
    check: "config",
    code: "unusable-config",
    breaks: (scene) => scene.write("glsa.config.json", "{ policy: "),
  },
  {
    it: "a setting of a policy that does not exist",
    check: "config",
    code: "unusable-config",
    says: "max_livetime",
    breaks: (scene) => scene.write("glsa.config.json", '{ "policy": { "max_livetime": "9d" } }'),
  },
  {
    it: "a SOCKS proxy",
    check: "proxy",
    code: "unusable-proxy",
    breaks: () => ({ env: { http_proxy: "socks5://127.0.0.1:1" } }),
  },
  {
    it: "a proxy that is not there",
    check: "gitlab",
    code: "gitlab-unreachable",
    breaks: () => ({ env: { http_proxy: "http://127.0.0.1:1" } }),
  },
  {
    it: "a file of certificates that does not exist",
    check: "certificates",
    code: "unusable-ca-file",
    says: "SSL_CERT_FILE",
    breaks: () => ({ env: { SSL_CERT_FILE: `${ELSEWHERE}/ca.pem` } }),
  },
  {
    it: "a file of certificates that holds none",
    check: "certificates",
    code: "unusable-ca-file",
    says: "--ca-file",
    breaks: (scene) => {
      scene.write("ca.pem", "no certificate");
      return { parameters: ["--ca-file", "ca.pem"] };
    },
  },
  {
    it: "no engine on PATH",
    check: "engine",
    code: "engine-not-found",
    breaks: () => ({ env: { PATH: ELSEWHERE } }),
  },
  {
    it: "an engine that does not start",
    check: "engine",
    code: "engine-failed",
    says: "cannot open shared object",
    breaks: (scene) => fakeEngine(scene, "echo 'libc.so: cannot open shared object' >&2; exit 127"),
  },
  {
    it: "an engine of long ago",
    check: "engine",
    code: "old-engine",
    says: "0.13.7",
    breaks: (scene) => fakeEngine(scene, `echo '{"terraform_version": "0.13.7"}'`),
  },
  {
    it: "a folder that is none",
    check: "engine",
    code: "missing-folder",
    breaks: () => ({ parameters: ["--folder", ELSEWHERE] }),
  },
  {
    it: "a folder without a configuration",
    check: "engine",
    code: "configuration-not-found",
    breaks: () => ({ parameters: ["--folder", "tmp"] }),
  },
  {
    it: "a provider of another name",
    check: "provider",
    code: "wrong-provider-source",
    says: '"acme/glsa"',
    breaks: (scene) =>
      scene.write(
        "provider.tf",
        'terraform {\n required_providers {\n glsa = { source = "acme/glsa" }\n }\n}\n',
      ),
  },
  {
    it: "a provider that nothing names",
    check: "provider",
    code: "provider-source-missing",
    breaks: (scene) => scene.write("provider.tf", 'provider "glsa" {}\n'),
  },
  {
    it: "a folder that was not initialised",
    check: "provider",
    code: "not-initialised",
    breaks: () => ({ env: { TF_DATA_DIR: ".elsewhere" } }),
  },
  {
    it: "a provider that is nowhere",
    check: "provider",
    code: "provider-not-found",
    says: "glsa install",
    breaks: (scene) => {
      scene.moveAway(".terraform.lock.hcl");
      scene.write("engine.tfrc", "provider_installation {\n}\n");
      return { env: { TF_DATA_DIR: ".elsewhere", HOME: ELSEWHERE } };
    },
  },
  {
    it: "a lock file that names a version which is not there",
    check: "provider",
    code: "provider-not-found",
    says: `9.9.9 of glsa's provider, which the lock file names; there is ${packageVersion()}`,
    breaks: (scene) =>
      scene.write(".terraform.lock.hcl", `provider "${ADDRESS}" {\n  version = "9.9.9"\n}\n`),
  },
  {
    it: "a development override that leads nowhere",
    check: "provider",
    code: "provider-not-found",
    says: ELSEWHERE,
    breaks: (scene) =>
      scene.write(
        "engine.tfrc",
        `provider_installation {\n dev_overrides {\n "${ADDRESS}" = "${ELSEWHERE}"\n }\n}\n`,
      ),
  },
  {
    it: "a provider that may not be executed",
    check: "provider",
    code: "provider-not-executable",
    breaks: (scene) => {
      const path = join(scene.folder, ".terraform/providers", program());
      chmodSync(path, 0o644);
      scene.undo(() => chmodSync(path, 0o755));
    },
  },
  {
    it: "no Node where the engine runs",
    check: "provider",
    code: "node-not-found",
    breaks: (scene) => {
      scene.moveAway("bin/node");
      return { env: { PATH: scene.bin } };
    },
  },
  {
    it: "a lock file of another package",
    check: "lock-file",
    code: "lock-hash-differs",
    breaks: (scene) =>
      scene.write(
        ".terraform.lock.hcl",
        `provider "${ADDRESS}" {\n  version = "${packageVersion()}"\n  hashes = [\n    "h1:AAAA",\n  ]\n}\n`,
      ),
  },
  {
    it: "no lock file",
    check: "lock-file",
    code: "no-lock-entry",
    breaks: (scene) => scene.moveAway(".terraform.lock.hcl"),
  },
  {
    it: "no token",
    check: "token",
    code: "missing-token",
    breaks: () => ({ env: { GITLAB_TOKEN: undefined } }),
  },
  {
    it: "a token with a line break in it",
    check: "token",
    code: "malformed-token",
    breaks: ({ token }) => ({ env: { GITLAB_TOKEN: `${token}\n${token}` } }),
  },
  {
    it: "a token of another GitLab",
    check: "own-token",
    code: "gitlab-unauthorized",
    breaks: () => ({ env: { GITLAB_TOKEN: "another-gitlabs-token" } }),
  },
  {
    it: "a token that was revoked",
    check: "own-token",
    code: "gitlab-token-ended",
    breaks: async (scene) => {
      const { id, token } = await ownToken(scene, {});
      await scene.gitlab.call("DELETE", `/personal_access_tokens/${id}`);
      return { env: { GITLAB_TOKEN: token } };
    },
  },
  {
    it: "a token that may only read",
    check: "own-token",
    code: "missing-scope",
    says: "read_api",
    breaks: async (scene) => {
      const { token } = await ownToken(scene, { scopes: ["read_api"] });
      return { env: { GITLAB_TOKEN: token } };
    },
  },
  {
    it: "an address that is none",
    check: "gitlab",
    code: "unusable-base-url",
    breaks: () => ({ env: { GITLAB_BASE_URL: "gitlab.example.com" } }),
  },
  {
    it: "a server that is not there",
    check: "gitlab",
    code: "gitlab-unreachable",
    breaks: () => ({ env: { GITLAB_BASE_URL: "http://127.0.0.1:1" } }),
  },
  {
    it: "an address below which there is no GitLab",
    check: "gitlab",
    code: "not-a-gitlab",
    breaks: async (scene) => scene.answers("GET /metadata", 404, { error: "404 Not Found" }),
  },
  {
    it: "a sign-in page in front of GitLab",
    check: "gitlab",
    code: "gitlab-not-json",
    breaks: async (scene) => {
      const effect = { kind: "status", status: 200, text: "<html>Sign in</html>" };
      const fault = { route: "GET /metadata", times: null, effect };
      await scene.gitlab.control("POST", "faults", { faults: [fault] });
      scene.undo(() => scene.gitlab.control("DELETE", "faults"));
    },
  },
  {
    it: "GitLab under maintenance",
    check: "gitlab",
    code: "gitlab-server-error",
    breaks: (scene) => scene.answers("GET /metadata", 503, { message: "503 Service Unavailable" }),
  },
  {
    it: "a limiter that lets nothing pass",
    check: "rate-limit",
    code: "gitlab-rate-limited",
    breaks: (scene) => scene.answers("GET /metadata", 429, { message: "Retry later" }),
  },
  {
    it: "a GitLab of long ago",
    check: "version",
    code: "gitlab-too-old",
    says: "16.11.2",
    breaks: (scene) =>
      scene.answers("GET /metadata", 200, { version: "16.11.2", enterprise: true }),
  },
  {
    it: "the Community Edition, and no administrator",
    check: "version",
    code: "community-edition",
    breaks: (scene) =>
      scene.answers("GET /metadata", 200, { version: "19.1.1", enterprise: false }),
  },
  {
    it: "a state that another user may read",
    check: "state",
    code: "state-unreadable",
    says: "HTTP",
    breaks: () => ({ env: { TF_HTTP_PASSWORD: "wrong" } }),
  },
  {
    it: "a state that a run holds",
    check: "state-lock",
    code: "state-not-locked",
    says: "4d8e",
    breaks: async (scene) => {
      const { gitlab, ids } = scene;
      const path = `/projects/${ids.charts}/terraform/state/doctor/lock`;
      await gitlab.call("POST", path, { ID: "4d8e", Operation: "OperationTypeApply", Who: "a@b" });
      scene.undo(async () => void (await gitlab.ask("DELETE", path, { ID: "4d8e" })));
    },
  },
  {
    it: "a variable without a value",
    check: "state-lock",
    code: "state-not-locked",
    says: "No value for required variable",
    breaks: (scene) => scene.write("variables.tf", 'variable "region" {}\n'),
  },
  {
    it: "a role that is too low",
    check: "rights",
    code: "missing-right",
    says: "service accounts of a group",
    breaks: (scene) => ownRole(scene, `/groups/${scene.ids.platform}`, 40, 50),
  },
  {
    it: "a group that the token does not see",
    check: "rights",
    code: "gitlab-not-found",
    breaks: () => ({ parameters: ["--group", "elsewhere"] }),
  },
  {
    it: "a file that cannot be written",
    check: "destinations",
    code: "destination-refuses",
    says: "/dev/full",
    breaks: (scene) => withDestination(scene, "file", { path: "/dev/full/token", mode: "0600" }),
  },
  {
    it: "a store that does not answer",
    check: "destinations",
    code: "destination-refuses",
    breaks: (scene) =>
      withDestination(scene, "vault", {
        address: "http://127.0.0.1:1",
        mount: "secret",
        path: "ci",
        field: "token",
      }),
  },
];

/** Set-ups that work, and will not for long, or not everywhere. */
export const DOUBTFUL: readonly BrokenSetUp[] = [
  {
    it: "a token that ends soon and that nothing rotates",
    check: "own-rotation",
    code: "own-token-expires",
    breaks: async (scene) => {
      const { token } = await ownToken(scene, { expires_at: inDays(9) });
      return { env: { GITLAB_TOKEN: token } };
    },
  },
  {
    it: "a clock that is wrong",
    check: "clock",
    code: "clock-wrong",
    says: " seconds behind GitLab",
    // The last one: the stand-in's clock does not go back.
    breaks: async (scene) => {
      await scene.gitlab.control("POST", "clock", { advance: "PT10M" });
    },
  },
];
