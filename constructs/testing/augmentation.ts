import type {
  ExpectedAccount,
  ExpectedDelivery,
  ExpectedGrant,
  ExpectedToken,
} from "./match/expected";

/** The matchers of `expect(stack)`. `R` is the return type of the test runner's matchers. */
export interface DeclarationMatchers<R = void> {
  /** A service account is declared and managed by this stack. */
  toDeclareServiceAccount(expected: ExpectedAccount): R;
  /** An account is a direct member of a group or project. */
  toGrant(expected: ExpectedGrant): R;
  /** An account has a token. */
  toDeclareToken(expected: ExpectedToken): R;
  /** A token's value is delivered to a destination. */
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

// For tests that import from @jest/globals.
/** @ts-ignore */
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends DeclarationMatchers<R> {}
}

/** @ts-ignore */
declare module "vitest" {
  interface Assertion<T = any> extends DeclarationMatchers {}
}
