import { ACCOUNTS } from "./match/accounts";
import { checkExpected } from "./match/check-expected";
import { DELIVERIES } from "./match/deliveries";
import type {
  ExpectedAccount,
  ExpectedDelivery,
  ExpectedGrant,
  ExpectedToken,
} from "./match/expected";
import { GRANTS } from "./match/grants";
import { judge } from "./match/judge";
import type { Kind } from "./match/kind";
import { missingText, presentText } from "./match/message";
import { TOKENS } from "./match/tokens";
import { declarationsOf } from "./received";

/** The result that Jest and Vitest expect of a matcher. */
export interface MatcherResult {
  /** Whether the expectation is met; the test runner inverts it for `not`. */
  readonly pass: boolean;
  /** Why the expectation is not met. */
  message(): string;
}

/** What both runners pass to a matcher as `this`. */
export interface MatcherState {
  /** Whether the matcher follows `not`. */
  readonly isNot?: boolean;
}

type Matcher<E> = (this: MatcherState, received: unknown, expected: E) => MatcherResult;

/**
 * For `expect.extend(matchers)` in Jest or Vitest. The received value is a `TerraformStack`, the JSON of one as
 * `Testing.synth` writes it, or the result of `recordDeclarations`. `not` passes only if no declaration can match. A
 * value that is known only in the apply counts as a match.
 */
export const matchers = {
  toDeclareServiceAccount: matcherOf<unknown, ExpectedAccount>(ACCOUNTS),
  toGrant: matcherOf<unknown, ExpectedGrant>(GRANTS),
  toDeclareToken: matcherOf<unknown, ExpectedToken>(TOKENS),
  toDeliver: matcherOf<unknown, ExpectedDelivery>(DELIVERIES),
};

function matcherOf<D, E extends object>(kind: Kind<D, E>): Matcher<E> {
  return function (this: MatcherState, received: unknown, written: E): MatcherResult {
    const expected = checkExpected(kind, written);
    const declared = kind.list(declarationsOf(received));
    const judgements = declared.map((each) => judge(kind, expected, each));
    const isNot = this?.isNot === true;
    const pass = judgements.some(
      ({ verdict }) => verdict === "yes" || (isNot && verdict === "unknown"),
    );
    return {
      pass,
      message: () =>
        pass ? presentText(kind, judgements) : missingText(kind, expected, judgements),
    };
  };
}
