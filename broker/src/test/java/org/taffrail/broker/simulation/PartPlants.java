// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;

/** Faults in what becomes of the parts of large messages. */
final class PartPlants {
    private PartPlants() {}

    /** Never says every tenth part. */
    static final class PartLost implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new FramePlants.Listening(audience) {
                private int parts;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (!(frame instanceof BrokerFrame.DeliverPart) || ++parts % 10 != 0) {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Says the bytes of the part before instead of every third that has as many. */
    static final class PartsMixed implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new FramePlants.Listening(audience) {
                private BrokerFrame.DeliverPart last;
                private int parts;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    BrokerFrame said = frame;
                    if (frame instanceof BrokerFrame.DeliverPart part) {
                        boolean fits = last != null && last.length() == part.length();
                        if (fits && ++parts % 3 == 0) {
                            said =
                                    new BrokerFrame.DeliverPart(
                                            part.consumerId(),
                                            part.partition(),
                                            part.offset(),
                                            part.index(),
                                            last.array(),
                                            last.at(),
                                            last.length());
                        }
                        last = part;
                    }
                    super.tell(connection, said);
                }
            };
        }
    }

    /** Says no part of every second large message but the first, which it takes for all. */
    static final class PartlyDelivered implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new FramePlants.Listening(audience) {
                private int messages;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    boolean later = false;
                    if (frame instanceof BrokerFrame.DeliverPart part) {
                        messages += part.index() == 0 ? 1 : 0;
                        later = part.index() > 0 && messages % 2 == 0;
                    }
                    if (!later) {
                        super.tell(connection, frame);
                    }
                }
            };
        }
    }

    /** Stages two parts that follow each other the other way round, where they are as long. */
    static final class StagedPartsSwapped implements Plant {
        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    int[] last = {-1};
                    batch.visit(
                            new Batch.Visitor() {
                                @Override
                                public void run(int at) {
                                    last[0] = -1;
                                }

                                @Override
                                public void staged(long stagingId, int at) {
                                    last[0] = swap(batch.runs().array(), last[0], at);
                                }
                            });
                    return super.append(batch);
                }
            };
        }

        /** Returns where the run before the next begins, or -1 where it must stay. */
        private static int swap(byte[] runs, int before, int at) {
            if (!RecordLayout.isPart(runs, at + RunLayout.HEADER_BYTES)) {
                return -1;
            }
            int length = RunLayout.length(runs, at);
            if (before < 0 || RunLayout.length(runs, before) != length) {
                return at;
            }
            byte[] first = Arrays.copyOfRange(runs, before, before + length);
            System.arraycopy(runs, at, runs, before, length);
            System.arraycopy(first, 0, runs, at, length);
            return -1;
        }
    }
}
