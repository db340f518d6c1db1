import type { Engine, Review } from "../../review";
import { shown } from "../../review/outputs";
import { CodedError } from "../../model/code";

/** How each engine is told to apply one resource alone. */
const OPTION: Readonly<Record<Engine, string>> = {
  terraform: "-target=",
  opentofu: "-target=",
  pulumi: "--target=",
};

/** The arguments by which the engine applies only what is due, each with its end. */
export function targetArguments({ engine, rotationTargets }: Review, end: "\n" | "\0"): string {
  const broken = rotationTargets.find((target) => target.includes(end));
  if (broken !== undefined) {
    throw new CodedError(
      "ambiguous-target",
      `${shown(broken, "line")} is not one line. Use --null, with xargs -0.`,
    );
  }
  return rotationTargets.map((target) => `${OPTION[engine]}${target}${end}`).join("");
}
