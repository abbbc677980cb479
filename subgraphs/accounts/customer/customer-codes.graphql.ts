import { registerEnumType } from 'type-graphql';
import { allergens, diets, seatingPreferences } from './customer.rules.js';

/** Diets as a GraphQL enum; word for word what dishes are described with, so that the two can be compared. */
export const Diets = Object.fromEntries(diets.map((diet) => [diet, diet]));
registerEnumType(Diets, {
  name: 'Diet',
  description: 'What a dish is safe for.',
  valuesConfig: {
    VEGETARIAN: { description: 'No meat and no fish.' },
    VEGAN: { description: 'Nothing from animals.' },
    GLUTEN_FREE: { description: 'No gluten.' },
    DAIRY_FREE: { description: 'No milk.' },
    NUT_FREE: { description: 'No nuts.' },
    HALAL: { description: 'Permitted by Islamic rules.' },
    KOSHER: { description: 'Permitted by Jewish rules.' },
    JAIN: { description: 'No meat, fish, egg or root vegetable.' },
  },
});

/** Allergens as a GraphQL enum. */
export const Allergens = Object.fromEntries(allergens.map((allergen) => [allergen, allergen]));
registerEnumType(Allergens, {
  name: 'Allergen',
  description: 'What somebody must not eat: the allergens that food law asks to declare.',
  valuesConfig: {
    CELERY: { description: 'Celery and celeriac.' },
    CRUSTACEANS: { description: 'Crabs, lobsters, prawns.' },
    EGGS: { description: 'Eggs.' },
    FISH: { description: 'Fish.' },
    GLUTEN: { description: 'Cereals that hold gluten.' },
    LUPIN: { description: 'Lupin seeds and flour.' },
    MILK: { description: 'Milk, lactose included.' },
    MOLLUSCS: { description: 'Mussels, oysters, squid.' },
    MUSTARD: { description: 'Mustard.' },
    NUTS: { description: 'Nuts that grow on trees.' },
    PEANUTS: { description: 'Peanuts.' },
    SESAME: { description: 'Sesame seeds.' },
    SOYA: { description: 'Soya beans.' },
    SULPHITES: { description: 'Sulphur dioxide and sulphites.' },
  },
});

/** Where somebody likes to sit, as a GraphQL enum. */
export const SeatingPreferences = Object.fromEntries(seatingPreferences.map((place) => [place, place]));
registerEnumType(SeatingPreferences, {
  name: 'SeatingPreference',
  description: 'Where a guest likes to sit.',
  valuesConfig: {
    INDOOR: { description: 'Inside.' },
    OUTDOOR: { description: 'Outside.' },
    WINDOW: { description: 'By a window.' },
    BAR: { description: 'At the bar.' },
    QUIET: { description: 'Where it is quiet.' },
  },
});
