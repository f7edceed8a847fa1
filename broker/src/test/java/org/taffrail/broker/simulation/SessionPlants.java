// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Faults between the network and the sessions. */
final class SessionPlants {
    private SessionPlants() {}

    /** Does not hear that a connection has ended. */
    static final class DisconnectForgotten implements Plant {
        @Override
        public Inlet inlet(Inlet inlet) {
            return new Hearing(inlet) {
                @Override
                public void lost(long nowMs) {
                    // the fault
                }
            };
        }
    }

    /** Loses the last byte of every thirtieth chunk. */
    static final class ByteLostBetweenChunks implements Plant {
        @Override
        public Inlet inlet(Inlet inlet) {
            return new Hearing(inlet) {
                private int chunks;

                @Override
                public void received(byte[] array, int at, int length, long nowMs) {
                    boolean loses = ++chunks % 30 == 0;
                    super.received(array, at, loses ? length - 1 : length, nowMs);
                }
            };
        }
    }

    /** Takes no ping for a sign of life. */
    static final class PingUnheard implements Plant {
        private final byte[] ping = bytes(writer -> writer.write(new ClientFrame.Ping()));

        @Override
        public Inlet inlet(Inlet inlet) {
            return new Hearing(inlet) {
                @Override
                public void received(byte[] array, int at, int length, long nowMs) {
                    if (!Arrays.equals(array, at, at + length, ping, 0, ping.length)) {
                        super.received(array, at, length, nowMs);
                    }
                }
            };
        }
    }

    /** Does not hear that the way out has room again. */
    static final class RoomForgotten implements Plant {
        @Override
        public Inlet inlet(Inlet inlet) {
            return new Hearing(inlet) {
                @Override
                public void full(boolean isFull) {
                    if (isFull) {
                        super.full(true);
                    }
                }
            };
        }
    }

    /** Does not write what every twelfth flush should. */
    static final class FlushForgotten implements Plant {
        @Override
        public Outlet outlet(Outlet outlet) {
            return new Writing(outlet) {
                private int writes;

                @Override
                public void write(byte[] array, int at, int length) {
                    if (++writes % 12 != 0) {
                        super.write(array, at, length);
                    }
                }
            };
        }
    }

    /** Writes what every fourth flush should after what the next one does. */
    static final class FlushesSwapped implements Plant {
        @Override
        public Outlet outlet(Outlet outlet) {
            return new Writing(outlet) {
                private int writes;
                private byte[] kept;

                @Override
                public void write(byte[] array, int at, int length) {
                    if (++writes % 4 == 0) {
                        kept = Arrays.copyOfRange(array, at, at + length);
                        return;
                    }
                    super.write(array, at, length);
                    writeKept();
                }

                @Override
                public void end() {
                    writeKept();
                    super.end();
                }

                private void writeKept() {
                    if (kept != null) {
                        super.write(kept, 0, kept.length);
                        kept = null;
                    }
                }
            };
        }
    }

    /** Gives no sign of life but what it has to say anyhow. */
    static final class PongForgotten implements Plant {
        private final byte[] pong = bytes(writer -> writer.write(new BrokerFrame.Pong()));

        @Override
        public Outlet outlet(Outlet outlet) {
            return new Writing(outlet) {
                @Override
                public void write(byte[] array, int at, int length) {
                    if (!Arrays.equals(array, at, at + length, pong, 0, pong.length)) {
                        super.write(array, at, length);
                    }
                }
            };
        }
    }

    /** Loses the last byte of every eighth flush. */
    static final class ByteLostOnTheWayOut implements Plant {
        @Override
        public Outlet outlet(Outlet outlet) {
            return new Writing(outlet) {
                private int writes;

                @Override
                public void write(byte[] array, int at, int length) {
                    super.write(array, at, ++writes % 8 == 0 ? length - 1 : length);
                }
            };
        }
    }

    /** Takes the end of one connection for another's. */
    static final class EndOfAnother implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new FramePlants.Listening(audience) {
                private long last;

                @Override
                public void ended(long connection) {
                    super.ended(last);
                    last = connection;
                }
            };
        }
    }

    /** Ends a connection that says goodbye without what is still to be said to it. */
    static final class AnswersLostInGoodbye implements Plant {
        private final byte[] goodbye = bytes(writer -> writer.write(new ClientFrame.Goodbye()));

        @Override
        public Inlet inlet(Inlet inlet) {
            return new Hearing(inlet) {
                @Override
                public void received(byte[] array, int at, int length, long nowMs) {
                    super.received(array, at, length, nowMs);
                    int from = at + length - goodbye.length;
                    if (from >= at && endsWith(array, from)) {
                        super.lost(nowMs);
                    }
                }
            };
        }

        private boolean endsWith(byte[] array, int from) {
            int end = from + goodbye.length;
            return Arrays.equals(array, from, end, goodbye, 0, goodbye.length);
        }
    }

    /** Delivers every twentieth message to the connection that was told something before. */
    static final class DeliveredToAnother implements Plant {
        @Override
        public Audience audience(Audience audience) {
            return new FramePlants.Listening(audience) {
                private long last;
                private int deliveries;

                @Override
                public void tell(long connection, BrokerFrame frame) {
                    boolean strays = frame instanceof BrokerFrame.Deliver && ++deliveries % 20 == 0;
                    super.tell(strays ? last : connection, frame);
                    last = connection;
                }
            };
        }
    }

    /** Confirms sends as soon as they are appended, before they are durable. */
    static final class ConfirmedTooEarly implements Plant {
        private final Map<Long, Long> confirmed = new HashMap<>();
        private Audience told;

        @Override
        public Audience audience(Audience audience) {
            confirmed.clear();
            told = audience;
            return new FramePlants.Listening(audience) {
                @Override
                public void tell(long connection, BrokerFrame frame) {
                    if (frame instanceof BrokerFrame.Confirm confirm) {
                        confirm(connection, confirm.first(), confirm.last());
                    } else {
                        super.tell(connection, frame);
                    }
                }
            };
        }

        @Override
        public Store store(Store store) {
            return new StoreDecorator(store) {
                @Override
                public long append(Batch batch) throws StoreException {
                    long sequence = super.append(batch);
                    byte[] runs = batch.runs().array();
                    batch.forEachRun(at -> confirmRun(runs, at));
                    return sequence;
                }
            };
        }

        /** A connection's number is the lower half of its producer's. */
        private void confirmRun(byte[] runs, int at) {
            long connection = RunLayout.producer(runs, at) & 0xFFFF_FFFFL;
            long first = RunLayout.sequence(runs, at);
            if (connection > 0 && first == confirmed.getOrDefault(connection, 0L) + 1) {
                confirm(connection, first, first + RunLayout.count(runs, at) - 1);
            }
        }

        private void confirm(long connection, long first, long last) {
            long from = Math.max(first, confirmed.getOrDefault(connection, 0L) + 1);
            if (from <= last) {
                confirmed.put(connection, last);
                told.tell(connection, new BrokerFrame.Confirm(from, last));
            }
        }
    }

    private static byte[] bytes(Consumer<FrameWriter> frame) {
        ByteSink sink = new ByteSink(16);
        frame.accept(new FrameWriter(sink));
        return sink.toByteArray();
    }

    /** An inlet that passes everything on. */
    private static class Hearing implements Inlet {
        private final Inlet inlet;

        Hearing(Inlet inlet) {
            this.inlet = inlet;
        }

        @Override
        public void received(byte[] array, int at, int length, long nowMs) {
            inlet.received(array, at, length, nowMs);
        }

        @Override
        public void full(boolean isFull) {
            inlet.full(isFull);
        }

        @Override
        public void lost(long nowMs) {
            inlet.lost(nowMs);
        }
    }

    /** An outlet that passes everything on. */
    private static class Writing implements Outlet {
        private final Outlet outlet;

        Writing(Outlet outlet) {
            this.outlet = outlet;
        }

        @Override
        public void write(byte[] array, int at, int length) {
            outlet.write(array, at, length);
        }

        @Override
        public long unsentBytes() {
            return outlet.unsentBytes();
        }

        @Override
        public void end() {
            outlet.end();
        }

        @Override
        public String peer() {
            return outlet.peer();
        }
    }
}
