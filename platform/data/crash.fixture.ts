import 'reflect-metadata';
import { openDatabase } from './database.js';
import { newNote, NoteEntity, unitOfWorkOf } from './note.fixture.js';
import { ensureSchema } from './schema.js';

// Run as a process of its own: commits one note, says so, and is killed while it has another one open.
const database = await openDatabase('orders', { url: null, dataDir: process.argv[2] ?? '', prefix: '' }, [NoteEntity]);
await ensureSchema(database, []);
const unitOfWork = unitOfWorkOf(database);
await unitOfWork(async (em) => void (await em.insert(NoteEntity, newNote({ title: 'committed' }))));
await unitOfWork(async (em) => {
  await em.insert(NoteEntity, newNote({ title: 'open' }));
  process.stdout.write('committed one\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
