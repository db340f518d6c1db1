import { auth, secretmanager } from "@googleapis/secretmanager";
import { GOOGLE_PROJECT, type TestGoogle } from "./google";

/** A consumer, and another hand, with Google's own client and rights of their own. */
export class GoogleReader {
  constructor(private readonly google: TestGoogle) {}

  read(name: string): Promise<string | undefined> {
    return this.allowed(async () => {
      const path = `projects/${GOOGLE_PROJECT}/secrets/${name}/versions/latest`;
      const reply = await this.versions()
        .access({ name: path })
        .catch(() => undefined);
      const data = reply?.data.payload?.data;
      return data == null ? undefined : Buffer.from(data, "base64").toString();
    });
  }

  write(name: string, value: string): Promise<void> {
    return this.allowed(async () => {
      const parent = `projects/${GOOGLE_PROJECT}`;
      const { secrets } = this.client().projects;
      const requestBody = { replication: { automatic: {} } };
      await secrets.create({ parent, secretId: name, requestBody }).catch(() => undefined);
      const data = Buffer.from(value).toString("base64");
      const body = { payload: { data } };
      await secrets.addVersion({ parent: `${parent}/secrets/${name}`, requestBody: body });
    });
  }

  private versions() {
    return this.client().projects.secrets.versions;
  }

  private client() {
    const fetchImplementation = fetch as never;
    const login = new auth.OAuth2();
    login.setCredentials({ access_token: this.google.login.give() });
    return secretmanager({
      version: "v1",
      auth: login,
      rootUrl: `${this.google.url}/`,
      fetchImplementation,
    });
  }

  private async allowed<T>(work: () => Promise<T>): Promise<T> {
    const denied = [...this.google.denied];
    this.google.denied.clear();
    try {
      return await work();
    } finally {
      for (const each of denied) this.google.denied.add(each);
    }
  }
}
