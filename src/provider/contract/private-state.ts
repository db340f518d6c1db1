/** What a resource keeps beside its state, unseen by the user; plain JSON. */
export type PrivateState = { readonly [key: string]: unknown };
