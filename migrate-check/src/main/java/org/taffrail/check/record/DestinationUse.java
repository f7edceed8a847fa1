// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was done with one destination. Thread-safe; its memory is fixed, about 3 KiB where messages
 * go both ways.
 */
public final class DestinationUse {
    private static final int ALL_UP_TO = 64;
    private static final int ONE_IN = 16;

    private final DestinationKind kind;
    private final String name;
    private final String place;
    private final Flow sent = new Flow();
    private final Flow received = new Flow();
    private final LongAdder producers = new LongAdder();
    private final LongAdder consumers = new LongAdder();
    private final LongAdder browsers = new LongAdder();
    private final Gauge consumersAtATime = new Gauge();

    DestinationUse(DestinationKind kind, String name, String place) {
        this.kind = kind;
        this.name = name;
        this.place = place;
    }

    /** Messages in one direction. */
    static final class Flow {
        private final LongAdder[] byBody = new LongAdder[BodyKind.count()];
        private volatile Sizes sizes;

        Flow() {
            for (int i = 0; i < byBody.length; i++) {
                byBody[i] = new LongAdder();
            }
        }

        void add(BodyKind body, long bytes) {
            byBody[body.ordinal()].increment();
            if (bytes >= 0) {
                sizes().add(bytes);
            }
        }

        private Sizes sizes() {
            Sizes current = sizes;
            if (current == null) {
                synchronized (this) {
                    if (sizes == null) {
                        sizes = new Sizes();
                    }
                    current = sizes;
                }
            }
            return current;
        }

        long count(int body) {
            return byBody[body].sum();
        }

        long count() {
            long sum = 0;
            for (LongAdder each : byBody) {
                sum += each.sum();
            }
            return sum;
        }

        /** Null where no size was counted. */
        Sizes sizesOrNull() {
            return sizes;
        }
    }

    /**
     * Counts a message that was sent.
     *
     * @param body its kind
     * @param bytes its size, estimated; -1 where it is not known
     */
    public void sent(BodyKind body, long bytes) {
        sent.add(body, bytes);
    }

    /**
     * Counts a message that was received.
     *
     * @param body its kind
     * @param bytes its size, estimated; -1 where it is not known
     */
    public void received(BodyKind body, long bytes) {
        received.add(body, bytes);
    }

    /**
     * Tells whether the next message that is received is looked at closely: the first {@value
     * #ALL_UP_TO}, then one in {@value #ONE_IN}.
     *
     * @return true if so
     */
    public boolean looksClosely() {
        long count = received.count();
        return count < ALL_UP_TO || count % ONE_IN == 0;
    }

    /** Counts a producer that was made for it. */
    public void producer() {
        producers.increment();
    }

    /** Counts a consumer that was made for it. */
    public void consumer() {
        consumers.increment();
        consumersAtATime.more();
    }

    /** Counts a consumer that was closed. */
    public void consumerClosed() {
        consumersAtATime.less();
    }

    /** Counts a browser that was made for it. */
    public void browser() {
        browsers.increment();
    }

    DestinationKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    String place() {
        return place;
    }

    Flow sent() {
        return sent;
    }

    Flow received() {
        return received;
    }

    long producers() {
        return producers.sum();
    }

    long consumers() {
        return consumers.sum();
    }

    long browsers() {
        return browsers.sum();
    }

    long consumersMax() {
        return consumersAtATime.most();
    }
}
