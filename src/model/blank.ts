/** Spaces of every kind, and invisible text: control, format and filler characters, marks without a letter. */
const INVISIBLE = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether a text is invisible. */
export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, "") === "";
}

/** The same for a JSON Schema, whose implementations do not all support Unicode properties: a visible character. */
export const VISIBLE_PATTERN =
  "[^\\s\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u0300-\\u036f\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb]";
