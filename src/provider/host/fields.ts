/** The pieces that a protobufjs JSON descriptor is made of. */
export interface Field {
  readonly type: string;
  readonly id: number;
  readonly rule?: "repeated";
  readonly keyType?: "string";
}

export interface Message {
  readonly fields: { readonly [name: string]: Field };
}

export function field(type: string, id: number): Field {
  return { type, id };
}

export function repeated(type: string, id: number): Field {
  return { type, id, rule: "repeated" };
}

export function mapOf(type: string, id: number): Field {
  return { type, id, keyType: "string" };
}

export function message(fields: Message["fields"] = {}): Message {
  return { fields };
}
