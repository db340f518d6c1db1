import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse, parseAllDocuments } from "yaml";

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

interface Workflow {
  readonly permissions: object;
  readonly env: Record<string, string>;
  readonly jobs: Record<string, { permissions?: Record<string, string>; steps: Step[] }>;
}

type Pipeline = Record<string, { script: string[]; variables: Record<string, string> }>;

const text = (path: string) => readFileSync(resolve(__dirname, "../../examples", path), "utf8");

const workflow = parse(text("github-actions/glsa.yml")) as Workflow;
const [, pipeline] = parseAllDocuments(text("gitlab-ci/templates/glsa.yml")).map(
  (document) => document.toJS() as Pipeline,
);

const PREFIX = "$[[ inputs.state ]]";
const ENGINE_OR_GLSA = /^(\$ENGINE|glsa)/;

/** GitLab shows this exit code as a warning (allow_failure); GitHub knows no such thing. */
const MAY_WARN = / \|\| \[ \$\? -eq 2 \]$/;

/** What a job of the workflow has the engine and glsa do. */
function commandsOnGitHub(job: string): string[] {
  const runs = (workflow.jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);
  const commands = runs.filter((run) => ENGINE_OR_GLSA.test(run)).map(withoutOutputs);
  return job === "doctor" ? commands.map((run) => run.replace(MAY_WARN, "")) : commands;
}

/** The same of the component. Its reports are for GitLab's own widgets. */
function commandsOnGitLab(job: string): string[] {
  const script = pipeline?.[`${PREFIX}:${job}`]?.script ?? [];
  return script.map(withoutOutputs);
}

function withoutOutputs(command: string): string {
  return command.replace(/ --output \S+/g, "");
}

// There is no runner here that could run it: that it is well-formed, and says what the tested pipeline says, is all.
describe("the GitHub workflow", () => {
  test.each(["validate", "doctor", "review", "plan", "apply", "rotate", "alarm"])(
    "has the engine and glsa do what the tested GitLab job %s does",
    (job) => {
      expect(commandsOnGitHub(job).length).toBeGreaterThan(0);
      expect(commandsOnGitHub(job)).toEqual(commandsOnGitLab(job));
    },
  );

  test("gives the jobs the same variables", () => {
    const ours = Object.keys(pipeline?.[`.${PREFIX}`]?.variables ?? {});
    expect(Object.keys(workflow.env)).toEqual(expect.arrayContaining(ours));
  });

  test("has no rights but those that a job names, and none to write the repository", () => {
    expect(workflow.permissions).toEqual({});
    const writes = Object.entries(workflow.jobs).flatMap(([job, { permissions = {} }]) =>
      Object.entries(permissions)
        .filter(([, right]) => right === "write")
        .map(([subject]) => `${job}: ${subject}`),
    );
    expect(writes).toEqual(["review: pull-requests", "alarm: issues"]);
  });

  test("takes actions of a major version", () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ uses }) => uses ?? []),
    );
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@v\d+$/.test(action))).toEqual([]);
  });
});
