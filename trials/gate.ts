import { connect, createServer, type Socket } from 'node:net';

/** Stands between a worker and its Postgres and can stop a commit on its way there or back. */
export interface Gate {
  /** The database's address by way of the gate. */
  readonly url: string;
  /**
   * Stops the next commit of a transaction that ran a statement like this. 'before': Postgres never
   * hears of it. 'after': it is committed, and the worker never hears of that.
   *
   * @param spare how many such commits pass before
   * @returns resolves when one is stopped
   */
  hold(which: 'before' | 'after', statement: RegExp, spare?: number): Promise<void>;
  /** Lets later commits pass; those that were stopped stay so until their worker dies. */
  open(): void;
  close(): void;
}

interface Order {
  readonly which: 'before' | 'after';
  readonly statement: RegExp;
  spare: number;
  readonly stopped: () => void;
}

/** 'Q', length 11, the word and a NUL: how the driver says it, in a packet of its own. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');
const BEGIN = Buffer.from('begin', 'latin1');

/** Opens a gate in front of a database address. */
export async function openGate(databaseUrl: string): Promise<Gate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let order: Order | null = null;

  const server = createServer((worker) => {
    const database = connect(Number(target.port), target.hostname);
    let statements = '';
    let holdsAnswer: Order | null = null;
    let holdsAll = false;

    worker.on('data', (chunk: Buffer) => {
      if (holdsAll) return;
      if (chunk.includes(BEGIN)) statements = '';
      if (!chunk.equals(COMMIT)) statements += chunk.toString('latin1');
      else if (order?.statement.test(statements) && order.spare-- === 0) {
        const mine = order;
        order = null;
        if (mine.which === 'before') {
          holdsAll = true;
          return mine.stopped();
        }
        holdsAnswer = mine;
      }
      database.write(chunk);
    });
    database.on('data', (chunk: Buffer) => {
      if (holdsAnswer === null && !holdsAll) return worker.write(chunk);
      holdsAnswer?.stopped();
      holdsAnswer = null;
      holdsAll = true;
    });
    for (const [one, other] of [
      [worker, database],
      [database, worker],
    ]) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.');
  const url = new URL(databaseUrl);
  url.port = String(address.port);

  return {
    url: url.href,
    hold: (which, statement, spare = 0) =>
      new Promise((stopped) => {
        order = { which, statement, spare, stopped };
      }),
    open() {
      order = null;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
