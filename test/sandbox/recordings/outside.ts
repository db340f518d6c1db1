/** Recordings that use deploy tokens or pipeline triggers, which the stand-in does not have. */
const outside = [
  "e2e/TestWithGroupDeployToken.json",
  "e2e/TestWithPipelineProjectTriggerAccessToken.json",
  "e2e/TestWithProjectDeployToken.json",
];

export const isOutside = (file: string): boolean => outside.some((name) => file.endsWith(name));
