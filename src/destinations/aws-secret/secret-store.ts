import { accountHere, regionHere, requestToken, type AwsPlace } from "../aws/service";
import type { ValueNote } from "../delivery-note";
import type { NewValue } from "../destination";
import type { Content, Found, Store } from "../stored/store";
import { StoreError } from "../stored/store-error";
import { fieldsOf, fieldText, withField } from "./fields";
import { secretArn } from "./record";
import { refuseUnusable } from "./refusals";
import { SecretsManager, type SecretFacts } from "./secrets-manager";

/** Says that glsa made the secret, so that it may be deleted with its last value. */
const CREATED = "glsa-created";
/** What a secret holds that has no token: a text that is also a JSON object. */
const EMPTY = "{}";
/** The label of the version that proves that versions may be written. */
const CHECK_STAGE = "glsa-check";
const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";
const ATTEMPTS = 5;

export interface AwsSecretOptions extends AwsPlace {
  readonly label: string;
  readonly name: string;
  /** Undefined where the whole secret is the value. */
  readonly field: string | undefined;
  readonly stage: string;
  readonly kmsKey: string | undefined;
}

interface FoundSecret extends Found {
  readonly facts: SecretFacts;
}

/**
 * A secret in AWS Secrets Manager, or a field of its JSON. Versions never change, and the id of one that glsa writes
 * follows from the token: what a secret holds is known without reading it.
 */
export class SecretStore implements Store<FoundSecret> {
  readonly label: string;
  readonly address: string;
  /** By moving the label back, for which nothing has to be read. */
  readonly canRestore = true;
  private readonly service: SecretsManager;
  private readonly noteName: string;

  constructor(private readonly options: AwsSecretOptions) {
    const { name, region, endpoint, field, stage } = options;
    this.label = options.label;
    this.service = new SecretsManager(options, name);
    const where = [endpoint ?? null, regionHere(region), placeName(name), field ?? null, stage];
    this.address = `aws_secret ${JSON.stringify(where)}`;
    this.noteName = `glsa${field === undefined ? "" : `:${field}`}${stage === CURRENT ? "" : `@${stage}`}`;
  }

  async look(): Promise<FoundSecret | undefined> {
    const facts = await this.service.describe();
    if (facts === undefined) return undefined;
    refuseUnusable(facts);
    const version = facts.versions.get(this.options.stage);
    let content: Promise<Content> | undefined;
    const read = () => (content ??= this.contentOf(version, facts));
    return {
      facts,
      note: facts.tags.get(this.noteName),
      content: read,
      evidence: async (tokenId, note) => {
        if (version !== undefined && this.versionsOf(tokenId, note).includes(version)) return true;
        // A version of another id is another value, or the same one that something else wrote.
        return this.options.field === undefined && (await read()).kind === "hidden"
          ? false
          : undefined;
      },
    };
  }

  async prepare(found: FoundSecret | undefined, claim: string): Promise<void> {
    if (found === undefined) {
      const tags = new Map([
        [this.noteName, claim],
        [CREATED, "true"],
      ]);
      const first = { token: checkToken(undefined), content: EMPTY };
      await this.service.create(first, tags, this.options.kmsKey);
    } else {
      if (this.options.field !== undefined && (await found.content()).kind === "hidden") {
        throw needsReading(this.options.name);
      }
      await this.service.tag(this.noteName, found.note ?? claim);
    }
    await this.check(found?.facts.kmsKey);
  }

  async write(value: NewValue, note: string, before: FoundSecret | undefined): Promise<void> {
    if (before === undefined) await this.prepare(undefined, note);
    else await this.service.tag(this.noteName, note);
    try {
      await this.put(value);
    } catch (error) {
      const isRefused = error instanceof StoreError && !error.mayHaveTakenEffect;
      if (isRefused && before !== undefined) await this.putNote(before.note).catch(() => undefined);
      throw error;
    }
  }

  async restore(before: FoundSecret | undefined, written: NewValue): Promise<void> {
    const { stage, field } = this.options;
    const facts = await this.service.describe();
    const present = facts?.versions.get(stage);
    const ours = this.versionsOf(written.tokenId, written);
    const earlier = before?.facts.versions;
    if (facts !== undefined && present !== undefined && ours.includes(present)) {
      await this.moveBack(present, earlier ?? new Map<string, string>());
    } else if (facts !== undefined && field !== undefined) {
      const content = await before?.content();
      const old = content?.kind === "text" ? content.text : undefined;
      await this.edit(old, ["restored", written.tokenId, written.marker.key], written.value);
    }
    await this.putNote(before?.note);
  }

  async applySettings(): Promise<void> {
    const { kmsKey } = this.options;
    if (kmsKey !== undefined) await this.service.changeKey(kmsKey);
  }

  async remove({ facts }: FoundSecret): Promise<void> {
    const { stage, field } = this.options;
    const others = [...facts.tags.keys()].filter(
      (name) => /^glsa[:@]|^glsa$/.test(name) && name !== this.noteName,
    );
    const current = facts.versions.get(stage);
    const isLast = facts.tags.has(CREATED) && others.length === 0;
    if (isLast && (await this.isAlone(current))) return this.service.delete();
    if (field !== undefined) await this.edit(undefined, ["removed", current]);
    else if (stage !== CURRENT && current !== undefined) {
      await this.service.moveStage(stage, current, undefined);
    } else {
      await this.service.put({ token: requestToken("removed", current), content: EMPTY, stage });
    }
    await this.service.untag(this.noteName);
  }

  /** Whether the secret holds nothing but this value. */
  private async isAlone(version: string | undefined): Promise<boolean> {
    const { field } = this.options;
    if (field === undefined) return true;
    const text = version === undefined ? undefined : await this.service.read(version);
    return Object.keys(fieldsOf(text)).every((name) => name === field);
  }

  private async put({ value, tokenId, marker }: NewValue): Promise<void> {
    const { field, stage } = this.options;
    if (field !== undefined) return this.edit(value, this.tokenWords(tokenId, marker.key));
    const [token = ""] = this.versionsOf(tokenId, { marker });
    await this.service.put({ token, content: value, stage });
  }

  /**
   * Sets a field, or takes it away, and leaves the others as they are. The service knows no check-and-set: what was
   * current before tells afterwards whether something else wrote between the read and the write, and is merged then.
   * @param only the field is left alone where it holds another value by now
   */
  private async edit(
    value: string | undefined,
    words: readonly unknown[],
    only?: string,
  ): Promise<void> {
    const { field = "", stage } = this.options;
    let missed: string | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const expected = (await this.service.describe())?.versions.get(stage);
      const source = missed ?? expected;
      const fields = fieldsOf(source === undefined ? undefined : await this.service.read(source));
      const present = fieldText(fields, field);
      if (missed === undefined && present === value) return;
      if (only !== undefined && present !== only) return;
      const token = requestToken(...words, attempt);
      const content = JSON.stringify(withField(fields, field, value));
      await this.service.put({ token, content, stage });
      if (stage !== CURRENT) return;
      const after = (await this.service.describe())?.versions;
      const isLatest = after?.get(CURRENT) === token;
      if (isLatest && after?.get(PREVIOUS) === expected) return;
      missed = isLatest ? after?.get(PREVIOUS) : undefined;
    }
    throw new StoreError(`it was changed by something else at each of ${ATTEMPTS} attempts`, {
      remedy: "Find out what writes to it all the time, and apply again.",
    });
  }

  private async moveBack(from: string, earlier: ReadonlyMap<string, string>): Promise<void> {
    const { stage } = this.options;
    const to = earlier.get(stage);
    if (to === undefined && stage === CURRENT) {
      const token = requestToken("emptied", from);
      return this.service.put({ token, content: EMPTY, stage });
    }
    await this.service.moveStage(stage, from, to);
    // AWS gives this label to the version that was current last, whose token is about to be revoked.
    const previous = earlier.get(PREVIOUS);
    if (stage === CURRENT && previous !== undefined && previous !== to) {
      await this.service.moveStage(PREVIOUS, from, previous);
    }
  }

  private async putNote(note: string | undefined): Promise<void> {
    if (note === undefined) await this.service.untag(this.noteName);
    else await this.service.tag(this.noteName, note);
  }

  /** Proves that a version may be written: a second one with the same token is no second one, and has a label of its own. */
  private async check(kmsKey: string | undefined): Promise<void> {
    const token = checkToken(kmsKey);
    await this.service.put({ token, content: EMPTY, stage: CHECK_STAGE });
  }

  private async contentOf(version: string | undefined, facts: SecretFacts): Promise<Content> {
    const { field } = this.options;
    const isEmpty = [checkToken(undefined), checkToken(facts.kmsKey)].includes(version ?? "");
    if (version === undefined || isEmpty) return { kind: "absent" };
    try {
      const text = await this.service.read(version);
      if (text === EMPTY && facts.tags.has(this.noteName)) return { kind: "absent" };
      if (field === undefined) return { kind: "text", text: text ?? "" };
      const value = fieldText(fieldsOf(text), field);
      return value === undefined ? { kind: "absent" } : { kind: "text", text: value };
    } catch (error) {
      if (error instanceof StoreError && error.isDenied) return { kind: "hidden" };
      throw error;
    }
  }

  private tokenWords(tokenId: number, key: string): readonly unknown[] {
    return ["token", key, tokenId, this.options.field ?? null, this.options.stage];
  }

  /** The ids of the versions that a delivery of this token may have made. */
  private versionsOf(tokenId: number, { marker }: Pick<ValueNote, "marker">): string[] {
    const words = this.tokenWords(tokenId, marker.key);
    return Array.from({ length: ATTEMPTS }, (_, attempt) => requestToken(...words, attempt));
  }
}

/** An ARN of this account is the secret of its name. The account is not always known, and then the two stay apart. */
function placeName(name: string): string {
  const arn = secretArn(name);
  return arn !== undefined && arn.account === accountHere() ? arn.name : name;
}

/** A key of its own for each key of KMS: a version that another key encrypted need not be readable any more. */
function checkToken(kmsKey: string | undefined): string {
  return requestToken(CHECK_STAGE, kmsKey ?? null);
}

function needsReading(name: string): StoreError {
  return new StoreError("the login may not read the secret, and its other fields would be lost", {
    remedy: `Allow secretsmanager:GetSecretValue on ${name}, or leave field out.`,
    isLocal: true,
  });
}
