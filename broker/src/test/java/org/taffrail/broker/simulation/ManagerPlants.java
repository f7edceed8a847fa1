// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

/** Faults in what the broker does for managers. */
final class ManagerPlants {
    /** Why messages are settled, as the log has it. */
    static final int PURGED = 5;

    static final int MOVED = 6;

    private static final int SETTLED = 5;
    private static final int TYPE_AT = 4;
    private static final int REASON_AT = 24;

    private ManagerPlants() {}

    /** The same batch with other events. */
    static Batch with(ByteSink events, Batch batch) {
        Batch changed = new Batch(events, batch.runs(), batch.relaxed(), batch.timeMs());
        changed.steps(batch.steps());
        return changed;
    }

    /** Divides a batch's events: settlements for a reason, and all others. */
    static void divide(Batch batch, int reason, ByteSink settlements, ByteSink others) {
        byte[] array = batch.events().array();
        int at = 0;
        while (at < batch.events().length()) {
            int length = Bytes.getInt(array, at);
            boolean its = array[at + TYPE_AT] == SETTLED && array[at + REASON_AT] == reason;
            (its ? settlements : others).putBytes(array, at, length);
            at += length;
        }
    }

    /** Does not log what is settled for a reason: a moved message is there twice after a crash. */
    record SettlementForgotten(int reason) implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    ByteSink others = new ByteSink(64);
                    divide(batch, reason, new ByteSink(64), others);
                    return super.append(with(others, batch));
                }
            };
        }
    }

    /** Logs that a message was moved with the batch after that of its copy. */
    static final class SettledLater implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                private ByteSink late = new ByteSink(64);

                @Override
                public long append(Batch batch) throws StoreException {
                    if (batch.relaxed()) {
                        return super.append(batch);
                    }
                    ByteSink now = new ByteSink(64);
                    now.putBytes(late.array(), 0, late.length());
                    late = new ByteSink(64);
                    divide(batch, MOVED, late, now);
                    return super.append(with(now, batch));
                }
            };
        }
    }

    /** Purges a few messages where all are meant, and says that it is done. */
    static final class PurgeForgetsSome implements Plant {
        private static final int TREATED = 2;

        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Manage manage
                    && manage.operation() == ManageOperation.PURGE.number()) {
                Fields few =
                        new Fields.Builder()
                                .put("kind", manage.fields().text("kind"))
                                .put("name", manage.fields().text("name"))
                                .put("messages", TREATED)
                                .build();
                return new ClientFrame.Manage(manage.requestId(), manage.operation(), few);
            }
            return frame;
        }
    }

    /** Deletes nothing, and says that it has. */
    static final class DeletionOnlySaid implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            return frame instanceof ClientFrame.Manage manage
                            && manage.operation() == ManageOperation.DELETE.number()
                    ? new ClientFrame.Manage(
                            manage.requestId(), ManageOperation.CREATE.number(), manage.fields())
                    : frame;
        }
    }

    /** Deletes another queue. */
    static final class AnotherDeleted implements Plant {
        @Override
        public ClientFrame frame(ClientFrame frame) {
            if (frame instanceof ClientFrame.Manage manage
                    && manage.operation() == ManageOperation.DELETE.number()
                    && manage.fields().text("kind").equals("queue")) {
                Fields another =
                        new Fields.Builder()
                                .put("kind", "queue")
                                .put("name", "q1")
                                .put("force", manage.fields().flag("force"))
                                .build();
                return new ClientFrame.Manage(manage.requestId(), manage.operation(), another);
            }
            return frame;
        }
    }
}
