import pg from 'pg';

/** The bakery's own tables stand in the schema `public`, in the database that Taskwire uses too. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });

export async function createTables(): Promise<void> {
  await pool.query('create table sessions (id text primary key, member text not null)');
  await pool.query('create table tasks (id serial primary key, member text not null, text text not null)');
}

export async function close(): Promise<void> {
  await pool.end();
}

export async function addSession(id: string, member: string): Promise<void> {
  await pool.query('insert into sessions values ($1, $2)', [id, member]);
}

export async function memberOf(sessionId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ member: string }>('select member from sessions where id = $1', [sessionId]);
  return rows[0]?.member;
}

/** The bakery calls its errands tasks as well. */
export async function addErrand(member: string, text: string): Promise<void> {
  await pool.query('insert into tasks (member, text) values ($1, $2)', [member, text]);
}

export async function errandsOf(member: string): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>('select text from tasks where member = $1 order by id', [member]);
  return rows.map(({ text }) => text);
}

export async function publicTables(): Promise<string[]> {
  const { rows } = await pool.query<{ table_name: string }>(
    "select table_name from information_schema.tables where table_schema = 'public' order by 1",
  );
  return rows.map((row) => row.table_name);
}
