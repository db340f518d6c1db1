import {
  isBlock,
  isUnknown,
  type Attributes,
  type Fields,
  type NestedAttribute,
} from "../contract";

/*
 * A list of blocks of which there is none is empty for core, and never null. Resources have one word for what is not there.
 */

/** Values of a schema with an empty list for each list of blocks that is not there. */
export function withEmptyLists(attributes: Attributes, fields: Fields): Fields {
  return mapBlocks(attributes, fields, (value) => value ?? []);
}

/** Values of a schema with null for each list of blocks that is empty. */
export function withoutEmptyLists(attributes: Attributes, fields: Fields): Fields {
  return mapBlocks(attributes, fields, (value) =>
    Array.isArray(value) && value.length === 0 ? null : value,
  );
}

function mapBlocks(attributes: Attributes, fields: Fields, ofList: (list: unknown) => unknown) {
  const blocks = Object.entries(attributes).flatMap(([name, attribute]) =>
    isBlock(attribute) ? [[name, mapBlock(attribute, fields[name], ofList)] as const] : [],
  );
  return blocks.length === 0 ? fields : { ...fields, ...Object.fromEntries(blocks) };
}

function mapBlock(
  { type, attributes }: NestedAttribute,
  value: unknown,
  ofList: (list: unknown) => unknown,
): unknown {
  const inside = (block: unknown) =>
    block === null || isUnknown(block) ? block : mapBlocks(attributes, block as Fields, ofList);
  if (type === "object") return inside(value);
  const list = ofList(value);
  return Array.isArray(list) ? list.map(inside) : list;
}
