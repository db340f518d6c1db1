import { fingerprint, isSameStack, markDescription, readMarker } from "../../model";
import { formatValueNote, readValueNote } from "../delivery-note";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import type { Found, Store } from "./store";
import { StoreError } from "./store-error";

/** A destination that keeps a value, with a note of whose it is, in a store of some service. */
export class StoredValue<F extends Found> implements Destination {
  constructor(
    private readonly store: Store<F>,
    private readonly options: { readonly overwrite: boolean },
  ) {}

  get label(): string {
    return this.store.label;
  }

  get address(): string {
    return this.store.address;
  }

  get canRestore(): boolean {
    return this.store.canRestore;
  }

  async check(claim: Ownership): Promise<void> {
    await this.guard(async () => {
      const found = await this.store.look();
      await this.refuseForeign(found, claim);
      await this.store.prepare(found, claimNote(claim));
    });
  }

  async foresee(claim: Ownership): Promise<void> {
    await this.guard(async () => this.refuseForeign(await this.store.look(), claim));
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    return this.guard(async () => {
      const before = await this.store.look();
      try {
        await this.store.write(newValue, formatValueNote(newValue), before);
      } catch (error) {
        if (!(error instanceof StoreError) || !error.mayHaveTakenEffect) throw error;
        await this.confirmWritten(newValue, error);
      }
      if (!this.store.canRestore) return undefined;
      return () => this.guard(() => this.store.restore(before, newValue));
    });
  }

  async observe(delivered: Delivered): Promise<Observation> {
    return this.guard(async () => {
      const found = await this.store.look();
      const note = readValueNote(found?.note);
      // An imported token was not delivered by us, so nothing there can be compared with it.
      if (delivered.fingerprint === null && note?.tokenId !== delivered.tokenId) {
        return { kind: "not_comparable" };
      }
      if (found === undefined) return { kind: "missing" };
      const { differing: settings } = found;
      switch (await holding(found, delivered)) {
        case "nothing":
          return { kind: "missing" };
        case "other":
          return { kind: "value_changed" };
        case "unknown":
          return { kind: "not_comparable" };
        case "delivered":
          return settings === undefined
            ? { kind: "unchanged" }
            : { kind: "settings_changed", settings };
      }
    });
  }

  async applySettings(): Promise<void> {
    await this.guard(() => this.store.applySettings());
  }

  async tidy(living: readonly number[]): Promise<void> {
    await this.guard(async () => this.store.tidy?.(living));
  }

  async remove(delivered: Delivered): Promise<void> {
    await this.guard(async () => {
      const found = await this.store.look();
      if (found === undefined) return;
      const held = await holding(found, delivered);
      const isNoted = readValueNote(found.note)?.tokenId === delivered.tokenId;
      if (held === "delivered" || (held === "unknown" && isNoted)) await this.store.remove(found);
    });
  }

  private async refuseForeign(found: F | undefined, claim: Ownership): Promise<void> {
    if (found === undefined || claim.deliveredBefore || this.options.overwrite) return;
    const marker = readMarker(found.note ?? null);
    if (marker !== undefined) {
      // Within one stack no two tokens share a destination, so what is there was this one's, or was given up.
      if (isSameStack(marker.key, claim.key)) return;
      throw new StoreError("another stack of glsa delivers there (the note beside it says so)", {
        remedy: "Choose another place, or set overwrite = true to take it over.",
      });
    }
    const { kind } = await found.content();
    if (kind === "absent") return;
    throw new StoreError("it exists already and was not written by this declaration", {
      remedy: "Remove it, choose another place, or set overwrite = true to take it over.",
    });
  }

  /** A write whose response was lost is looked up; only if that fails too, the result is unknown. */
  private async confirmWritten(
    { value, tokenId }: NewValue,
    { message, remedy }: StoreError,
  ): Promise<void> {
    let held: Holding;
    try {
      const found = await this.store.look();
      const delivered = { tokenId, fingerprint: fingerprint(value) };
      held = found === undefined ? "nothing" : await holding(found, delivered);
    } catch {
      held = "unknown";
    }
    if (held === "delivered") return;
    const mayHoldValue = held === "unknown";
    throw new DeliveryError(this.label, message, remedy, { mayHoldValue });
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const { message, remedy, isLocal } = error;
      throw new DeliveryError(this.label, message, remedy, { isLocal });
    }
  }
}

type Holding = "delivered" | "other" | "nothing" | "unknown";

async function holding(found: Found, { tokenId, fingerprint: known }: Delivered): Promise<Holding> {
  const note = readValueNote(found.note);
  const evidence = note && (await found.evidence?.(tokenId, note));
  if (evidence !== undefined) return evidence ? "delivered" : "other";
  const content = await found.content();
  if (content.kind === "absent") return "nothing";
  if (content.kind === "hidden") {
    // What is noted was written before the value was, and proves only that another token came since.
    return note === undefined || note.tokenId === tokenId ? "unknown" : "other";
  }
  const expected = known ?? (note?.tokenId === tokenId ? note.fingerprint : undefined);
  return fingerprint(content.text) === expected ? "delivered" : "other";
}

/** What is written where a value will go, so that a run which is killed before it delivers knows the place again. */
function claimNote({ key }: Ownership): string {
  return markDescription("Made by glsa and holds no token yet.", { key, generation: 0 });
}
