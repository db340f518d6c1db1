import { startSandbox, type Sandbox } from "glsa/sandbox";
import { Consumer } from "./consumer";
import { findEngine } from "./engine";
import { showEstate } from "./estate";
import { findPulumi } from "./pulumi-engine";
import { PulumiWorkspace } from "./pulumi-workspace";
import { liveTokens, makePlatform, Rest } from "./rest";
import { TerraformWorkspace } from "./terraform-workspace";
import type { Instance, Workspace } from "./workspace";

const keep = process.argv.includes("--keep");
let step = 0;

/** One line that says what is shown, then what the engine and the server said about it. */
function show(title: string, ...lines: string[]): void {
  step += 1;
  process.stdout.write(`\n${step}. ${title}\n`);
  for (const line of lines) process.stdout.write(`     ${line}\n`);
}

async function live(rest: Rest): Promise<string> {
  const tokens = (await liveTokens(rest)).sort((one, other) => one.id - other.id);
  const words = tokens.map(({ id, created_at }) => `${id} (made ${created_at.slice(0, 10)})`);
  return `Live tokens: ${words.join(" and ") || "none"}.`;
}

/** The engine is looked for, and built where that must be, before anything is started. */
function findWorkspace(): (gitlab: Instance) => Workspace {
  if (process.argv.includes("--pulumi")) {
    const pulumi = findPulumi();
    return (gitlab) => new PulumiWorkspace(pulumi, gitlab);
  }
  const engine = findEngine();
  return (gitlab) => new TerraformWorkspace(engine, gitlab);
}

async function main(): Promise<void> {
  const open = findWorkspace();
  const gitlab = await startSandbox({ now: "2026-06-01T08:00:00Z" });
  const workspace = open(gitlab);
  try {
    await tour(workspace, gitlab);
    if (keep) return keepGoing(workspace);
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
    ...(await workspace.plan()),
  );
  try {
    await rotate(workspace, pipeline, { rest, gitlab });
  } finally {
    await pipeline.end();
  }
  show(
    "Nothing is left to do, and the pipeline noticed nothing.",
    ...(await workspace.plan()),
    pipeline.report(),
  );
  if (keep) return;
  const destroyed = await workspace.destroy();
  show("Destroyed: token, variable, membership and account.", ...destroyed, await live(rest));
}

async function rotate(
  workspace: Workspace,
  pipeline: Consumer,
  { rest, gitlab }: { rest: Rest; gitlab: Sandbox },
): Promise<void> {
  const created = await workspace.apply();
  await pipeline.beginJob();
  show(
    "Applied. From now on a pipeline calls the API with $DEPLOY_TOKEN, all the time.",
    ...created,
    await live(rest),
  );

  gitlab.control.advanceClock("P30D");
  show("30 days later the plan says what is due, and why:", ...(await workspace.plan()));

  const rotated = await workspace.apply();
  show(
    "Applied: the next token is made, tried and delivered. The running job still uses the old one.",
    ...rotated,
    await live(rest),
  );

  await pipeline.beginJob();
  gitlab.control.advanceClock("P4D");
  const retired = await workspace.apply();
  show(
    "A new job uses the new one. 4 days later the overlap of 3 is over: an apply revokes the old one.",
    ...retired,
    await live(rest),
  );
}

function keepGoing(workspace: Workspace): void {
  show("The stand-in stays up until Ctrl-C. Go on by hand:", ...workspace.byHand());
}

void (process.argv.includes("--estate") ? showEstate(show) : main());
