import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { choosePort, isFree, nextFree, wantedPort } from '../../scripts/lib/port.mjs';

describe('the port that is wanted', () => {
  test('is 4173 unless someone chose', () => expect(wantedPort(undefined, {})).toEqual({ port: 4173, asked: false }));
  test('comes from --port, then from npm, then from PORT', () => {
    expect(wantedPort('5000', { PORT: '6000', npm_config_port: '7000' }).port).toBe(5000);
    expect(wantedPort(undefined, { PORT: '6000', npm_config_port: '7000' }).port).toBe(7000);
    expect(wantedPort(undefined, { PORT: '6000' })).toEqual({ port: 6000, asked: true });
  });
  test.each(['http', '-1', '70000', '4.5'])('%j is refused with a repair', (text) =>
    expect(() => wantedPort(text, {})).toThrow(expect.objectContaining({ name: 'Failure', repair: expect.stringContaining('--port') })),
  );
});

describe('the port that is taken', () => {
  const taken =
    (...ports) =>
    async (port) =>
      !ports.includes(port);
  test('a free one is used', async () => expect(await choosePort({ port: 4173, asked: false }, taken())).toEqual({ port: 4173 }));
  test('the default gives way to the next free one, and says so', async () => {
    const chosen = await choosePort({ port: 4173, asked: false }, taken(4173, 4174));
    expect(chosen.port).toBe(4175);
    expect(chosen.note).toMatch(/4173 is taken/);
  });
  test('one that was asked for fails and offers the next free one', () =>
    expect(choosePort({ port: 5000, asked: true }, taken(5000))).rejects.toMatchObject({ repair: expect.stringContaining('--port 5001') }));
  test('the search ends at the last port', async () => expect(await nextFree(65530, async () => false)).toBeUndefined());
});

test('a port where something listens is not free', async () => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  expect(await isFree(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port)).toBe(true);
});
