import { PortError } from '../../bot/errors.ts';

/** Why the server cannot listen, as one sentence that says what to do. */
export function listenError(error: unknown, host: string, port: number): PortError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const say = (message: string) => new PortError('http', 'refused', message, { cause: error });
  if (code === 'EADDRINUSE') {
    return say(
      `Port ${port} on ${host} is already in use: stop the other program, or set KEEL_PORT to a free port, for example KEEL_PORT=${port + 1}.`,
    );
  }
  if (code === 'EACCES') {
    return say(
      `Port ${port} on ${host} needs more rights than Keel has: set KEEL_PORT to a port from 1024 to 65535.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return say(
      `This machine has no address ${host}: set KEEL_HOST to 127.0.0.1, or to an address of this machine.`,
    );
  }
  return say(
    `Cannot listen on ${host}:${port} (${code || String(error)}): check KEEL_HOST and KEEL_PORT.`,
  );
}
