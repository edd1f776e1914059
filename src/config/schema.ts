import { z } from 'zod';

/** Every setting, with its default; `docs/configuration.md` and `.env.example` are held to it by a test. */
export const configSchema = z.object({
  SAMLING_MODE: z
    .enum(['development', 'production'], 'development or production')
    .default('development')
    .describe('production refuses the playground, in which anybody can be anybody'),
  SAMLING_DATA_DIR: z
    .string()
    .min(1, 'a folder')
    .default('.samling')
    .describe('folder of the embedded store'),
  SAMLING_HOST: z.string().min(1, 'an address').default('127.0.0.1').describe('address to listen on'),
  SAMLING_PORT: z.coerce
    .number('a port from 0 to 65535')
    .int('a port from 0 to 65535')
    .min(0, 'a port from 0 to 65535')
    .max(65535, 'a port from 0 to 65535')
    .default(3978)
    .describe('port to listen on; 0 takes a free one'),
});

/** The settings, checked. */
export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly mode: 'development' | 'production';
}
