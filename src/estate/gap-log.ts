import { isGitLabError } from "../gitlab";
import type { Gap, GapKind, PicturedContainer } from "./picture";

export interface Missing {
  readonly hides: readonly GapKind[];
  readonly container?: PicturedContainer;
  readonly userId?: number;
  /** For output: `the members of project platform/charts`. */
  readonly what: string;
}

/** Why the rest of a pass was not read. */
type Ending = "interrupted" | "limited";

/** What could not be seen. What an ended pass left out is one gap for each kind, not one for each object. */
export class GapLog {
  /** @param isSpent whether the maximum number of requests was reached */
  constructor(private readonly isSpent: () => boolean) {}

  private readonly gaps: Gap[] = [];
  private readonly unasked = new Map<string, { readonly gap: Gap; count: number }>();

  /** @throws any error that is not a failure of GitLab */
  failed(missing: Missing, failure: unknown): void {
    if (!isGitLabError(failure)) throw failure;
    const { route, status = null, serverMessage, remedy } = failure;
    if (failure.kind === "stopped") return this.ended(missing, "interrupted", route);
    if (failure.kind === "beyond_limit" && this.isSpent())
      return this.ended(missing, "limited", route);
    this.gaps.push({
      ...placeOf(missing),
      route: route === "" ? "/api/graphql" : route,
      status,
      reason: `GitLab did not show ${missing.what} (${status ?? "no response"}: ${serverMessage}).`,
      remedy,
      isExpected: false,
    });
  }

  shifted(missing: Missing, route: string): void {
    this.gaps.push({
      ...placeOf(missing),
      route,
      status: null,
      reason: `While ${missing.what} were read, entries of the list were removed, so others may have been missed.`,
      remedy: "Run it again when less changes.",
      isExpected: false,
    });
  }

  /** What follows from the scope and the caller. */
  expected(missing: Missing, reason: string, remedy: string): void {
    const nothing = { route: null, status: null };
    this.gaps.push({ ...placeOf(missing), ...nothing, reason, remedy, isExpected: true });
  }

  all(): readonly Gap[] {
    const ended = [...this.unasked.values()].map(({ gap, count }) => ({
      ...gap,
      reason: `${gap.reason} ${count === 1 ? "One request was" : `${count} requests were`} not sent.`,
    }));
    return [...this.gaps, ...ended];
  }

  private ended(missing: Missing, ending: Ending, route: string): void {
    const key = `${ending} ${missing.hides.join()} ${route}`;
    const known = this.unasked.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    this.unasked.set(key, { gap: endGap(missing, ending, route), count: 1 });
  }
}

function endGap({ hides }: Missing, ending: Ending, route: string): Gap {
  const [reason, remedy] =
    ending === "interrupted"
      ? ["The pass was interrupted.", "Run it again and let it finish."]
      : ["The pass has reached its maximum number of requests.", "Raise --max-requests."];
  const where = { container: null, userId: null, route: route === "" ? "/api/graphql" : route };
  return { hides, ...where, status: null, reason, remedy, isExpected: false };
}

function placeOf({ hides, container, userId }: Missing) {
  return { hides, container: container ?? null, userId: userId ?? null };
}
