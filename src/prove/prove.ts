import { Connection } from "../http";
import type { Tier } from "../sandbox";
import { BOUNDS, Budget, type Bounds } from "./bounds";
import { MARK, markOfRun } from "./mark";
import { proveProvider, PROVIDER_TRACK, type Check } from "./provider/workflow";
import { clean, look, type Cleaned, type Site } from "./real/clean";
import { describeLeftOvers, type Contents } from "./real/contents";
import { lookAhead, refuseGitLabCom, type Subject } from "./real/preflight";
import { Recorder, type Exchange } from "./real/recorder";
import { askInstance, type Ask } from "./real/target";
import { Territory } from "./real/territory";
import { prepareGroup } from "./recording/prepare-group";
import type { PreparedGroup, Recording } from "./recording/recording";
import { replay, type Replayed } from "./recording/replay";
import { recordingOf } from "./recording/sanitise";
import { Words } from "./recording/words";
import { Refused } from "./refused";
import { play, SCENARIOS } from "./scenarios";

/** All parts, in order. */
export const PARTS: readonly string[] = [...SCENARIOS.map(({ name }) => name), PROVIDER_TRACK];

export interface ProveSettings {
  readonly baseUrl: string;
  readonly token: string;
  /** Full path of the group. */
  readonly group: string;
  readonly tier?: Tier | undefined;
  readonly caFile?: string | undefined;
  readonly allowGitLabCom?: boolean;
  /** Names of the parts to run. @default all */
  readonly parts?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
  /** @default see docs/prove.md */
  readonly bounds?: Bounds;
}

/** What was found before anything is written. */
export interface Prospect {
  readonly subject: Subject;
  /** The left-overs of earlier runs, in words. */
  readonly leftOvers: readonly string[];
}

/** One recording, and the stand-in's responses to the same requests. */
export interface Proof {
  readonly name: string;
  readonly about: string;
  readonly recording: Recording;
  readonly replayed: readonly Replayed[];
}

export interface Outcome {
  readonly subject: Subject;
  readonly proofs: readonly Proof[];
  readonly checks: readonly Check[];
  /** Why the provider's part was left out. */
  readonly providerNotRun: string | undefined;
  /** Why the run ended before it was finished. */
  readonly endedBy: string | undefined;
  readonly cleaned: Cleaned;
  readonly requests: number;
  readonly objects: number;
  /** Reads of the provider that show objects of others. */
  readonly leftOut: number;
}

/** A proof on one instance and group: first a look, then the run. */
export class Prover {
  private readonly budget: Budget;
  private readonly recorder: Recorder;
  private readonly connection: Connection;

  constructor(private readonly settings: ProveSettings) {
    const { caFile, baseUrl, signal = new AbortController().signal } = settings;
    this.budget = new Budget(settings.bounds ?? BOUNDS);
    this.connection = new Connection({
      ...(caFile !== undefined && { certificates: { path: caFile, setting: "--ca-file" } }),
    });
    const ask: Ask = askInstance(baseUrl, this.connection);
    this.recorder = new Recorder({ ask, budget: this.budget, signal });
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Reads only. Throws `Refused` if the run must not begin. */
  async look(): Promise<Prospect> {
    const { allowGitLabCom = false, token, ...wanted } = this.settings;
    refuseGitLabCom({ ...wanted, allowGitLabCom });
    const read = (path: string, query: Readonly<Record<string, string>> = {}) =>
      this.recorder.look({ method: "GET", path: `/api/v4/${path}`, query, token, body: undefined });
    const subject = await lookAhead(read, { ...wanted, allowGitLabCom });
    const contents = await look(this.siteOf(subject));
    refuseForeign(contents, wanted.group);
    return { subject, leftOvers: describeLeftOvers(contents) };
  }

  /** Removes the left-overs of earlier runs, and nothing else. */
  clean({ subject }: Prospect): Promise<Cleaned> {
    const site = this.siteOf(subject);
    this.recorder.territory = site.territory;
    this.recorder.beginCleaning();
    return clean(site);
  }

  /** Removes left-overs, does everything, compares, and removes everything. */
  async run({ subject, leftOvers }: Prospect): Promise<Outcome> {
    const site = this.siteOf(subject);
    this.recorder.territory = site.territory;
    const played: Played = { tracks: [], checks: [], providerNotRun: undefined };
    let endedBy: unknown;
    try {
      if (leftOvers.length > 0) await clean(site);
      await this.play(site, markOfRun(), played);
    } catch (cause) {
      endedBy = cause;
    }
    this.recorder.beginCleaning();
    const cleaned = await cleanAtLast(site);
    const { tracks, checks, providerNotRun } = played;
    const { requests, objects } = this.budget;
    const words = new Words(this.known(subject), site.territory.tokenValues);
    return {
      subject,
      proofs: await this.proofs(tracks, subject),
      checks: checks.map((check) => ({ ...check, detail: words.clean(check.detail) })),
      providerNotRun,
      endedBy: endedBy === undefined ? undefined : words.clean(messageOf(endedBy)),
      cleaned,
      requests,
      objects,
      leftOut: this.recorder.leftOut,
    };
  }

  /** Fills in the results of played parts, so that they exist after a failure, too. */
  private async play(site: Site, mark: string, played: Played): Promise<void> {
    const { parts = PARTS } = this.settings;
    for (const scenario of SCENARIOS.filter(({ name }) => parts.includes(name))) {
      await play(scenario, site, mark);
      played.tracks.push({ ...scenario, exchanges: this.recorder.takeTrack() });
    }
    if (!parts.includes(PROVIDER_TRACK)) return;
    const attempts = accountsMade(played.tracks);
    if (attempts.length > 0 && !attempts.includes(true)) {
      played.providerNotRun =
        "GitLab created no account for this token: see the recording of accounts. Before 18.11 accounts need Premium; Owners need the setting that lets them create accounts, administrators do not.";
      return;
    }
    played.checks = await proveProvider(site, mark);
    const exchanges = this.recorder.takeTrack();
    played.tracks.push({ name: PROVIDER_TRACK, about: "the provider's own requests", exchanges });
  }

  private async proofs(tracks: readonly Track[], subject: Subject): Promise<Proof[]> {
    const prepared = preparedOf(tracks, subject);
    const proofs: Proof[] = [];
    for (const { name, about, exchanges } of tracks) {
      if (exchanges.length === 0) continue;
      const recording = recordingOf(exchanges, {
        file: `${versionFolder(subject)}/prove/${name}.json`,
        version: subject.version,
        tier: subject.tier,
        prepared,
        known: this.known(subject),
      });
      const stage = await prepareGroup(recording, prepared);
      try {
        proofs.push({ name, about, recording, replayed: await replay(recording, stage) });
      } finally {
        await stage.close();
      }
    }
    return proofs;
  }

  private known({ user, group }: Subject) {
    const { baseUrl, token } = this.settings;
    return { baseUrl, token, user, group };
  }

  private siteOf({ group, user }: Subject): Site {
    const territory = new Territory(group.id, MARK);
    return { recorder: this.recorder, territory, token: this.settings.token, self: user.id };
  }
}

interface Played {
  readonly tracks: Track[];
  checks: readonly Check[];
  providerNotRun: string | undefined;
}

interface Track {
  readonly name: string;
  readonly about: string;
  readonly exchanges: readonly Exchange[];
}

/** Recordings are in folders that are named by three numbers. */
export function versionFolder({ version }: Subject): string {
  const [found] = /^\d+\.\d+(\.\d+)?/.exec(version) ?? ["0.0"];
  return found.split(".").length === 3 ? found : `${found}.0`;
}

function refuseForeign({ foreign }: Contents, group: string): void {
  if (foreign.length === 0) return;
  const shown = foreign.slice(0, 5).join(", ");
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : "";
  throw new Refused(
    `The group "${group}" contains objects that no run of glsa prove created: ${shown}${more}. Create an empty group for the proof.`,
  );
}

/** Only administrators may create accounts if Owners may not; GitLab shows that setting to administrators only. */
function preparedOf(tracks: readonly Track[], { group, isAdministrator }: Subject): PreparedGroup {
  return {
    id: group.id,
    visibility: group.visibility,
    administrator: isAdministrator,
    owners_create_accounts: accountsMade(tracks).includes(true),
  };
}

/** For each requested account, whether it was created. */
function accountsMade(tracks: readonly Track[]): boolean[] {
  return tracks
    .flatMap(({ exchanges }) => exchanges)
    .filter(
      ({ outgoing: { method, path } }) => method === "POST" && path.endsWith("/service_accounts"),
    )
    .map(({ incoming }) => incoming.status === 201);
}

async function cleanAtLast(site: Site): Promise<Cleaned> {
  try {
    return await clean(site);
  } catch (cause) {
    return {
      removed: 0,
      left: [`what the run created, since cleaning failed: ${messageOf(cause)}`],
    };
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
