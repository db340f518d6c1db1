/** A request to a cluster, or its set-up, that did not end well. It never holds a value nor a credential. */
export class KubernetesError extends Error {
  constructor(
    readonly kind:
      "settings" | "forbidden" | "missing" | "conflict" | "refused" | "silent" | "failed",
    message: string,
    /** What to do now. */
    readonly remedy: string,
  ) {
    super(message);
    this.name = "KubernetesError";
  }

  /** Whether the request may have been carried out all the same. */
  get mayHaveTakenEffect(): boolean {
    return this.kind === "failed";
  }

  /** Whether another machine or login may find it otherwise, or this apply set it up. */
  get isLocal(): boolean {
    return ["settings", "forbidden", "missing", "silent", "failed"].includes(this.kind);
  }
}
