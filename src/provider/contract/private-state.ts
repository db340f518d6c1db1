/** What a resource stores beside its state, invisible to the user. Plain JSON. */
export type PrivateState = { readonly [key: string]: unknown };
