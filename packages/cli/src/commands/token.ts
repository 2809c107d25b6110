import type { SignIn, TaskwireClient } from '@taskwire/client';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { signToken } from '../sign-token.ts';

const DEFAULT_NAME = 'demo';

export function registerToken(program: Command, run: RunCommand): void {
  program
    .command('token')
    .description('print a token: signed here if AUTH_SECRET is set, else by signing in at a development server')
    .option('--name <name>', 'who you are; with AUTH_SECRET, the user id itself', DEFAULT_NAME)
    .action(({ name }: { name: string }) =>
      run(async ({ client, output, surroundings }) => {
        const { authSecret } = surroundings.environment;
        const signedIn = authSecret === undefined ? await signIn(client, name) : await signToken(authSecret, name);
        output.result(signedIn, signedIn.token);
        if (!output.json) output.remark(`for ${signedIn.userId}, until ${new Date(signedIn.expiresAt).toISOString()}`);
        return EXIT_STATUS.done;
      }),
    );
}

async function signIn(client: TaskwireClient, name: string): Promise<SignIn> {
  return client.signIn(name);
}
