import { EngineFailure, EngineStopped, type Engine } from "../engine";
import { isGitLabError, type GitLab } from "../gitlab";
import { fingerprint, utcDate } from "../model";
import { rotateWhatIsDue, type NightReport } from "../night";
import { declarationsIn, readPlan, type DeclaredToken } from "../review";
import { prove, revoke, revokeOther, type Proof, type Revocation } from "./actions";
import { write, type CodeEdit } from "./code";
import type { Leaked } from "./leaked";
import type { Asked } from "./look";
import type { LiveToken, Sighting } from "./sighting";

/** One leaked token, and what is to be done about it. */
export interface Case {
  readonly leaked: Leaked;
  readonly sighting: Sighting;
  /** Where the code is told first, so that the new token is delivered before this one ends. */
  readonly edit: CodeEdit | undefined;
}

export interface Response {
  readonly cases: readonly Case[];
  /** Whether other live tokens of the accounts go, too. */
  readonly withOthers: boolean;
  /** Creates the next token. Undefined without code here, or without a way to apply it. */
  readonly engine: Engine | undefined;
}

export interface OtherOutcome extends LiveToken {
  readonly revocation: Revocation;
}

/** What a declaration holds afterwards. */
export interface Replacement {
  readonly address: string;
  /** Null where the state could not be read. */
  readonly tokenId: number | null;
  readonly isAnother: boolean;
  readonly destinations: readonly string[];
  /** CI/CD variables that still hold the leaked value. */
  readonly stillHeld: readonly string[];
}

export interface Outcome {
  readonly sighting: Sighting;
  readonly revocation: Revocation | "by the apply";
  readonly proof: Proof;
  readonly others: readonly OtherOutcome[];
  readonly replacement: Replacement | null;
}

export interface Answer {
  readonly outcomes: readonly Outcome[];
  /** What the engine did, where it was started. */
  readonly night: NightReport | null;
  /** Why an apply did not happen: one sentence. */
  readonly failure: string | null;
}

/** Revokes, makes the next tokens and proves both. Run again after a kill, it goes on where it ended. */
export async function respond(response: Response, asked: Asked): Promise<Answer> {
  const { cases, engine } = response;
  const edited = cases.filter(({ edit }) => edit !== undefined);
  let failure = engine === undefined ? null : await applyEdits(edited, engine);
  const outcomes: Omit<Outcome, "replacement">[] = [];
  for (const one of cases) {
    // What the apply did not reach is still alive, and must not stay so because it failed.
    const isByApply = one.edit !== undefined && failure === null;
    const revocation = isByApply ? "by the apply" : await revoke(one.leaked, one.sighting, asked);
    const others = await revokeOthers(response, one.sighting, asked.gitlab);
    outcomes.push({
      sighting: one.sighting,
      revocation,
      proof: await prove(one.leaked, one.sighting, asked),
      others,
    });
  }
  const addresses = addressesOf(cases);
  const isOpen = engine !== undefined && addresses.length > 0;
  const night = isOpen
    ? await rotateWhatIsDue(engine, {
        isDryRun: false,
        withInit: false,
        only: addresses,
        max: undefined,
      })
    : null;
  failure ??= night?.failure ?? null;
  const after = engine === undefined ? undefined : await stateAfter(engine);
  const replaced = await Promise.all(cases.map((one) => replacementOf(one, after, asked.gitlab)));
  return {
    outcomes: outcomes.map((outcome, at) => ({ ...outcome, replacement: replaced[at] ?? null })),
    night,
    failure,
  };
}

/** Writes `revoke_now` and applies that alone. @returns why it was not applied */
async function applyEdits(edited: readonly Case[], engine: Engine): Promise<string | null> {
  if (edited.length === 0) return null;
  for (const { edit } of edited) if (edit !== undefined) write(edit);
  const addresses = addressesOf(edited);
  try {
    const plan = await engine.plan(addresses);
    const review = readPlan(plan.json, { today: utcDate(new Date()) });
    const changes = review.accounts.flatMap((account) => account.changes);
    const alien = changes.filter(({ address }) => !addresses.includes(address));
    const others = Object.values(review.others).some((count) => count > 0);
    if (alien.length > 0 || others) {
      return "The apply of revoke_now would take something else along, so that it was not started.";
    }
    await plan.apply();
    return null;
  } catch (failure) {
    if (failure instanceof EngineFailure || failure instanceof EngineStopped) {
      return failure.message;
    }
    throw failure;
  } finally {
    engine.close();
  }
}

async function revokeOthers(
  { withOthers }: Response,
  sighting: Sighting,
  gitlab: GitLab | undefined,
): Promise<OtherOutcome[]> {
  if (!withOthers || gitlab === undefined) return [];
  const outcomes: OtherOutcome[] = [];
  for (const other of sighting.others ?? []) {
    outcomes.push({ ...other, revocation: await revokeOther(gitlab, sighting, other.tokenId) });
  }
  return outcomes;
}

function addressesOf(cases: readonly Case[]): string[] {
  const declared = cases.flatMap(({ sighting }) => sighting.declared ?? []);
  const here = declared.filter(({ engine }) => engine !== undefined);
  return [...new Set(here.map(({ token }) => token.address))];
}

async function stateAfter(engine: Engine): Promise<readonly DeclaredToken[] | undefined> {
  try {
    return declarationsIn(await engine.state()).tokens;
  } catch (failure) {
    if (failure instanceof EngineFailure || failure instanceof EngineStopped) return undefined;
    throw failure;
  }
}

async function replacementOf(
  { leaked, sighting }: Case,
  after: readonly DeclaredToken[] | undefined,
  gitlab: GitLab | undefined,
): Promise<Replacement | null> {
  const { declared, tokenId } = sighting;
  if (declared?.engine === undefined) return null;
  const { address } = declared.token;
  const token = after?.find((each) => each.address === address);
  const { destinations } = token ?? declared.token;
  return {
    address,
    tokenId: token?.tokenId ?? null,
    isAnother: token !== undefined && token.tokenId !== tokenId,
    destinations,
    stillHeld: await stillHeld(leaked, token ?? declared.token, gitlab),
  };
}

/** The variables that can be read. Of a hidden one the provider's delivery, which reads its note back, is the proof. */
async function stillHeld(
  { value }: Leaked,
  { variables }: DeclaredToken,
  gitlab: GitLab | undefined,
): Promise<string[]> {
  if (value === undefined || gitlab === undefined) return [];
  const held = await Promise.all(
    variables.slice(0, MOST_LOOKED_AT).map(async ({ container, key, environmentScope }) => {
      const id = container.id ?? (await containerId(gitlab, container));
      if (id === undefined) return [];
      try {
        const address = { container: { kind: container.kind, id }, key, environmentScope };
        const { value: now } = await gitlab.variables.get(address);
        return now !== null && fingerprint(now) === fingerprint(value) ? [key] : [];
      } catch (failure) {
        if (isGitLabError(failure)) return [];
        throw failure;
      }
    }),
  );
  return held.flat();
}

/** The provider has read each of them back; a few are looked at once more. */
const MOST_LOOKED_AT = 3;

async function containerId(
  gitlab: GitLab,
  { kind, path = "" }: DeclaredToken["variables"][number]["container"],
): Promise<number | undefined> {
  try {
    const found =
      kind === "group" ? gitlab.containers.group(path) : gitlab.containers.project(path);
    return (await found).id;
  } catch (failure) {
    if (isGitLabError(failure)) return undefined;
    throw failure;
  }
}
