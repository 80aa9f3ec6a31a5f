import { createHash } from 'node:crypto';
import type { ChartSpec } from '../../bot/charts/spec.ts';
import { PortError } from '../../bot/errors.ts';
import type { Images } from '../../bot/ports.ts';
import type { Timer } from '../timer.ts';
import type { Api } from './api.ts';
import { refusalOf } from './faults.ts';
import { choices } from './limits.ts';
import type { Workspace } from './workspaces.ts';

interface UploadPorts {
  readonly api: Api;
  readonly images: Images;
  readonly timer: Timer;
}

const mostPictures = 500;

/**
 * Files in Slack's three steps: an address, the bytes, the end of the upload. A picture can be used
 * in blocks only after Slack has looked at it, so it is asked for until then.
 */
export function createUploads({ api, images, timer }: UploadPorts) {
  /** Uploaded pictures by what they show: the same chart again is the same file. */
  const pictures = new Map<string, string>();

  async function send(at: Workspace, name: string, bytes: Uint8Array, channel?: string) {
    const { upload_url: url, file_id: id } = await api.uploadAddress(at, name, bytes.length);
    await put(url, bytes);
    await api.completeUpload(at, id, name, channel);
    return id;
  }

  async function put(url: string, bytes: Uint8Array): Promise<void> {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: { 'content-type': 'application/octet-stream' },
        redirect: 'error',
        signal: AbortSignal.timeout(choices.timeoutMs),
      });
      await response.arrayBuffer();
    } catch {
      // Without its cause, which quotes the address.
      throw new PortError('slack', 'unreachable', 'A file could not be uploaded to Slack.');
    }
    if (!response.ok) {
      throw new PortError('slack', 'unreachable', `An upload was answered ${response.status}.`);
    }
  }

  async function ready(at: Workspace, id: string): Promise<void> {
    const { most, firstMs, longestMs } = choices.polls;
    for (let poll = 0; poll < most; poll++) {
      if (await api.fileReady(at, id)) return;
      await timer.wait(Math.min(longestMs, firstMs * 1.6 ** poll));
    }
    throw new PortError('slack', 'timeout', 'Slack has not looked at a picture in time.');
  }

  const nameOf = (at: Workspace, chart: ChartSpec) =>
    createHash('sha256')
      .update(JSON.stringify([at.installation, chart]))
      .digest('hex');

  return {
    /**
     * The id of a chart's picture that blocks may show; null when it cannot be drawn.
     * @throws when Slack does not take it, or takes too long
     */
    async picture(at: Workspace, chart: ChartSpec): Promise<string | null> {
      const name = nameOf(at, chart);
      const known = pictures.get(name);
      if (known !== undefined) {
        try {
          await ready(at, known);
          return known;
        } catch (error) {
          if (!/^file_(not_found|deleted)$/.test(refusalOf(error) ?? '')) throw error;
        }
      }
      const png = await images.png(chart, 'light').catch(() => null);
      if (png === null) return null;
      const id = await send(at, 'chart.png', png);
      for (const oldest of pictures.keys()) {
        if (pictures.size < mostPictures) break;
        pictures.delete(oldest);
      }
      // Remembered before it is ready: a delivery that is tried again goes on asking.
      pictures.set(name, id);
      await ready(at, id);
      return id;
    },
    /** Slack does not know a picture any more. */
    forget(at: Workspace, chart: ChartSpec): void {
      pictures.delete(nameOf(at, chart));
    },
    /** A file that everybody in a conversation sees; Slack refuses one of nothing. */
    file: (at: Workspace, channel: string, name: string, content: string) =>
      send(at, name, new TextEncoder().encode(content === '' ? '\n' : content), channel),
  };
}

export type Uploads = ReturnType<typeof createUploads>;
