import { regionHere } from "../aws/service";
import type { Destination, NewValue } from "../destination";
import type { Settings } from "../record";
import type { Content, Found, Store } from "../stored/store";
import { StoredValue } from "../stored/stored-value";
import { StoreError } from "../stored/store-error";
import { ParameterService, type Parameter, type ParameterSettings } from "./parameter-store";
import { awsParameter } from "./record";

/** Beside the value: a parameter's tags say whose it is. */
const NOTE = "glsa";
/** What a parameter holds that has no token yet; it cannot be empty. */
const EMPTY = "{}";

export function place(settings: Settings<typeof awsParameter.attributes>): Destination {
  return new StoredValue(new ParameterStore(settings), settings);
}

/** A SecureString. Its history keeps what was there before, but nothing points to it: an old value is written again. */
class ParameterStore implements Store {
  readonly label: string;
  readonly address: string;
  private mayRead = true;
  private readonly service: ParameterService;
  private readonly settings: ParameterSettings;

  constructor(settings: Settings<typeof awsParameter.attributes>) {
    const { name, region, endpoint, tier, kms_key: kmsKey } = settings;
    this.label = awsParameter.label(settings, String);
    this.address = `aws_parameter ${JSON.stringify([endpoint, regionHere(region ?? undefined), name])}`;
    this.settings = { tier: tier as ParameterSettings["tier"], kmsKey: kmsKey ?? undefined };
    const where = { region: region ?? undefined, endpoint: endpoint ?? undefined };
    this.service = new ParameterService(where, name);
  }

  get canRestore(): boolean {
    return this.mayRead;
  }

  async look(): Promise<Found | undefined> {
    const [present, tags] = await Promise.all([this.read(), this.service.tags()]);
    if (tags === undefined || present === "absent") return undefined;
    if (present !== "hidden" && present.type !== "SecureString") {
      throw new StoreError(`it is a ${present.type}, and AWS never changes that`, {
        remedy: "Delete it, so that it is made as a SecureString, or choose another name.",
      });
    }
    const note = tags.get(NOTE);
    return { note, content: async () => contentOf(present, note) };
  }

  async prepare(found: Found | undefined, claim: string): Promise<void> {
    if (found === undefined) {
      await this.service.create(EMPTY, this.settings, [NOTE, claim]);
      return;
    }
    await this.service.tag(NOTE, found.note ?? claim);
    // Refused because there is one: whether it may be written is asked first.
    await this.service.create(EMPTY, this.settings);
  }

  async write({ value }: NewValue, note: string, before: Found | undefined): Promise<void> {
    if (before === undefined) await this.prepare(undefined, note);
    await this.service.tag(NOTE, note);
    try {
      await this.service.replace(value, this.settings);
    } catch (error) {
      const isRefused = error instanceof StoreError && !error.mayHaveTakenEffect;
      if (isRefused && before !== undefined) await this.putNote(before.note).catch(() => undefined);
      throw error;
    }
  }

  async restore(before: Found | undefined, { value }: NewValue): Promise<void> {
    const present = await this.read();
    const isOurs = typeof present === "object" && present.value === value;
    if (!isOurs) return;
    if (before === undefined) return this.service.delete();
    const content = await before.content();
    await this.service.replace(content.kind === "text" ? content.text : EMPTY, this.settings);
    await this.putNote(before.note);
  }

  /** A tier and a key are set with a value: the present one is written again. */
  async applySettings(): Promise<void> {
    const present = await this.service.read();
    if (present !== undefined) await this.service.replace(present.value, this.settings);
  }

  remove(): Promise<void> {
    return this.service.delete();
  }

  private async read(): Promise<Parameter | "absent" | "hidden"> {
    if (!this.mayRead) return "hidden";
    try {
      return (await this.service.read()) ?? "absent";
    } catch (error) {
      if (!(error instanceof StoreError) || !error.isDenied) throw error;
      this.mayRead = false;
      return "hidden";
    }
  }

  private async putNote(note: string | undefined): Promise<void> {
    if (note === undefined) await this.service.untag(NOTE);
    else await this.service.tag(NOTE, note);
  }
}

function contentOf(present: Parameter | "hidden", note: string | undefined): Content {
  if (present === "hidden") return { kind: "hidden" };
  if (present.value === EMPTY && note !== undefined) return { kind: "absent" };
  return { kind: "text", text: present.value };
}
