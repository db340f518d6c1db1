import { hiddenDigest } from "../digest/hidden-digest";
import { changesAnything, stacksMarkdown, type StackReview } from "../outputs";
import type { Review } from "../review";
import { githubPlace } from "./github-place";
import { gitlabPlace } from "./gitlab-place";
import { hiddenMarker, REVIEW_NOTE } from "./hidden-marker";
import { given, PostingError, type Environment, type Place } from "./place";

export interface Posted {
  readonly label: string;
  readonly done: "created" | "edited" | "unchanged" | "nothing to say";
}

/**
 * Puts a review on the merge request or pull request that this job runs for, as one note that later runs edit. Notes of
 * others are never edited, whatever they say, and a plan without changes makes no first note.
 * @param name tells the notes of several plans apart. @default the job's name
 */
export async function postReview(
  review: Review,
  environment: Environment,
  name?: string,
): Promise<Posted> {
  return post((jobName) => [{ name: name ?? jobName, review }], environment, name);
}

/** Several plans in one note, each by the name of its stack. @param name tells this note from others. @default the job's name */
export function postStacks(
  stacks: readonly StackReview[],
  environment: Environment,
  name?: string,
): Promise<Posted> {
  return post(() => stacks, environment, name);
}

async function post(
  stacksOf: (jobName: string) => readonly StackReview[],
  environment: Environment,
  name: string | undefined,
): Promise<Posted> {
  const place = placeOf(environment);
  try {
    const title = name ?? place.jobName ?? "plan";
    const marker = hiddenMarker(REVIEW_NOTE, title);
    const stacks = stacksOf(place.jobName ?? "plan");
    const digests = stacks.map(({ name: stack, review }) =>
      hiddenDigest(review, stack, place.limit / stacks.length),
    );
    const hidden = [marker, ...digests, ""].join("\n");
    const { limit, jobUrl } = place;
    const body = `${hidden}${stacksMarkdown(stacks, { limit: limit - hidden.length, ...(jobUrl !== undefined && { jobUrl }) })}`;
    const hasNews = stacks.some(
      ({ review }) => changesAnything(review) || review.findings.length > 0,
    );
    return { label: place.label, done: await write(place, { marker, body, hasNews }) };
  } finally {
    await place.close();
  }
}

async function write(
  place: Place,
  { marker, body, hasNews }: { marker: string; body: string; hasNews: boolean },
): Promise<Posted["done"]> {
  const note = (await place.ownNotes()).find((own) => own.body.startsWith(marker));
  if (note === undefined) {
    if (!hasNews) return "nothing to say";
    await place.create(body);
    return "created";
  }
  if (note.body === body) return "unchanged";
  await place.update(note.id, body);
  return "edited";
}

function placeOf(environment: Environment): Place {
  if (given(environment, "CI_API_V4_URL") !== undefined) return gitlabPlace(environment);
  if (given(environment, "GITHUB_REPOSITORY") !== undefined) return githubPlace(environment);
  throw new PostingError(
    "--post works in jobs of GitLab CI and GitHub Actions, and this is neither (CI_API_V4_URL and GITHUB_REPOSITORY are not set).",
  );
}
