/** The kind of the notes that hold reviews. */
export const REVIEW_NOTE = "glsa-review";

/**
 * What GitLab and GitHub keep in a text and do not show, by which it is found again. A hyphen could end the comment.
 * @param kind such as `glsa-review`
 * @param name tells the texts of one kind apart; without it, what all of them begin with
 */
export function hiddenMarker(kind: string, name?: string): string {
  if (name === undefined) return `<!-- ${kind} `;
  return `<!-- ${kind} ${encodeURIComponent(name).replaceAll("-", "%2D")} -->`;
}
