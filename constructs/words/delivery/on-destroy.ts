import { choiceProblems } from "../common-rules";
import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate } from "../late";

const CHOICES = ["remove", "keep"] as const;

/** What destroying a token does with the value that it delivered. */
export type DeliveryOnDestroy = (typeof CHOICES)[number];

export function onDestroyProblems(
  destination: string,
  onDestroy: DeliveryOnDestroy | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  return choiceProblems(`${destination}.onDestroy`, onDestroy, CHOICES, isLate);
}
