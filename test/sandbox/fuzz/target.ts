import type { SandboxHandle, SandboxState, StartedJob } from "../../../src/sandbox";

/** A stand-in that random requests are sent to, in this process or in another. */
export interface FuzzTarget {
  readonly url: string;
  readonly token: string;
  startJob(project: number, user: string): Promise<StartedJob>;
  state(): Promise<SandboxState>;
  loadState(state: SandboxState): Promise<void>;
  keepDeletedUsers(): Promise<void>;
}

export function inProcess({ url, token, control }: SandboxHandle): FuzzTarget {
  return {
    url,
    token,
    startJob: (project, user) => Promise.resolve(control.startJob(project, user)),
    state: () => Promise.resolve(control.state()),
    loadState: (state) => Promise.resolve(control.loadState(state)),
    keepDeletedUsers: () => Promise.resolve(control.setDeletionDelay(null)),
  };
}

/** One that is reached by its control calls alone. */
export function remote(url: string, token: string): FuzzTarget {
  const call = async <T>(method: string, name: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/-/sandbox/${name}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };
  return {
    url,
    token,
    startJob: (project, user) => call("POST", "job", { project, user }),
    state: () => call("GET", "state"),
    loadState: (state) => call("POST", "state", state),
    keepDeletedUsers: () => call("POST", "deletion", { delay: null }),
  };
}
