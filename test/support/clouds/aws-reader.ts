import { loadSdk } from "../../../src/destinations/aws/service";
import { AWS_REGION, type TestAws } from "./aws";

/** A consumer, and another hand, with the official client and rights of their own. */
export class AwsReader {
  constructor(private readonly aws: TestAws) {}

  secret(SecretId: string, VersionStage = "AWSCURRENT"): Promise<string | undefined> {
    return this.allowed(async () => {
      const { GetSecretValueCommand } = await loadSdk();
      const client = await this.secrets();
      const command = new GetSecretValueCommand({ SecretId, VersionStage });
      return (await client.send(command).catch(() => undefined))?.SecretString;
    });
  }

  async writeSecret(SecretId: string, SecretString?: string): Promise<void> {
    const { CreateSecretCommand, PutSecretValueCommand } = await loadSdk();
    const client = await this.secrets();
    const isThere = this.aws.secrets.secrets.has(SecretId);
    await (isThere
      ? client.send(new PutSecretValueCommand({ SecretId, SecretString }))
      : client.send(new CreateSecretCommand({ Name: SecretId, SecretString })));
  }

  parameter(Name: string): Promise<string | undefined> {
    return this.allowed(async () => {
      const { GetParameterCommand, SSMClient } = await loadSdk();
      const client = new SSMClient(this.options());
      const command = new GetParameterCommand({ Name, WithDecryption: true });
      return (await client.send(command).catch(() => undefined))?.Parameter?.Value;
    });
  }

  async writeParameter(Name: string, Value: string): Promise<void> {
    const { PutParameterCommand, SSMClient } = await loadSdk();
    const client = new SSMClient(this.options());
    const input = { Name, Value, Type: "SecureString" as const, Overwrite: true };
    await client.send(new PutParameterCommand(input));
  }

  private async secrets() {
    const { SecretsManagerClient } = await loadSdk();
    return new SecretsManagerClient(this.options());
  }

  private options() {
    return { endpoint: this.aws.url, region: AWS_REGION };
  }

  private async allowed<T>(work: () => Promise<T>): Promise<T> {
    const denied = [...this.aws.denied];
    this.aws.denied.clear();
    try {
      return await work();
    } finally {
      for (const each of denied) this.aws.denied.add(each);
    }
  }
}
