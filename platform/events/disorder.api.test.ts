import { isRealServers } from '../../tests/harness/target.js';
import { NoteBook } from '../data/note.fixture.js';
import { AppliedEntity, disorderRuns, proveOrder } from './disorder.fixture.js';

const book = new NoteBook([AppliedEntity]);

it('F6 events that come late, three times and in any order end as if each had come once and in order', async () => {
  // An embedded database has one process only; its replicas share a connection.
  const others = isRealServers() ? [await book.open(), await book.open()] : [book.database, book.database];

  await proveOrder([book.database, ...others], disorderRuns.quick);
}, 120_000);
