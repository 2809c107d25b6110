import { createAppRouter } from '@taskwire/router';
import { MemoryPorts } from '@taskwire/router/testing';
import { standardTasks } from '../../definitions/standard-tasks.ts';
import { documentProcedures } from '../procedures/document-procedures.ts';
import { MemoryDocuments } from './memory-documents.ts';

/** Ports in memory, with documents beside them. */
export class DocumentPorts extends MemoryPorts {
  readonly documents = new MemoryDocuments(this);

  constructor() {
    super(standardTasks);
    this.isHeld = (uploadId) => this.documents.uses(uploadId);
    this.onDelete = (taskIds) => this.documents.detach(taskIds);
  }

  /** The router of these documents. */
  readonly router = createAppRouter({
    tasks: standardTasks,
    procedures: documentProcedures({ search: this.documents, store: this.documents }),
  });

  /** Calls procedures as a user. */
  callAs(userId: string) {
    return this.router.createCaller({ taskwire: { ports: this, caller: { userId } } });
  }
}
