/** The work of a transaction: it happens as a whole or not at all, also where what fails is not the database. */
import type { IDBPTransaction } from 'idb';
import { hasLittleRoom } from './room.ts';

/**
 * Does the work of a transaction and waits until it is written; resolves to what the work does. Rejects with what the browser
 * refused, else with what the work threw, and nothing of it has happened.
 */
export async function allOrNothing<Result>(
  transaction: Pick<IDBPTransaction, 'done' | 'abort' | 'error'>,
  work: () => Promise<Result>,
): Promise<Result> {
  // The work may hear of the same failure first.
  const done = transaction.done.catch(() => undefined);
  try {
    const result = await work();
    await transaction.done;
    return result;
  } catch (error) {
    try {
      // Left alone, a transaction keeps what was written before our own code failed.
      transaction.abort();
    } catch {
      // The browser has ended it already.
    }
    await done;
    // What a request says of a full disk is only that it was given up; the transaction says why.
    throw await nameError(transaction.error ?? error);
  }
}

/** What Chromium says of a disk that is full (seen with 156), with which it cannot open a database either: the second of photos. */
const UNNAMED = ['UnknownError', 'DataError'];

/** An error of the database by its name. */
export async function nameError(error: unknown): Promise<unknown> {
  if (!(error instanceof DOMException) || !UNNAMED.includes(error.name)) return error;
  return (await hasLittleRoom()) ? new DOMException(error.message, 'QuotaExceededError') : error;
}
