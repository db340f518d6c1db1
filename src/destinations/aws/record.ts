import { addressRule, textRule } from "../malformed";

/** The attributes that every destination at AWS has. */
export const awsAttributes = {
  region: {
    type: "string",
    optional: true,
    unset: "that of the SDK's chain, such as AWS_REGION",
    description: "Region of AWS, such as eu-central-1.",
  },
  endpoint: {
    type: "string",
    optional: true,
    unset: "AWS's own",
    description: "Address of the service, for emulators and private endpoints.",
  },
  kms_key: {
    type: "string",
    optional: true,
    unset: "the account's default key",
    description: "Id, ARN or alias of the KMS key that encrypts the value.",
  },
} as const;

export const awsRules = {
  region: textRule({
    name: "region",
    must: "be the code of a region",
    example: "eu-central-1",
    fits: (region) => /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region),
  }),
  endpoint: addressRule("endpoint", "http://localhost:4566"),
  kms_key: textRule({
    name: "kms_key",
    must: "be a key's id, its ARN, or an alias",
    example: "alias/gitlab-tokens",
    fits: (key) => /^[A-Za-z0-9:/_-]{1,2048}$/.test(key),
  }),
};

/** Follows a label where the region is written. */
export function regionWords(region: unknown, say: (value: unknown) => string): string {
  return region == null ? "" : ` in ${say(region)}`;
}
