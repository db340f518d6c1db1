import { readDeliveryNote, type ValueNote } from "../delivery-note";
import type { Destination, NewValue } from "../destination";
import type { Settings } from "../record";
import type { Content, Found, Store } from "../stored/store";
import { StoreError } from "../stored/store-error";
import { StoredValue } from "../stored/stored-value";
import { gcpSecret } from "./record";
import { SecretManager, type Annotations, type SecretVersion } from "./secret-manager";
import { formatVersions, readVersions } from "./versions";

/** The annotation that says whose the newest version is. */
const NOTE = "glsa";
const VERSIONS = "glsa-versions";
/** Says that glsa made the secret, so that it may be deleted with its last value. */
const CREATED = "glsa-created";
/** What a delivery needs beside what `look` and `prepare` do themselves. */
const NEEDED = ["secretmanager.versions.add", "secretmanager.versions.disable"];
const TO_READ = "secretmanager.versions.access";

export function place(settings: Settings<typeof gcpSecret.attributes>): Destination {
  return new StoredValue(new GoogleStore(settings), settings);
}

interface FoundSecret extends Found {
  readonly annotations: Annotations;
  readonly version: SecretVersion | undefined;
}

/**
 * A secret in Google Secret Manager. Versions never change, and what reads `latest` reads the newest one even where that
 * is disabled: an old value is put back as a further version.
 */
class GoogleStore implements Store<FoundSecret> {
  readonly label: string;
  readonly address: string;
  private mayRead = true;
  /** What this run wrote last. Google tells of the newest version, and of annotations, with a delay. */
  private written: { readonly version: number; readonly note: string } | undefined;
  private readonly service: SecretManager;

  constructor(settings: Settings<typeof gcpSecret.attributes>) {
    const { project, secret, location, endpoint } = settings;
    this.label = gcpSecret.label(settings, String);
    const server = endpoint?.trim().replace(/\/+$/, "");
    this.address = `gcp_secret ${JSON.stringify([server ?? null, project, location, secret])}`;
    this.service = new SecretManager({
      project,
      secret,
      location: location ?? undefined,
      endpoint: server,
    });
  }

  get canRestore(): boolean {
    return this.mayRead;
  }

  async look(): Promise<FoundSecret | undefined> {
    const [facts, latest] = await Promise.all([
      this.service.find(),
      this.service.version("latest"),
    ]);
    if (facts === undefined) return undefined;
    const { annotations } = facts;
    const note = this.newestNote(annotations[NOTE]);
    const noted = versionIn(note);
    // By its number a version is known at once.
    const isBehind = noted !== undefined && noted > (latest?.number ?? 0);
    const version = isBehind ? await this.service.version(noted) : latest;
    let content: Promise<Content> | undefined;
    const read = () => (content ??= this.contentOf(version));
    return {
      annotations,
      version,
      note,
      content: read,
      evidence: async (tokenId, { tokenId: notedToken }: ValueNote) => {
        if (version?.isEnabled !== true || noted === undefined) return undefined;
        if (noted === version.number) return notedToken === tokenId;
        // Something else wrote since: another value, or the same one again.
        return (await read()).kind === "hidden" ? false : undefined;
      },
    };
  }

  async prepare(found: FoundSecret | undefined, claim: string): Promise<void> {
    if (found === undefined) await this.service.create({ [NOTE]: claim, [CREATED]: "true" });
    else await this.service.annotate((present) => ({ [NOTE]: claim, ...present }));
    const allowed = await this.service.permissionsAmong([...NEEDED, TO_READ]);
    const missing = NEEDED.filter((permission) => !allowed.has(permission));
    if (missing.length > 0) throw this.service.lacks(missing);
    this.mayRead &&= allowed.has(TO_READ);
  }

  async write(
    { value, tokenId }: NewValue,
    note: string,
    before: FoundSecret | undefined,
  ): Promise<void> {
    if (before === undefined) await this.prepare(undefined, note);
    else await this.service.annotate((present) => ({ ...present, [NOTE]: note }));
    let version: number;
    try {
      version = await this.add(value, before?.version);
    } catch (error) {
      const isRefused = error instanceof StoreError && !error.mayHaveTakenEffect;
      if (isRefused && before !== undefined) await this.putNote(before.note).catch(() => undefined);
      throw error;
    }
    await this.noteVersion(version, note, tokenId);
  }

  async restore(before: FoundSecret | undefined, { value }: NewValue): Promise<void> {
    const present = await this.look();
    const content = await present?.content();
    if (present?.version === undefined || content?.kind !== "text" || content.text !== value)
      return;
    const old = await before?.content();
    if (old?.kind === "text") {
      const version = await this.add(old.text, present.version);
      const note = before?.note;
      const token = readDeliveryNote(note)?.tokenId;
      if (note === undefined || token === undefined) await this.putNote(note);
      else await this.noteVersion(version, note, token);
    } else {
      await this.putNote(before?.note);
    }
    await this.service.disable(present.version.number);
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove({ annotations, version }: FoundSecret): Promise<void> {
    if (annotations[CREATED] !== undefined && (await this.isDeleted())) return;
    const ours = [...readVersions(annotations[VERSIONS]).keys(), version?.number];
    for (const number of new Set(ours)) {
      if (number !== undefined) await this.service.disable(number);
    }
    this.written = undefined;
    await this.service.annotate(({ [NOTE]: _note, [VERSIONS]: _versions, ...others }) => others);
  }

  async tidy(living: readonly number[]): Promise<void> {
    const versions = readVersions((await this.service.find())?.annotations[VERSIONS]);
    const dead = [...versions].filter(([, token]) => !living.includes(token));
    if (dead.length === 0) return;
    for (const [version] of dead) await this.service.disable(version);
    const left = [...versions].filter(([, token]) => living.includes(token));
    await this.service.annotate((present) => ({
      ...present,
      [VERSIONS]: formatVersions(new Map(left)),
    }));
  }

  /** False where the login may not delete: disabled, the value is gone as well. */
  private async isDeleted(): Promise<boolean> {
    try {
      await this.service.delete();
      return true;
    } catch (error) {
      if (!(error instanceof StoreError) || !error.isDenied) throw error;
      return false;
    }
  }

  /** Returns the new version. A request whose answer was lost is looked up: sent again, it would make a second one. */
  private async add(text: string, before: SecretVersion | undefined): Promise<number> {
    try {
      return (await this.service.add(text)).number;
    } catch (error) {
      if (!(error instanceof StoreError) || !error.mayHaveTakenEffect) throw error;
      const newest = await this.service.version("latest").catch(() => undefined);
      if (newest === undefined || newest.number <= (before?.number ?? 0)) throw error;
      const held = await this.service.read(newest.number).catch(() => undefined);
      if (held !== text) throw error;
      return newest.number;
    }
  }

  private async noteVersion(version: number, note: string, token: number): Promise<void> {
    const noted = `Version ${version}. ${withoutVersion(note)}`;
    this.written = { version, note: noted };
    await this.service.annotate((present) => {
      const versions = new Map([...readVersions(present[VERSIONS]), [version, token]]);
      return { ...present, [NOTE]: noted, [VERSIONS]: formatVersions(versions) };
    });
  }

  private async putNote(note: string | undefined): Promise<void> {
    this.written = undefined;
    await this.service.annotate(({ [NOTE]: _gone, ...others }) =>
      note === undefined ? others : { ...others, [NOTE]: note },
    );
  }

  private newestNote(found: string | undefined): string | undefined {
    const { written } = this;
    if (written === undefined || (versionIn(found) ?? 0) >= written.version) return found;
    return written.note;
  }

  private async contentOf(version: SecretVersion | undefined): Promise<Content> {
    if (version?.isEnabled !== true) return { kind: "absent" };
    try {
      return { kind: "text", text: await this.service.read(version.number) };
    } catch (error) {
      if (!(error instanceof StoreError) || !error.isDenied) throw error;
      this.mayRead = false;
      return { kind: "hidden" };
    }
  }
}

const VERSION = /^Version (\d+)\. /;

function versionIn(note: string | undefined): number | undefined {
  const found = VERSION.exec(note ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

function withoutVersion(note: string): string {
  return note.replace(VERSION, "");
}
