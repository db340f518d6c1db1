import { fingerprint, markDescription, readMarker, type Marker } from "../model";
import type { NewValue } from "./destination";

/** Written beside a delivered value if there is room: it identifies the value, even if it cannot be read back. */
export interface DeliveryNote {
  readonly tokenId: number;
  readonly marker: Marker;
}

export function formatDeliveryNote({ tokenId, marker }: DeliveryNote): string {
  return markDescription(`Delivered by glsa: token ${tokenId}.`, marker);
}

export function readDeliveryNote(description: string | null | undefined): DeliveryNote | undefined {
  const marker = readMarker(description ?? null);
  const token = /\btoken (\d+)\./.exec(description ?? "");
  return marker === undefined || token === null ? undefined : { tokenId: Number(token[1]), marker };
}

/** A note that also tells which value it speaks of, where that may change without it. */
export interface ValueNote extends DeliveryNote {
  readonly fingerprint: string | undefined;
}

export function formatValueNote({ value, tokenId, marker }: NewValue): string {
  return markDescription(
    `Delivered by glsa: token ${tokenId}. Value ${fingerprint(value)}.`,
    marker,
  );
}

export function readValueNote(text: string | undefined): ValueNote | undefined {
  const note = readDeliveryNote(text);
  const found = /\bValue (sha256:[0-9a-f]+)\./.exec(text ?? "");
  return note && { ...note, fingerprint: found?.[1] };
}
