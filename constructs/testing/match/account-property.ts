import { samePath } from "../../../src/model";
import type { Property } from "./kind";

/** The account of a membership, token or delivery. Usernames ignore letter case. */
export function accountProperty<D extends { readonly account: string }>(): Property<D, string> {
  return {
    of: ({ account }) => account,
    equals: (expected, declared) => samePath(expected, String(declared)),
    say: (expected) => `of ${expected}`,
    isIdentity: true,
  };
}
