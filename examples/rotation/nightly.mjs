// Applies the rotations and revocations that are due, and nothing else.
//
//   node nightly.mjs [terraform | tofu]      in the folder of the configuration, after init
//
// Exit code 0: what was due is done, and nothing else differs.
//           2: what was due is done; other differences are reported and left to a person.
//           1: something failed, or a token that is due could not be rotated by itself.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

const engine = process.argv[2] ?? "terraform";

// What glsa finds out or decides. Every other attribute of a token is what somebody wrote, apart from `description`:
// GitLab gets a new one with the next token only, and no apply can bring it there earlier.
const NOT_WRITTEN = new Set([
  "created_at",
  "description",
  "fingerprint",
  "generation",
  "previous",
  "rotates_at",
  "rotation_reason",
  "status",
  "strays",
  "token_id",
  "value",
]);

const folder = mkdtempSync(join(tmpdir(), "nightly-"));
let plans = 0;
let hasFailed = false;
try {
  process.exitCode = night();
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function night() {
  const plan = makePlan([]);
  if (plan === undefined) {
    console.log("\nNothing is due, and nothing else differs.");
    return 0;
  }
  let waiting = plan.others.filter(isDue);
  if (plan.others.length === 0) apply(plan);
  else if (plan.due.length > 0) waiting = [...waiting, ...applyOnly(plan.due)];
  else if (waiting.length === 0) console.log("\nNothing is due.");

  const left = plan.others.map((change) => `  ${describe(change)}`);
  if (left.length > 0) console.log(["\nLeft to a person:", ...left].join("\n"));
  for (const change of waiting) {
    console.log(`\nNOT DONE, since something else would change with it:\n  ${reasonOf(change)}`);
  }
  if (hasFailed || waiting.length > 0) return 1;
  return left.length > 0 ? 2 : 0;
}

/**
 * Applies due tokens without the rest. A targeted token takes along what it depends on, first of all its account: where
 * that differs too, the token is not touched, and answered.
 */
function applyOnly(due) {
  const plan = makePlan(due.map(({ address }) => `-target=${address}`));
  if (plan === undefined) return [];
  if (plan.others.length === 0) {
    apply(plan);
    return [];
  }
  return due.length === 1 ? due : due.flatMap((change) => applyOnly([change]));
}

/** Undefined when nothing would change. */
function makePlan(targets) {
  plans += 1;
  const file = join(folder, `${plans}.tfplan`);
  const status = run("plan", "-input=false", "-detailed-exitcode", `-out=${file}`, ...targets);
  if (status === 0) return undefined;
  if (status !== 2) throw new Error(`${engine} plan failed`);
  const changes = changesOf(file);
  if (changes.length === 0) return undefined;
  return {
    file,
    due: changes.filter(isByItself),
    others: changes.filter((change) => !isByItself(change)),
  };
}

function changesOf(file) {
  const output = { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8", maxBuffer: Infinity };
  const { status, stdout } = spawnSync(engine, ["show", "-json", file], output);
  if (status !== 0) throw new Error(`${engine} show failed`);
  const { resource_changes: resources = [], output_changes: outputs = {} } = JSON.parse(stdout);
  const changes = resources.filter((each) => each.mode === "managed" && !isNothing(each));
  if (changes.length > 0) return changes;
  // They follow the resources, and are worth a word only where they change by themselves.
  return Object.entries(outputs)
    .map(([name, change]) => ({ address: `output.${name}`, change }))
    .filter((each) => !isNothing(each));
}

function isNothing({ change, previous_address: movedFrom }) {
  return change.actions[0] === "no-op" && !movedFrom && !change.importing;
}

/** Whether a change only rotates a token or revokes its predecessors: nothing that somebody wrote differs. */
function isByItself({ type, change, previous_address: movedFrom }) {
  return (
    type === "glsa_access_token" &&
    change.actions.join() === "update" &&
    !movedFrom &&
    changedAttributes(change).every((name) => isNotWritten(name, change))
  );
}

function isNotWritten(name, { before, after }) {
  // Without rotation somebody wrote the date.
  if (name === "expires_at") return before.rotation !== null && after.rotation !== null;
  return NOT_WRITTEN.has(name);
}

/** What is known only after the apply counts as changed. */
function changedAttributes({ before, after }) {
  const names = Object.keys({ ...before, ...after });
  return names.filter((name) => !isDeepStrictEqual(before?.[name], after?.[name]));
}

/** A token that must be replaced, whatever else changes about it. */
function isDue({ type, change: { before, after } }) {
  const isReplaced = type === "glsa_access_token" && before?.generation !== after?.generation;
  return isReplaced && /\b(due since|was found)\b/.test(after?.rotation_reason ?? "");
}

function apply({ file, due }) {
  console.log(["\nDue:", ...due.map((change) => `  ${reasonOf(change)}`)].join("\n"));
  const status = run("apply", "-input=false", file);
  if (status !== 0) hasFailed = true;
}

function reasonOf({ address, change: { before, after } }) {
  if (before.generation !== after.generation) return `${address}: ${after.rotation_reason}`;
  const notes = (before.previous ?? []).map((token) => `token ${token.token_id}: ${token.note}`);
  return `${address}: ${notes.join("; ")}`;
}

function describe({ address, change }) {
  const names =
    change.actions.join() === "update" ? ` (${changedAttributes(change).join(", ")})` : "";
  return `${address}: ${change.actions.join(", then ")}${names}`;
}

/** The engine's exit code; its output goes where ours goes. */
function run(...parameters) {
  const { status, error } = spawnSync(engine, parameters, {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error) throw error;
  return status;
}
