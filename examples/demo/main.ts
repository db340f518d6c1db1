import { startSandbox } from "glsa/sandbox";
import { findEngine } from "./engine";
import { makePlatform, Rest } from "./rest";
import { Workspace } from "./workspace";

const keep = process.argv.includes("--keep");
let step = 0;

/** One line that says what is shown, then what the engine printed about it. */
function show(title: string, output = ""): void {
  step += 1;
  process.stdout.write(`\n${step}. ${title}\n`);
  for (const line of essence(output)) process.stdout.write(`     ${line}\n`);
}

/** Of an engine's output: which objects change, and how; not their every attribute. */
function essence(output: string): string[] {
  const telling = /^ {2}# glsa|^\s+~ .* -> |^Plan:|^No changes|^Apply complete/;
  return output
    .split("\n")
    .filter((line) => telling.test(line) && !line.includes("(known after apply)"))
    .map((line) => line.trim());
}

/** Of an apply that carries out a plan shown before: only that it did. */
function outcome(output: string): string {
  return output
    .split("\n")
    .filter((line) => line.startsWith("Apply complete"))
    .join("\n");
}

async function main(): Promise<void> {
  const engine = findEngine();
  const gitlab = await startSandbox({});
  const workspace = new Workspace(engine, gitlab);
  try {
    await tour(workspace, new Rest(gitlab.url, gitlab.token), gitlab.url);
    if (keep) return keepGoing(workspace.folder, engine.binary, gitlab);
  } catch (failure) {
    process.exitCode = 1;
    process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  }
  workspace.remove();
  await gitlab.close();
}

async function tour(workspace: Workspace, rest: Rest, url: string): Promise<void> {
  await makePlatform(rest);
  show(`A stand-in GitLab runs at ${url}, with a group, a subgroup and two projects.`);

  await workspace.installProvider();
  await workspace.synthesize();
  await workspace.init();
  show("The TypeScript example declares three service accounts. The plan:", await workspace.plan());
  show(
    "Applied: accounts and memberships made, tokens made, checked and delivered.",
    outcome(await workspace.apply()),
  );
  show("Planned again: nothing is left to do.", await workspace.plan());

  await useDeliveredToken(rest, url);

  workspace.edit("Role.MAINTAINER", "Role.DEVELOPER");
  workspace.edit('name: "Platform deployer"', 'name: "Chart deployer"');
  await workspace.synthesize();
  show(
    "A lower role and another name in the code change the same user in place.",
    await workspace.plan(),
  );
  await workspace.apply();

  await rest.call("PUT", `/groups/platform/members/${await userId(rest, "platform-auditor")}`, {
    access_level: 40,
  });
  show(
    "Somebody makes the auditor a maintainer by hand. The plan puts it right:",
    await workspace.plan(),
  );
  await workspace.apply();

  workspace.edit("    this.addWebBot(tokensExpireAt);\n", "");
  await workspace.synthesize();
  show(
    "Without its declaration, the web bot, its token and its variable go.",
    await workspace.apply(),
  );
  const left = await rest.call<{ username: string }[]>("GET", "/service_accounts");
  show(
    `Left on the server: ${left
      .map(({ username }) => username)
      .sort()
      .join(", ")}.`,
  );
}

async function useDeliveredToken(rest: Rest, url: string): Promise<void> {
  const { value } = await rest.call<{ value: string }>(
    "GET",
    "/projects/platform%2Fcharts/variables/DEPLOY_TOKEN",
  );
  const { username } = await new Rest(url, value).call<{ username: string }>("GET", "/user");
  show(`A pipeline with the delivered DEPLOY_TOKEN calls the API and is "${username}".`);
}

async function userId(rest: Rest, username: string): Promise<number> {
  const [user] = await rest.call<{ id: number }[]>("GET", `/users?username=${username}`);
  if (user === undefined) throw new Error(`there is no user ${username}`);
  return user.id;
}

function keepGoing(folder: string, binary: string, gitlab: { url: string; token: string }): void {
  show("The stand-in stays up until Ctrl-C. Go on by hand:");
  process.stdout.write(
    [
      `     cd ${folder}`,
      `     export GITLAB_BASE_URL=${gitlab.url} GITLAB_TOKEN=${gitlab.token}`,
      `     ${binary} plan`,
      "",
    ].join("\n"),
  );
}

void main();
