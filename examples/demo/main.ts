import { startSandbox, type Sandbox } from "glsa/sandbox";
import { Consumer } from "./consumer";
import { findEngine } from "./engine";
import { liveTokens, makePlatform, Rest } from "./rest";
import { Workspace } from "./workspace";

const keep = process.argv.includes("--keep");
let step = 0;

/** One line that says what is shown, then what the engine and the server said about it. */
function show(title: string, ...lines: string[]): void {
  step += 1;
  process.stdout.write(`\n${step}. ${title}\n`);
  for (const line of lines) process.stdout.write(`     ${line}\n`);
}

/** Of an engine's output: which objects change, and how; not their every attribute. */
function essence(output: string): string[] {
  const telling = /^ {2}# glsa|^\s+~ \w+ += .* -> |^\s+\+ rotation_reason|^Plan:|^No changes/;
  return output
    .split("\n")
    .filter((line) => telling.test(line) && !line.includes("(known after apply)"))
    .map((line) => line.trim());
}

function outcome(output: string): string[] {
  return output.split("\n").filter((line) => /^(Apply|Destroy) complete/.test(line));
}

async function live(rest: Rest): Promise<string> {
  const tokens = (await liveTokens(rest)).sort((one, other) => one.id - other.id);
  const words = tokens.map(({ id, created_at }) => `${id} (made ${created_at.slice(0, 10)})`);
  return `Live tokens: ${words.join(" and ") || "none"}.`;
}

async function main(): Promise<void> {
  const engine = findEngine();
  const gitlab = await startSandbox({ now: "2026-06-01T08:00:00Z" });
  const workspace = new Workspace(engine, gitlab);
  try {
    await tour(workspace, gitlab);
    if (keep) return keepGoing(workspace.folder, engine.binary, gitlab);
  } catch (failure) {
    process.exitCode = 1;
    process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  }
  workspace.remove();
  await gitlab.close();
}

async function tour(workspace: Workspace, gitlab: Sandbox): Promise<void> {
  const rest = new Rest(gitlab.url, gitlab.token);
  const pipeline = new Consumer(rest, gitlab.url);
  await makePlatform(rest);
  await workspace.init();
  show(
    `A stand-in GitLab runs at ${gitlab.url}; its clock says 2026-06-01. The plan:`,
    ...essence(await workspace.plan()),
  );
  try {
    await rotate(workspace, pipeline, { rest, gitlab });
  } finally {
    await pipeline.end();
  }
  show(
    "Nothing is left to do, and the pipeline noticed nothing.",
    ...essence(await workspace.plan()),
    pipeline.report(),
  );
  if (keep) return;
  const destroyed = outcome(await workspace.destroy());
  show("Destroyed: token, variable, membership and account.", ...destroyed, await live(rest));
}

async function rotate(
  workspace: Workspace,
  pipeline: Consumer,
  { rest, gitlab }: { rest: Rest; gitlab: Sandbox },
): Promise<void> {
  const created = outcome(await workspace.apply());
  await pipeline.beginJob();
  show(
    "Applied. From now on a pipeline calls the API with $DEPLOY_TOKEN, all the time.",
    ...created,
    await live(rest),
  );

  gitlab.control.advanceClock("P30D");
  show("30 days later the plan says what is due, and why:", ...essence(await workspace.plan()));

  const rotated = outcome(await workspace.apply());
  show(
    "Applied: the next token is made, tried and delivered. The running job still uses the old one.",
    ...rotated,
    await live(rest),
  );

  await pipeline.beginJob();
  gitlab.control.advanceClock("P4D");
  const retired = outcome(await workspace.apply());
  show(
    "A new job uses the new one. 4 days later the overlap of 3 is over: an apply revokes the old one.",
    ...retired,
    await live(rest),
  );
}

function keepGoing(folder: string, binary: string, gitlab: Sandbox): void {
  show(
    "The stand-in stays up until Ctrl-C. Go on by hand:",
    `cd ${folder}`,
    `export GITLAB_BASE_URL=${gitlab.url} GITLAB_TOKEN=${gitlab.token}`,
    `${binary} plan`,
  );
}

void main();
