import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeResult } from "../../src/prove";
import type { Exchange } from "../../src/prove/real/recorder";
import { recordingOf } from "../../src/prove/recording/sanitise";
import { TestedInstance } from "./instance";

const REPOSITORY = resolve(__dirname, "../..");

test("what a run writes shows no token, host or user, and the project's replay takes it", async () => {
  const instance = await TestedInstance.start({ version: "18.11", tier: "premium" }, "owner");
  const folder = mkdtempSync(join(tmpdir(), "glsa-prove-"));
  const prover = instance.prover();
  try {
    const outcome = await prover.run(await prover.look());
    writeResult(folder, outcome, "1.2.3");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    expect(files).toEqual(
      expect.arrayContaining(["result.json", "result.md", "recordings/18.11.5/prove/tokens.json"]),
    );
    const text = files
      .filter((name) => /\.(json|md)$/.test(name))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("");
    for (const hidden of ["127.0.0.1", "alice", "Alice", "corp.example", "my-proof", "My Proof"]) {
      expect(text).not.toContain(hidden);
    }
    expect(text).not.toMatch(/glpat-(?!never)/);
    expect(text).not.toContain(instance.token);
    const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as object;
    expect(result).toMatchObject({
      format: 1,
      glsa: "1.2.3",
      verdict: "alike",
      instance: { version: "18.11.5-ee", tier: "premium", administrator: false },
      stand_in: { version: "18.11", tier: "premium" },
      left_behind: [],
    });
    const env = { ...process.env, GLSA_RECORDINGS: join(folder, "recordings") };
    const jest = ["jest", "--maxWorkers=1", "test/sandbox/recordings/recordings.test.ts"];
    execFileSync("npx", jest, { cwd: REPOSITORY, env, stdio: "pipe" });
  } finally {
    await prover.close();
    await instance.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);

const known = {
  baseUrl: "https://git.corp.example:8443/gitlab",
  token: "glpat-ofthecaller0000000",
  user: { username: "root", name: "Jo Doe", email: "jo@corp.example" },
  group: { path: "test", name: "Test" },
};
const about = {
  file: "18.11.5/prove/x.json",
  version: "18.11.5-ee",
  tier: "premium",
  prepared: {
    id: 5,
    visibility: "private",
    administrator: true,
    owners_create_accounts: true,
  },
  known,
};

function exchange(body: unknown, headers: Record<string, string> = {}, status = 200): Exchange {
  return {
    outgoing: {
      method: "GET",
      path: "/api/v4/groups/5",
      query: {},
      token: known.token,
      body: undefined,
    },
    incoming: { status, headers, text: JSON.stringify(body) },
  };
}

describe("a recording", () => {
  const body = (value: unknown, status = 200) =>
    recordingOf([exchange(value, {}, status)], about).interactions[0]?.response.body;

  test.each([
    [
      "a value of an unknown token",
      { note: "x glpat-abcdefghij0123456789 y" },
      { note: "x REPLACED-TOKEN y" },
    ],
    ["a registration token", { runners_token: "whatever" }, { runners_token: "REPLACED-TOKEN" }],
    [
      "addresses of any host",
      { kas: "wss://kas.corp.example:99/-/kas" },
      { kas: "wss://gitlab.example.com/-/kas" },
    ],
    [
      "a host without a scheme",
      { container_registry_image_prefix: "registry.other.example/test/app" },
      { container_registry_image_prefix: "gitlab.example.com/throwaway/app" },
    ],
    [
      "a clone address",
      { ssh: "git@ssh.corp.example:test/app.git" },
      { ssh: "git@gitlab.example.com:throwaway/app.git" },
    ],
    [
      "the user",
      { username: "root", name: "Jo Doe", web_url: "https://git.corp.example:8443/gitlab/root" },
      { username: "caller", name: "Caller", web_url: "https://gitlab.example.com/caller" },
    ],
    [
      "another user",
      { username: "eve", name: "Eve", avatar_url: "https://g.example/1f", email: "eve@x.example" },
      {
        username: "user-2",
        name: "User 2",
        avatar_url: "https://gitlab.example.com/avatar.png",
        email: "user@gitlab.example.com",
      },
    ],
    ["addresses of machines", { last_used_ips: ["10.1.2.3"] }, { last_used_ips: ["192.0.2.1"] }],
    [
      "the group",
      { path: "test", full_path: "test", name: "Test", full_name: "Test / Sub" },
      {
        path: "throwaway",
        full_path: "throwaway",
        name: "throwaway",
        full_name: "throwaway / Sub",
      },
    ],
  ])("does not show %s", (_, given, shown) => {
    expect(body(given)).toEqual(shown);
  });

  test("keeps what a common word of a group's name looks like", () => {
    const message = "404 Group Not Found in this test";
    expect(body({ message }, 404)).toEqual({ message });
    expect(body({ message: "inherited membership from group Test" }, 400)).toEqual({
      message: "inherited membership from group throwaway",
    });
  });

  test("keeps only headers that are compared", () => {
    const headers = { "Set-Cookie": "_session=1", Server: "corp", "X-Total": "1", Date: "now" };
    const recording = recordingOf([exchange([], headers)], about);
    expect(recording.interactions[0]?.response.headers).toEqual({ Date: "now", "X-Total": "1" });
  });

  test("is not made where something would still show", () => {
    expect(() => recordingOf([exchange({ "git.corp.example": 1 })], about)).toThrow(
      "would still contain the name of a host",
    );
  });
});
