/** Set by `npm run test:all`; the quick run leaves out what takes minutes or installs much. */
export const isFullRun = process.env["GLSA_WALKS"] !== undefined;

/** Tests of the full run, which `.ci/run` skips. */
export const describeInFullRun = isFullRun ? describe : describe.skip;
