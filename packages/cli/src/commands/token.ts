import type { SignIn, TaskwireClient } from '@taskwire/client';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { plain } from '../output/output.ts';
import { UsageError } from '../input/usage-error.ts';
import { signToken } from '../input/sign-token.ts';

const DEFAULT_NAME = 'demo';

export function registerToken(program: Command, run: RunCommand): void {
  program
    .command('token')
    .description('print a token: signed here if AUTH_SECRET is set, else by signing in at a development server')
    .option('--name <name>', 'who you are; with AUTH_SECRET, the user id itself', DEFAULT_NAME)
    .option('--code <code>', 'what the development server printed when it started, behind #code= in its link')
    .action(({ name, code }: { name: string; code?: string }) =>
      run(async ({ client, output, surroundings }) => {
        const { authSecret } = surroundings.environment;
        const signedIn =
          authSecret === undefined ? await signIn(client, name, code) : await signToken(authSecret, name);
        output.result(signedIn, plain(signedIn.token));
        const until = new Date(signedIn.expiresAt).toISOString();
        if (!output.json) output.remark(`for ${plain(signedIn.userId)}, until ${until}`);
        return EXIT_STATUS.done;
      }),
    );
}

function signIn(client: TaskwireClient, name: string, code: string | undefined): Promise<SignIn> {
  if (code !== undefined) return client.signIn(name, code);
  throw new UsageError(
    '--code: give what the development server printed when it started, behind #code= in its link; or set AUTH_SECRET',
  );
}
