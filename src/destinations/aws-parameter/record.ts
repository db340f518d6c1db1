import { awsAttributes, awsRules, regionWords } from "../aws/record";
import { textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

/** A SecureString in the Parameter Store of AWS Systems Manager. */
export const awsParameter = defineDestination({
  description:
    "A SecureString in the Parameter Store of AWS Systems Manager. Credentials come from the AWS SDK's own chain.",
  attributes: {
    name: {
      type: "string",
      required: true,
      description: "Name of the parameter, with its path.",
    },
    tier: {
      type: "string",
      optional: true,
      unset: "the account's default tier",
      values: ["Standard", "Advanced", "Intelligent-Tiering"],
      description: "Tier of the parameter.",
    },
    ...awsAttributes,
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["name", "region", "endpoint"],
  exact: ["name"],
  rules: {
    ...awsRules,
    name: textRule({
      name: "name",
      must: "have letters, digits and _ . - in at most 15 levels that / separates, begin with / where there are several, and not with aws or ssm",
      example: "/gitlab/deploy-token",
      fits: isParameterName,
    }),
  },
  label: ({ name, region }, say) => `AWS parameter "${say(name)}"${regionWords(region, say)}`,
  review: {
    label: ({ name, region }, say) => `AWS parameter ${say(name)}${regionWords(region, say)}`,
  },
  options: {
    text: "A SecureString in the Parameter Store of AWS Systems Manager that receives a token's value. Credentials come from the AWS SDK's own chain: environment, profile or role.",
    see: "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
    attributes: { on_destroy: onDestroyText("parameter") },
  },
});

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
function isParameterName(name: string): boolean {
  const levels = name.replace(/^\//, "").split("/");
  const isWhole = name.startsWith("/") || levels.length === 1;
  if (!isWhole || levels.length > 15 || name.length > 1011) return false;
  return levels.every((level) => /^[\w.-]+$/.test(level)) && !/^(aws|ssm)/i.test(levels[0] ?? "");
}
