import type {
  ExpectedAccount,
  ExpectedDelivery,
  ExpectedGrant,
  ExpectedToken,
} from "./match/expected";

/** The matchers as `expect(stack)` has them. `R` is what the test runner's matchers return. */
export interface DeclarationMatchers<R = void> {
  /** A service account is declared, and made by this stack. */
  toDeclareServiceAccount(expected: ExpectedAccount): R;
  /** An account is a direct member of a group or project. */
  toGrant(expected: ExpectedGrant): R;
  /** An account has a token. */
  toDeclareToken(expected: ExpectedToken): R;
  /** A token's value goes to a destination. */
  toDeliver(expected: ExpectedDelivery): R;
}

/* eslint-disable @typescript-eslint/no-empty-object-type, @typescript-eslint/ban-ts-comment,
   @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars --
   The declarations must be as the test runners' own, of which usually one is there. */

declare global {
  // Jest's globals, of @types/jest.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    interface Matchers<R, T = {}> extends DeclarationMatchers<R> {}
  }
}

// For who imports from @jest/globals.
/** @ts-ignore */
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends DeclarationMatchers<R> {}
}

/** @ts-ignore */
declare module "vitest" {
  interface Assertion<T = any> extends DeclarationMatchers {}
}
