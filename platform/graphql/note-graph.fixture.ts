import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { z } from 'zod';
import type { Context } from '../context.js';
import { fetchPage } from '../data/keyset-page.js';
import { newNote, NoteEntity, noteEvent } from '../data/note.fixture.js';
import { record } from '../data/outbox.js';
import { tenantScope } from '../data/tenant-scope.js';
import { ConflictRetry } from '../data/unit-of-work.js';
import { BadUserInput, DomainError, domainErrorCodes, notFound, ResyncRequired } from '../domain/errors.js';
import { requirePermission, type Viewer } from '../domain/viewer.js';
import type { AnyEvent } from '../events/catalogue.js';
import type { LiveEvent } from '../events/live-events.js';
import type { JobHandler } from '../jobs/job-handler.js';
import { applyOutletSaved, getOutlet } from '../replicas/outlet-replica.queries.js';
import { OutletReplicaEntity } from '../replicas/outlet-replica.entity.js';
import type { Subgraph } from '../subgraph.js';
import type { PermissionTable } from './permissions.js';
import { PageArgs } from './page-args.js';
import { DateTime, Decimal } from './scalars.js';
import { connectionOf, Payload } from './shared-types.js';

/** Every way a resolver of the tests can fail. */
export const failures: Record<string, () => Error> = {
  ...Object.fromEntries(
    domainErrorCodes.map((code) => [code, () => new DomainError(code, `Because of ${code}.`, ['input', 'x'])]),
  ),
  malformed: () => new BadUserInput('Malformed.', ['first']),
  conflict: () => new ConflictRetry({ cause: new Error('deadlock on secret_table') }),
  resync: () => new ResyncRequired('Read it again.'),
  crash: () => new Error('connect ECONNREFUSED 10.0.0.7 secret_table'),
  away: () => Object.assign(new Error('connect 10.0.0.7 secret_table'), { code: 'ECONNREFUSED' }),
  misleading: () => new Error('Argument "password" was hunter2'),
};

function fail(how: string): never {
  throw failures[how]?.() ?? new Error(how);
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A note.' })
class Note {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { description: 'What it says.' })
  title!: string;
}

const NoteConnection = connectionOf('Note', () => Note);

@InputType({ description: 'A note to write.' })
class WriteNoteInput {
  @Field(() => ID, { description: 'Where.' })
  outletId!: string;

  @Field(() => String, { description: 'What it says.' })
  title!: string;
}

@ObjectType({ description: 'The note that was written.' })
class WriteNotePayload extends Payload {
  @Field(() => Note, { nullable: true, description: 'The note.' })
  note?: object;
}

@ObjectType({ description: 'The outcome.' })
class FailPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'What came of it.' })
  outcome?: string;
}

@ObjectType({ description: 'A note changed.' })
class NoteChange {
  @Field(() => String, { description: 'Continue after it.' })
  cursor!: string;

  noteId!: string;
}

@ArgsType()
class HowArgs {
  @Field(() => String, { description: 'In which way.' })
  how!: string;
}

function getNote(em: SqlEntityManager, viewer: Viewer, id: string): Promise<NoteEntity> {
  return em.findOneOrFail(
    NoteEntity,
    { $and: [{ id }, tenantScope(viewer, 'notes.read')] },
    { failHandler: () => notFound('The note') },
  );
}

async function writeNote(context: Context, { outletId, title }: WriteNoteInput): Promise<string> {
  const { viewer } = context;
  return context.unitOfWork(async (em) => {
    const { brandId } = await getOutlet(em, { viewer, slug: 'notes.read', outletId });
    requirePermission(viewer, 'notes.write', { brandId, outletId });
    const note = newNote({ brandId, outletId, title });
    await em.insert(NoteEntity, note);
    record(em, noteEvent(note));
    return note.id;
  });
}

/** The root fields of the tests' subgraph: one for every rule, and one for every way to fail. */
@Resolver(() => NoteChange)
export class NoteResolver {
  @Query(() => Note)
  note(@Ctx() { em, viewer }: Context, @Arg('id', () => ID) id: string) {
    return getNote(em, viewer, id);
  }

  @Query(() => NoteConnection)
  notes(@Ctx() { em, viewer }: Context, @Args(() => PageArgs) { page }: PageArgs) {
    const sort = [
      ['title', 'asc'],
      ['id', 'asc'],
    ] as const;
    return fetchPage(em, NoteEntity, { where: [tenantScope(viewer, 'notes.read')], sort, page });
  }

  @Query(() => String)
  greeting(): string {
    return 'hello';
  }

  @Query(() => String)
  viewerId(@Ctx() { viewer }: Context): string {
    return viewer.id;
  }

  @Query(() => String)
  machinery(): string {
    return 'cogs';
  }

  @Query(() => Decimal)
  echo(@Arg('amount', () => Decimal) amount: string, @Arg('at', () => DateTime, { nullable: true }) at?: Date): string {
    return at ? String(at.getTime()) : amount;
  }

  @Query(() => String, { nullable: true })
  fail(@Args(() => HowArgs) { how }: HowArgs): string {
    return fail(how);
  }

  @Mutation(() => FailPayload, { name: 'fail' })
  async failToChange(@Args(() => HowArgs) { how }: HowArgs): Promise<object> {
    return how === 'not at all' ? { outcome: 'fine' } : fail(how);
  }

  @Mutation(() => WriteNotePayload)
  async writeNote(@Ctx() context: Context, @Arg('input', () => WriteNoteInput) input: WriteNoteInput): Promise<object> {
    const id = await writeNote(context, input);
    return { note: await getNote(context.em, context.viewer, id) };
  }

  @Subscription(() => NoteChange, {
    subscribe: ({ args, context }) =>
      context.events.follow(
        'brd_1',
        args.since ?? null,
        ({ type }: AnyEvent) => type === 'menu-item.availability-changed',
      ),
  })
  noteChanged(
    @Root() { cursor, event }: LiveEvent,
    @Arg('since', () => String, { nullable: true }) _since?: string,
  ): object {
    return { cursor, noteId: event.aggregateId };
  }

  @FieldResolver(() => Note, { name: 'note', nullable: true })
  changedNote(@Root() { noteId }: NoteChange, @Ctx() { em, viewer }: Context) {
    return getNote(em, viewer, noteId);
  }
}

/** Who may call what in the tests' subgraph. */
export const notePermissions: PermissionTable = {
  'Query.note': { slug: 'notes.read' },
  'Query.notes': { slug: 'notes.read' },
  'Query.greeting': 'PUBLIC',
  'Query.viewerId': 'SIGNED_IN',
  'Query.machinery': 'INTERNAL',
  'Query.echo': 'PUBLIC',
  'Query.fail': 'PUBLIC',
  'Mutation.fail': 'PUBLIC',
  'Mutation.writeNote': { slug: 'notes.write' },
  'Subscription.noteChanged': { slug: 'notes.read' },
};

const singing: JobHandler = {
  kind: 'sing',
  family: 'maintenance',
  maxAttempts: 1,
  payload: z.unknown(),
  run: async () => async (em) => record(em, noteEvent(newNote({ rank: 99 }))),
};

/** A whole subgraph of notes; it takes the name of one, because a database and its events have one. */
export const notes: Subgraph = {
  name: 'orders',
  entities: [NoteEntity, OutletReplicaEntity],
  migrations: [],
  resolvers: [NoteResolver],
  references: {
    Note: ({ id }, { em, viewer }) => em.findOne(NoteEntity, { $and: [{ id }, tenantScope(viewer, 'notes.read')] }),
  },
  permissions: notePermissions,
  consumes: { 'outlet.saved': applyOutletSaved },
  jobs: [singing],
  schedules: [],
};
