/** What the demo prints, without what differs from run to run: the stand-in's port, and how often the pipeline called. */
export function comparableDemo(text: string): string {
  return text
    .replace(/127\.0\.0\.1:(\d+|PORT)/, "127.0.0.1:PORT")
    .replace(/made \d+ calls/, "made N calls")
    .trim();
}
