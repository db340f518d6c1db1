import type { Destination, NewValue } from "../destination";
import type { Settings } from "../record";
import type { Content, Found, Store } from "../stored/store";
import { StoredValue } from "../stored/stored-value";
import { Connect, connectAddress, type Item, type NewField } from "./connect";
import { onepassword } from "./record";

/** Says that glsa made the item, so that it may be deleted with its last value. */
const CREATED = "glsa-created";

export function place(settings: Settings<typeof onepassword.attributes>): Destination {
  return new StoredValue(new ConnectStore(settings), settings);
}

interface FoundItem extends Found {
  readonly item: Item;
}

/** A field of an item; a field beside it says whose it is, and both are written in one request. */
class ConnectStore implements Store<FoundItem> {
  readonly label: string;
  readonly address: string;
  /** Who may write to a vault may read it. */
  readonly canRestore = true;
  private readonly connect: Connect;
  private readonly field: string;
  private readonly noteLabel: string;

  constructor(settings: Settings<typeof onepassword.attributes>) {
    const { vault, item, field, endpoint } = settings;
    this.label = onepassword.label(settings, String);
    const at = connectAddress(endpoint ?? undefined) ?? null;
    this.address = `onepassword ${JSON.stringify([at, vault, item, field])}`;
    this.field = field;
    this.noteLabel = `glsa ${field}`;
    this.connect = new Connect(endpoint ?? undefined, vault, item);
  }

  async look(): Promise<FoundItem | undefined> {
    const item = await this.connect.find();
    if (item === undefined) return undefined;
    const text = this.textOf(item, this.field);
    const content: Content = text === undefined ? { kind: "absent" } : { kind: "text", text };
    return { item, note: this.textOf(item, this.noteLabel), content: async () => content };
  }

  async prepare(found: FoundItem | undefined, claim: string): Promise<void> {
    if (found === undefined) await this.connect.create([this.noted(claim)], [CREATED]);
    else await this.connect.set(found.item, [this.noted(found.note ?? claim)]);
  }

  async write({ value }: NewValue, note: string, before: FoundItem | undefined): Promise<void> {
    const fields = [this.valued(value), this.noted(note)];
    if (before === undefined) await this.connect.create(fields, [CREATED]);
    else await this.connect.set(before.item, fields);
  }

  async restore(before: FoundItem | undefined, { value }: NewValue): Promise<void> {
    const item = await this.connect.find();
    if (item === undefined || this.textOf(item, this.field) !== value) return;
    const content = await before?.content();
    if (content?.kind === "text") {
      const { note } = before ?? {};
      await this.connect.set(item, [this.valued(content.text), this.noted(note ?? "")]);
    } else {
      await this.connect.unset(item, [this.field, this.noteLabel]);
    }
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove({ item }: FoundItem): Promise<void> {
    const isAlone = item.fields.every(
      ({ label, value }) => value === undefined || [this.field, this.noteLabel].includes(label),
    );
    if (item.tags.includes(CREATED) && isAlone) await this.connect.delete(item);
    else await this.connect.unset(item, [this.field, this.noteLabel]);
  }

  private textOf({ fields }: Item, label: string): string | undefined {
    return fields.find((field) => field.label === label)?.value;
  }

  private valued(value: string): NewField {
    return { label: this.field, value, type: "CONCEALED" };
  }

  private noted(value: string): NewField {
    return { label: this.noteLabel, value, type: "STRING" };
  }
}
