/**
 * The rights that Taskwire's account needs in a Redis with an ACL: keys, channels and commands, as `ACL SETUSER` takes them.
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
