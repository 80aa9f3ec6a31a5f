import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of one WebSocket: text, ping and close, as Socket Mode needs them (RFC 6455). */
export interface ServerSocket {
  send(text: string): void;
  ping(): void;
  /** Closes by the book. */
  close(code?: number): void;
  /** Cuts the line. */
  destroy(): void;
  onText(take: (text: string) => void): void;
  onClose(take: () => void): void;
}

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export function acceptWebSocket(request: IncomingMessage, line: Duplex): ServerSocket {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}${magic}`).digest('base64');
  line.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let buffered: Buffer = Buffer.alloc(0);
  let words: Buffer[] = [];
  let closed = false;
  let onText: (text: string) => void = () => undefined;
  let onClose: () => void = () => undefined;

  function write(opcode: number, payload: Buffer): void {
    if (line.destroyed || line.writableEnded) return;
    const size = payload.length;
    const head =
      size < 126
        ? Buffer.from([0x80 | opcode, size])
        : size < 65_536
          ? Buffer.from([0x80 | opcode, 126, size >> 8, size & 255])
          : Buffer.concat([Buffer.from([0x80 | opcode, 127]), wide(size)]);
    line.write(Buffer.concat([head, payload]));
  }

  function end(): void {
    if (closed) return;
    closed = true;
    onClose();
  }

  function take(opcode: number, last: boolean, payload: Buffer): void {
    if (opcode === opcodes.ping) write(opcodes.pong, payload);
    else if (opcode === opcodes.close) {
      write(opcodes.close, payload.subarray(0, 2));
      line.end();
      end();
    } else if (opcode === opcodes.text || opcode === 0) {
      words.push(payload);
      if (!last) return;
      const text = Buffer.concat(words).toString('utf8');
      words = [];
      onText(text);
    }
  }

  line.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (let frame = readFrame(buffered); frame !== null; frame = readFrame(buffered)) {
      buffered = buffered.subarray(frame.size);
      take(frame.opcode, frame.last, frame.payload);
    }
  });
  line.on('error', end);
  line.on('close', end);
  return {
    send: (text) => write(opcodes.text, Buffer.from(text)),
    ping: () => write(opcodes.ping, Buffer.from('slack')),
    close(code = 1_000) {
      write(opcodes.close, Buffer.from([code >> 8, code & 255]));
    },
    destroy() {
      line.destroy();
      end();
    },
    onText(next) {
      onText = next;
    },
    onClose(next) {
      onClose = next;
    },
  };
}

function wide(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  return bytes;
}

/** One frame from a client, unmasked; null while it is not whole. */
function readFrame(bytes: Buffer) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 127;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (bytes.length < 2 + extra + 4) return null;
  const length =
    extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const start = 2 + extra + 4;
  if (bytes.length < start + length) return null;
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(bytes.subarray(start, start + length));
  for (let at = 0; at < length; at++) payload[at] ^= mask[at % 4];
  return { opcode: bytes[0] & 15, last: bytes[0] >= 128, payload, size: start + length };
}
