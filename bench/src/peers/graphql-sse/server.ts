import {
  GraphQLFloat,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLScalarType,
} from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { emit, follow } from '../event-source.ts';
import { serve } from '../serve.ts';

async function* followProgress() {
  for await (const event of follow()) yield { progress: event };
}

function required(type: GraphQLScalarType) {
  return { type: new GraphQLNonNull(type) };
}

const progressType = new GraphQLObjectType({
  name: 'Progress',
  fields: {
    taskId: required(GraphQLString),
    projectId: required(GraphQLString),
    seq: required(GraphQLInt),
    type: required(GraphQLString),
    attempt: required(GraphQLInt),
    at: required(GraphQLFloat),
    stage: required(GraphQLString),
    current: { type: GraphQLInt },
    total: { type: GraphQLInt },
    percent: { type: GraphQLFloat },
    itemName: { type: GraphQLString },
    text: { type: GraphQLString },
    offset: { type: GraphQLInt },
  },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { version: { type: GraphQLString } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { progress: { type: progressType, subscribe: followProgress } },
  }),
});

serve({ watch: createHandler({ schema }), broadcast: emit });
