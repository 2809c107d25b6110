/**
 * Rights of Taskwire's account in a Redis with an ACL, as `ACL SETUSER` takes them: keys, channels and commands.
 * docs/redis.md explains them.
 */
export const REDIS_RIGHTS = [
  '~taskwire:*',
  '~{taskwire-queue}:*',
  '&taskwire:*',
  '-@all',
  '+@read',
  '+@write',
  '+@pubsub',
  '+@transaction',
  '+@connection',
  '-@dangerous',
  '+eval',
  '+evalsha',
  '+script|load',
  '+time',
  '+info',
] as const;
