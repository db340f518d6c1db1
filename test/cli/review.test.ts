import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestGitLab } from "../support/gitlab";
import { deletion, example, plan, rotation, stranger } from "./plans";
import { GLSA, runGlsa, type Result } from "./run-glsa";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-review-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function glsa(
  parameters: readonly string[],
  input?: string,
  job?: Record<string, string>,
): Promise<Result> {
  return runGlsa(parameters, { cwd: folder, input, job });
}

function write(text: string): string {
  writeFileSync(join(folder, "plan.json"), text);
  return "plan.json";
}

describe("a plan", () => {
  test("that changes nothing ends with 0 and says so", async () => {
    const result = await glsa(["review", write(plan())]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toMatch(/^No service account changes/);
  });

  test("without service accounts ends with 2, and says that it is not about them", async () => {
    const { code, stdout } = await glsa(["review", write(plan([stranger]))]);
    expect(code).toBe(2);
    expect(stdout).toContain(
      "Look at what is not about service accounts: no service account changes",
    );
    expect(stdout).toContain("not about service accounts: 1 is created.");
  });

  test("is also written as one page", async () => {
    const page = "review.html";
    const { code, stdout } = await glsa(["review", write(plan([deletion])), "--html", page]);
    expect([code, stdout]).toEqual([
      2,
      expect.stringMatching(/^Look at this one: 1 account deleted/),
    ]);
    expect(readFileSync(join(folder, page), "utf8")).toMatch(
      /^<!doctype html>[^]*1 account deleted/,
    );
  });

  test("that deletes an account ends with 2, and says it first", async () => {
    const { code, stdout } = await glsa(["review", write(plan([deletion, rotation]))]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Look at this one: 1 account deleted, 1 token rotates/);
  });

  test("that failed half-way ends with 1, whatever it shows, and gives nothing to apply", async () => {
    const path = write(plan([rotation], { errored: true }));
    const { code, stdout, stderr } = await glsa(["review", path, "--fail-on", "never"]);
    expect(stdout).toContain("Planning failed half-way");
    expect(stderr).toContain("The plan failed half-way");
    expect(code).toBe(1);
    expect(await glsa(["review", path, "--targets"])).toMatchObject({ code: 1, stdout: "" });
    expect(await glsa(["review", path, "--only", "rotations"])).toMatchObject({ code: 1 });
  });

  test("is also read from a pipe", async () => {
    const { stdout } = await glsa(["review", "-"], plan([deletion]));
    expect(stdout).toMatch(/^Look at this one: 1 account deleted/);
  });
});

describe("what is no plan", () => {
  test.each([
    ["no JSON", "PK\u0003\u0004 binary", /terraform show -json/],
    ["nothing", "", /./],
    ["another JSON", "[1, 2]", /./],
    ["a format that is not known yet", plan([], { format_version: "9.0" }), /9\.0/],
  ])("%s ends with 1 and a sentence", async (_, text, words) => {
    const { code, stdout, stderr } = await glsa(["review", write(text)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^glsa: .+\. \[unreadable-plan\]\n$/s);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/ at .*\.js|SyntaxError|TypeError/);
  });

  test("a missing file ends with 1 and names it", async () => {
    expect(await glsa(["review", "none.json"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "glsa: none.json cannot be read: there is no such file. [unreadable-input]\n",
    });
  });
});

describe("outputs", () => {
  test("go to as many files as are asked for, while the text is printed", async () => {
    const { stdout } = await glsa([
      "review",
      write(plan([deletion])),
      ...["--output", "gitlab-terraform=tfplan.json"],
      ...["-o", "markdown=review.md", "-o", "json=review.json"],
    ]);
    expect(stdout).toMatch(/^Look at this one: 1 account deleted/);
    const read = (path: string) => readFileSync(join(folder, path), "utf8");
    expect(JSON.parse(read("tfplan.json"))).toEqual({ create: 0, update: 0, delete: 1 });
    expect(read("review.md")).toContain("platform-deployer");
    expect(JSON.parse(read("review.json"))).toMatchObject({ format_version: "1.2" });
  });

  test.each(["review.md", "pdf=review.pdf", "markdown="])("%s is refused", async (output) => {
    const { code, stderr } = await glsa(["review", write(plan()), "--output", output]);
    expect(code).toBe(1);
    expect(stderr).toContain("It must be <format>=<path>, such as markdown=review.md.");
    expect(existsSync(join(folder, "review.md"))).toBe(false);
  });
});

describe("--only rotations", () => {
  test("ends with 2 where the plan does nothing else", async () => {
    const path = write(plan([rotation]));
    expect(await glsa(["review", path, "--only", "rotations"])).toMatchObject({ code: 2 });
  });

  test("ends with 3 where it does, and says what", async () => {
    const path = write(plan([rotation, deletion]));
    const { code, stderr } = await glsa(["review", path, "--only", "rotations"]);
    expect(code).toBe(3);
    expect(stderr).toContain("The plan does more than rotate:");
    expect(stderr).toContain("glsa_service_account.deployer");
  });

  test.each([
    [[], "-target=glsa_access_token.ci\n"],
    [["--null"], "-target=glsa_access_token.ci\0"],
  ])("with --targets %j prints what to apply, and nothing else", async (more, printed) => {
    const path = write(plan([rotation, deletion]));
    const parameters = ["review", path, "--only", "rotations", "--targets", ...more];
    expect(await glsa(parameters)).toMatchObject({ code: 3, stdout: printed });
  });

  test("with --targets prints nothing where nothing is due", async () => {
    const result = await glsa(["review", write(plan([deletion])), "--targets"]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("several plans", () => {
  test("make one report, the worst first, and end with the worst code", async () => {
    writeFileSync(join(folder, "quiet.json"), plan([rotation]));
    const path = write(plan([deletion]));
    const plans = ["review", "quiet.json", `production=${path}`];
    const { code, stdout } = await glsa([...plans, "--summary", "--output", "markdown=review.md"]);
    expect(code).toBe(2);
    expect(stdout).toBe(
      "production: Look at this one: 1 account deleted\nquiet: Safe to merge: 1 token rotates\n",
    );
    const note = readFileSync(join(folder, "review.md"), "utf8");
    expect(note).toContain("### Service accounts: 2 stacks\n\n**👀 1 of 2 to look at**");
    expect(note).toMatch(/\| `production` \| 👀 Look at this one.* \| 1 \| 0 \| 0 \| 0 \| 0 \|/);
    expect(note).toMatch(/<details><summary><code>quiet<\/code><\/summary>/);
  });

  test("of one stack twice are refused", async () => {
    const { code, stderr } = await glsa(["review", write(plan()), "plan.json"]);
    expect(code).toBe(1);
    expect(stderr).toContain("[duplicate-stack]");
  });
});

describe("--expect", () => {
  const digestIn = (text: string) => /v1:[0-9a-f]{40}/.exec(text)?.[0] ?? "";

  test("lets a plan pass that does what was reviewed, and tells what became due since", async () => {
    const { stdout } = await glsa(["review", write(plan([deletion]))]);
    const again = ["review", write(plan([rotation, deletion])), "--expect", digestIn(stdout)];
    const { code, stderr } = await glsa(again);
    expect(code).toBe(2);
    expect(stderr).toContain("The plan does what was reviewed (the review of this digest).");
    expect(stderr).toMatch(/Due by itself, and allowed:\n {2}glsa_access_token\.ci: rotates: due/);
  });

  test("stops one that does more, and names what was not reviewed", async () => {
    await glsa(["review", write(plan([deletion])), "--output", "json=review.json"]);
    const path = write(plan([deletion, ...example, stranger]));
    const { code, stderr } = await glsa(["review", path, "--expect", "review.json"]);
    expect(code).toBe(3);
    expect(stderr).toContain("Not reviewed:\n  glsa_service_account.legacy: deleted\n");
    expect(stderr).toContain("not about service accounts");
    expect(stderr).not.toContain("  glsa_service_account.deployer:");
    expect(stderr).toContain("[other-than-reviewed]");
  });

  test("compares nothing where anything may be", async () => {
    const path = write(plan([deletion]));
    expect(await glsa(["review", path, "--expect", "anything"])).toMatchObject({
      code: 2,
      stderr: "",
    });
  });

  test("outside of a pipeline has no note", async () => {
    const path = write(plan([deletion]));
    const { code, stderr } = await glsa(["review", path, "--expect", "note", "--name", "x"]);
    expect(code).toBe(1);
    expect(stderr).toContain("--expect note works in jobs of GitLab CI and GitHub Actions");
  });
});

describe("findings", () => {
  beforeEach(() => {
    const policy = { max_role: "developer", severity: { "max-role": "error" } };
    writeFileSync(join(folder, "glsa.config.json"), JSON.stringify({ policy }));
  });

  test("of the nearest glsa.config.json end with 3, unless they must not", async () => {
    const path = write(plan(example));
    const { code, stdout } = await glsa(["review", path]);
    expect(stdout).toContain("max-role platform-deployer@platform/charts");
    expect(code).toBe(3);
    expect(await glsa(["review", path, "--fail-on", "never"])).toMatchObject({ code: 2 });
  });

  test("a configuration that cannot be used ends with 1", async () => {
    writeFileSync(join(folder, "other.json"), '{ "polices": {} }');
    const { code, stderr } = await glsa(["review", write(plan()), "--config", "other.json"]);
    expect(code).toBe(1);
    expect(stderr).toContain('Unknown key "polices"');
  });
});

describe("--post", () => {
  test("outside of a pipeline ends with 1, after the review was printed", async () => {
    const { code, stdout, stderr } = await glsa(["review", write(plan([deletion])), "--post"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Look at this one: 1 account deleted/);
    expect(stderr).toContain("glsa: --post works in jobs of GitLab CI and GitHub Actions");
  });

  test("writes a note, then edits it, and shows no token", async () => {
    const gitlab = await TestGitLab.start();
    const project = await gitlab.project("charts", await gitlab.group("platform"));
    const request = { title: "x", source_branch: "change", target_branch: "main" };
    await gitlab.call("POST", `/projects/${project}/merge_requests`, request);
    const job = {
      CI_API_V4_URL: `${gitlab.url}/api/v4`,
      CI_PROJECT_ID: String(project),
      CI_MERGE_REQUEST_IID: "1",
      CI_JOB_NAME: "plan",
      GITLAB_TOKEN: gitlab.token,
    };
    const first = await glsa(["review", write(plan([deletion])), "--post"], "", job);
    const second = await glsa(["review", write(plan([rotation])), "--post"], "", job);
    const label = `merge request !1 of project ${project}`;
    expect(first.stderr).toBe(`Wrote a note on ${label}.\n`);
    expect(second.stderr).toBe(`Edited the note on ${label}.\n`);
    expect(JSON.stringify([first, second])).not.toContain(gitlab.token);
    const notes = `/projects/${project}/merge_requests/1/notes`;
    expect(await gitlab.call<unknown[]>("GET", notes)).toHaveLength(1);
    await gitlab.close();
  });
});

test("a reader of the output that leaves early is no failure", async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ ...deletion, name: `d${index}` }));
  write(plan(many));
  const { stderr } = await new Promise<Result>((done) => {
    const command = `"${process.execPath}" "${GLSA}" review plan.json | head -n 1`;
    execFile("sh", ["-c", command], { cwd: folder }, (_, stdout, stderr) =>
      done({ code: 0, stdout, stderr }),
    );
  });
  expect(stderr).toBe("");
});
