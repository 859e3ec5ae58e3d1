// For the browser tests, which are TypeScript.
import type { Server } from 'node:http';

export declare function staticServer(folder: string, options?: { base?: string }): Server;
export declare function listen(server: Server, port: number): Promise<Server>;
