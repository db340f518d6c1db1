export interface Terminal {
  readonly columns?: number;
  readonly colour: boolean;
}

/**
 * How to write to standard output.
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function terminal(): Terminal {
  const { isTTY, columns: own } = process.stdout;
  const columns = givenColumns() ?? (isTTY ? own : undefined);
  return { colour: hasColour(isTTY), ...(columns !== undefined && { columns }) };
}

function hasColour(isTTY: boolean): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: kind } = process.env;
  if (forced) return forced !== "0" && forced !== "false";
  return isTTY && !none && kind !== "dumb";
}

/** A terminal rarely exports it: it is there where somebody says it, for a pipe for instance. */
function givenColumns(): number | undefined {
  const columns = Number(process.env["COLUMNS"]);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}
