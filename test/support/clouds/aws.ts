import { AwsError } from "./aws-error";
import { ParameterStoreCore } from "./parameter-store";
import { SecretsManagerCore } from "./secrets-manager";
import { verifySignature } from "./sigv4";
import { StandIn, type CloudReply, type CloudRequest } from "./stand-in";

export const AWS_REGION = "eu-central-1";
export const USABLE_KEY = "alias/tokens";
const SERVICES: Readonly<Record<string, string>> = {
  secretsmanager: "secretsmanager",
  AmazonSSM: "ssm",
};

/** AWS Secrets Manager and the Parameter Store, with signatures and policies. */
export class TestAws extends StandIn {
  readonly environment = {
    AWS_ACCESS_KEY_ID: "AKIATESTTESTTEST",
    AWS_SECRET_ACCESS_KEY: "test-secret-access-key-0123456789abcdef",
    AWS_REGION,
  };
  /** Actions that the policy of the login does not allow, such as `ssm:PutParameter`. */
  readonly denied = new Set<string>();
  readonly secrets = new SecretsManagerCore(AWS_REGION, "123456789012", new Set([USABLE_KEY]));
  readonly parameters = new ParameterStoreCore(new Set([USABLE_KEY]));

  static start(): Promise<TestAws> {
    return new TestAws().listen();
  }

  protected nameOf({ headers }: CloudRequest): string {
    const [service = "", operation] = String(headers["x-amz-target"]).split(".");
    return `${SERVICES[service]}:${operation}`;
  }

  protected answer(request: CloudRequest): CloudReply {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = this.environment;
    const signed = verifySignature(request, new Map([[id, secret]]));
    try {
      if (typeof signed === "string") throw new AwsError(signed, "The login is refused.");
      const name = this.nameOf(request);
      const [service = "", operation = ""] = name.split(":");
      if (signed.service !== service || signed.region !== AWS_REGION) {
        throw new AwsError("InvalidSignatureException", "The credential's scope is another.");
      }
      const input = JSON.parse(request.body.toString()) as Record<string, unknown>;
      this.refuseDenied(name, input);
      const core = service === "ssm" ? this.parameters : this.secrets;
      return reply(200, core.answer(operation, input));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return reply(error.status, { __type: error.type, message: error.message });
    }
  }

  private refuseDenied(name: string, input: Readonly<Record<string, unknown>>): void {
    const tagging = name.startsWith("ssm:")
      ? "ssm:AddTagsToResource"
      : "secretsmanager:TagResource";
    const needed = input["Tags"] === undefined ? [name] : [name, tagging];
    const action = needed.find((each) => this.denied.has(each));
    if (action === undefined) return;
    throw new AwsError(
      "AccessDeniedException",
      `User: arn:aws:iam::123456789012:user/test is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    );
  }
}

function reply(status: number, body: unknown): CloudReply {
  return { status, body: body ?? {}, headers: { "content-type": "application/x-amz-json-1.1" } };
}
