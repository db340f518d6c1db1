import { serverText } from "../../http";
import { StoreError } from "../stored/store-error";
import { Unanswered } from "./request-handler";

/** What was asked of AWS, for the words of an error. */
export interface AwsCall {
  /** As policies name it, such as `secretsmanager:PutSecretValue`. */
  readonly action: string;
  /** Name or ARN of what it was asked for. */
  readonly resource: string;
}

const DENIED = new Set(["AccessDenied", "AccessDeniedException", "AuthorizationError"]);
const LOGIN_REFUSED = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "TokenProviderError",
  "UnrecognizedClientException",
]);
const KEY_REFUSED = new Set(["DecryptionFailure", "EncryptionFailure", "InvalidKeyId"]);
const LIMITED = new Set(["ThrottlingException", "TooManyUpdates", "LimitExceededException"]);

export function isAwsError(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof StoreError && names.includes(error.kind);
}

/** A failure of the SDK as an error that says what to do. AWS's codes decide, its words are shown. */
export function awsFailure(error: unknown, call: AwsCall): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const { action, resource } = call;
  const said = `${action} on ${resource}: ${serverText(error.message || error.name)}`;
  if (error instanceof Unanswered) {
    return new StoreError(`${action} on ${resource}: no answer: ${serverText(error.message)}`, {
      remedy: "Check region, endpoint, the network, HTTPS_PROXY and NO_PROXY, and apply again.",
      isLocal: !error.mayHaveArrived,
      mayHaveTakenEffect: error.mayHaveArrived,
    });
  }
  if (error.message === "Region is missing") {
    return new StoreError("no region of AWS is known", {
      remedy: "Write region, or set AWS_REGION.",
      isLocal: true,
    });
  }
  const refusal = refusalOf(error, call);
  if (refusal !== undefined) return new StoreError(said, { ...refusal, kind: error.name });
  const status = statusOf(error);
  // What is no answer of AWS's is a fault of this program, which must not look like a refusal.
  if (status === undefined) return error;
  return status >= 500
    ? new StoreError(said, {
        remedy: "AWS failed. Apply again later.",
        mayHaveTakenEffect: true,
      })
    : new StoreError(said, { remedy: "Correct what AWS names.", kind: error.name });
}

function refusalOf({ name }: Error, { action, resource }: AwsCall) {
  if (DENIED.has(name)) {
    return {
      remedy: `Allow ${action} on ${resource} for the role of the apply; docs/delivery-services.md has a policy to start from.`,
      isDenied: true,
    };
  }
  if (LOGIN_REFUSED.has(name)) {
    return {
      remedy:
        "Give the apply credentials of AWS: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role (AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE).",
      isLocal: true,
    };
  }
  if (KEY_REFUSED.has(name)) {
    return {
      remedy:
        "Allow kms:GenerateDataKey and kms:Decrypt with the key that encrypts it, and see that the key is enabled.",
      isLocal: true,
    };
  }
  if (LIMITED.has(name)) return { remedy: "AWS refused requests as too many. Apply again later." };
  return undefined;
}

function statusOf(error: Error): number | undefined {
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return metadata?.httpStatusCode;
}
