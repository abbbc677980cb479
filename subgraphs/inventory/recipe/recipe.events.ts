import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { RecipeEntity } from './recipe.entity.js';

/** A recipe was made or changed. */
export function recipeSaved(recipe: RecipeEntity): DomainEvent<'recipe.saved'> {
  const { id, brandId, version, menuItemId, yieldPortions } = recipe;
  return { type: 'recipe.saved', aggregate: { id, brandId, version }, payload: { menuItemId, yieldPortions } };
}
