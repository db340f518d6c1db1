import { markDescription, readMarker, type Marker } from "../model";

/** Written beside a delivered value where there is room: whose value it is, even if nobody can read it back. */
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
