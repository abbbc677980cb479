import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { FloorChangeKind } from './floor-change.rules.js';

registerEnumType(FloorChangeKind, {
  name: 'FloorChangeKind',
  description: 'What kind of thing changed on a floor.',
  valuesConfig: {
    NODE_SAVED: { description: 'A place was added, changed or removed.' },
    SEATED: { description: 'A party was seated.' },
    RELEASED: { description: 'A party has left.' },
    FLOOR_SAVED: { description: 'A floor or the flows that begin on it changed.' },
  },
});

/** A change of a floor as subscribers see it. */
@ObjectType({ description: 'Something that changed on a floor, with the rows as they are now.' })
export class FloorChangedEvent {
  @Field(() => String, { description: 'Where to continue after this event: pass it as `since`.' })
  cursor!: string;
}
