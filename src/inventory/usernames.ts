/** Usernames that this run has read so far, for messages. Sends no requests. */
export class Usernames {
  private readonly names = new Map<number, string>();

  note(users: Iterable<{ readonly id: number; readonly username: string }>): void {
    for (const { id, username } of users) this.names.set(id, username);
  }

  of(userId: number): string | undefined {
    return this.names.get(userId);
  }
}
