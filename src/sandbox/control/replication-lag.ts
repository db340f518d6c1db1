import type { Reply } from "../http/reply";

/** Hides new objects from readers, like a replica that lags behind. */
export class ReplicationLag {
  milliseconds = 0;
  private readonly recent = new Map<string, number>();

  /** Records what a response says was created, and removes it from reads that come too early. */
  apply(method: string, path: string, reply: Reply): Reply {
    if (this.milliseconds === 0) return reply;
    this.forgetOld();
    if (method === "POST" && reply.status === 201) this.remember(path, reply.body);
    if (method !== "GET" || reply.status !== 200) return reply;
    if (this.recent.has(path)) return { status: 404, body: { message: "404 Not found" } };
    if (!Array.isArray(reply.body)) return reply;
    const visible = (row: unknown) => !this.recent.has(`${path}/${idOf(row) ?? ""}`);
    return { ...reply, body: reply.body.filter(visible) };
  }

  private remember(path: string, body: unknown): void {
    const id = idOf(body);
    if (id !== undefined) this.recent.set(`${path}/${id}`, performance.now());
  }

  private forgetOld(): void {
    const bound = performance.now() - this.milliseconds;
    for (const [path, created] of this.recent) {
      if (created > bound) return;
      this.recent.delete(path);
    }
  }

  reset(): void {
    this.milliseconds = 0;
    this.recent.clear();
  }
}

function idOf(row: unknown): number | undefined {
  const id = typeof row === "object" && row !== null ? (row as { id?: unknown }).id : undefined;
  return typeof id === "number" ? id : undefined;
}
