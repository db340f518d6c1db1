export interface Terminal {
  readonly columns?: number;
  readonly colour: boolean;
}

/**
 * How to write to standard output.
 * @see https://no-color.org
 */
export function terminal(): Terminal {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
  return { colour, ...(isTTY && { columns }) };
}
