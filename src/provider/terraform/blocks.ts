import {
  isBlock,
  isUnknown,
  mapNested,
  type Attributes,
  type Fields,
  type NestedAttribute,
} from "../contract";

/*
 * A list or map of blocks of which there is none is empty for core, and never null. Resources have one word for what is
 * not there.
 */

/** Values of a schema with an empty list or map for blocks that are not there. */
export function withEmptyBlocks(attributes: Attributes, fields: Fields): Fields {
  return mapBlocks(attributes, fields, (value, { type }) =>
    value === null || value === undefined ? (type === "objectList" ? [] : {}) : value,
  );
}

/** Values of a schema with null for each list or map of blocks that is empty. */
export function withoutEmptyBlocks(attributes: Attributes, fields: Fields): Fields {
  return mapBlocks(attributes, fields, (value) => (isEmpty(value) ? null : value));
}

type Change = (blocks: unknown, attribute: NestedAttribute) => unknown;

function mapBlocks(attributes: Attributes, fields: Fields, change: Change): Fields {
  const blocks = Object.entries(attributes).flatMap(([name, attribute]) =>
    isBlock(attribute) ? [[name, mapBlock(attribute, fields[name], change)] as const] : [],
  );
  return blocks.length === 0 ? fields : { ...fields, ...Object.fromEntries(blocks) };
}

function mapBlock(attribute: NestedAttribute, value: unknown, change: Change): unknown {
  const blocks = attribute.type === "object" ? value : change(value, attribute);
  if (blocks === null || blocks === undefined || isUnknown(blocks)) return blocks;
  return mapNested(attribute, blocks, (block) =>
    block === null || block === undefined || isUnknown(block)
      ? block
      : mapBlocks(attribute.attributes, block as Fields, change),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isUnknown(value)
    ? Object.keys(value).length === 0
    : false;
}
