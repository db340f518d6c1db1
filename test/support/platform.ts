import { cleanUpWorkspaces } from "./engine";
import { TestGitLab } from "./gitlab";

export interface Platform {
  /** The stand-in of the test that runs. */
  readonly gitlab: TestGitLab;
  readonly ids: { readonly platform: number; readonly apps: number; readonly charts: number };
}

/** A stand-in of its own for each test of a file, with a small platform in it. */
export function usePlatform(): Platform {
  let present: Platform | undefined;
  beforeEach(async () => {
    const gitlab = await TestGitLab.start();
    present = { gitlab, ids: await gitlab.platform() };
  });
  afterEach(async () => {
    cleanUpWorkspaces();
    await present?.gitlab.close();
  });
  const now = (): Platform => {
    if (present === undefined) throw new Error("there is a platform only while a test runs");
    return present;
  };
  return {
    get gitlab() {
      return now().gitlab;
    },
    get ids() {
      return now().ids;
    },
  };
}
