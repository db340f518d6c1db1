/**
 * What GitLab and GitHub keep in a text and do not show, by which it is found again. A hyphen could end the comment.
 * @param kind such as `glsa-review`
 * @param name tells the texts of one kind apart
 */
export function hiddenMarker(kind: string, name: string): string {
  return `<!-- ${kind} ${encodeURIComponent(name).replaceAll("-", "%2D")} -->`;
}
