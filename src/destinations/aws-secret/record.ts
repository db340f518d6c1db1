import { awsAttributes, awsRules, regionWords } from "../aws/record";
import { textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

/** A secret in AWS Secrets Manager. */
export const awsSecret = defineDestination({
  description:
    "A secret in AWS Secrets Manager. Credentials come from the AWS SDK's own chain: environment, profile or role.",
  attributes: {
    name: {
      type: "string",
      required: true,
      description: "Name of the secret; its ARN for a secret of another account.",
    },
    field: {
      type: "string",
      optional: true,
      description:
        "Field of the secret's JSON that holds the value; other fields are not changed. Unset, the whole secret is the value.",
    },
    version_stage: {
      type: "string",
      optional: true,
      computed: true,
      default: "AWSCURRENT",
      description: "Staging label by which consumers read the secret.",
    },
    ...awsAttributes,
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["name", "region", "endpoint", "field", "version_stage"],
  exact: ["field", "version_stage"],
  rules: {
    ...awsRules,
    name: textRule({
      name: "name",
      must: "be the name of a secret (up to 512 letters, digits and / _ + = . @ -) or its whole ARN",
      example: "gitlab/deploy-token",
      fits: (name) => /^[\w/+=.@-]{1,512}$/.test(name) || secretArn(name) !== undefined,
    }),
    field: textRule({
      name: "field",
      must: "have 1 to 100 letters, digits, spaces and _ . : / = + - @",
      example: "token",
      fits: (field) => /^[\w.:/=+@-](?:[\w .:/=+@-]{0,98}[\w.:/=+@-])?$/.test(field),
    }),
    version_stage: textRule({
      name: "version_stage",
      must: "have 1 to 20 letters, digits and _ . -, and be neither AWSPENDING nor AWSPREVIOUS, which AWS moves itself",
      example: "AWSCURRENT",
      fits: (stage) => /^[\w.-]{1,20}$/.test(stage) && !/^AWSP(ENDING|REVIOUS)$/.test(stage),
    }),
  },
  conflict({ name, region }) {
    const arn = typeof name === "string" ? secretArn(name) : undefined;
    if (arn === undefined || typeof region !== "string" || arn.region === region) return undefined;
    return {
      attribute: "region",
      problem: {
        code: "contradictory-region",
        summary: "The secret's ARN is of another region",
        detail: `name is an ARN of ${arn.region}, and region is "${region}". Leave region out.`,
      },
    };
  },
  label({ name, region, field, version_stage: stage }, say) {
    const part = field == null ? "" : `field "${say(field)}" of `;
    const label = say(stage) === "AWSCURRENT" ? "" : ` (stage ${say(stage)})`;
    return `${part}AWS secret "${say(name)}"${regionWords(region, say)}${label}`;
  },
  review: {
    label({ name, region, field }, say) {
      const part = field == null ? "" : `, field ${say(field)}`;
      return `AWS secret ${say(name)}${part}${regionWords(region, say)}`;
    },
  },
  options: {
    text: "A secret in AWS Secrets Manager that receives a token's value. Credentials come from the AWS SDK's own chain: environment, profile or role.",
    see: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",
    attributes: {
      on_destroy: onDestroyText("value"),
    },
  },
});

/** The parts of a secret's ARN, whose name is without what AWS adds to it; undefined for what is none. */
export function secretArn(
  text: string,
): { readonly region: string; readonly account: string; readonly name: string } | undefined {
  const shape = /^arn:aws[\w-]*:secretsmanager:([a-z0-9-]+):(\d{12}):secret:([\w/+=.@-]+)$/;
  const [, region, account, name] = shape.exec(text) ?? [];
  if (region === undefined || account === undefined || name === undefined) return undefined;
  return { region, account, name: name.replace(/-[A-Za-z0-9]{6}$/, "") };
}
