// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/**
 * What a broker says to a client. Each frame is a record; {@link FrameWriter} turns it into bytes
 * and {@link FrameReader} back.
 */
public sealed interface BrokerFrame {
    /**
     * Calls the visitor's method for this frame.
     *
     * @param visitor who handles it
     */
    void accept(BrokerFrameVisitor visitor);

    /**
     * The end of the opening: the client is let in.
     *
     * @param version the protocol version spoken from now on
     * @param features those of the client's feature bits that are used
     * @param frameBytesMax the largest frame that the broker takes
     * @param messageBytesMax the largest message that the broker takes, as one record
     * @param heartbeatMs after how much silence the broker gives up; 0 never
     * @param producerId stands in the header of the client's runs
     * @param windowMessages how many sends may be unanswered
     * @param windowBytes how many bytes of sends may be unanswered
     * @param serverTimeMs the broker's clock, ms since 1970
     * @param incarnation the number of the broker's start
     * @param product name and version of the broker, for people
     * @param recognition whether the client goes on as the producer that it has named
     */
    record Welcome(
            int version,
            long features,
            int frameBytesMax,
            int messageBytesMax,
            int heartbeatMs,
            long producerId,
            int windowMessages,
            int windowBytes,
            long serverTimeMs,
            int incarnation,
            String product,
            Recognition recognition)
            implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onWelcome(this);
        }
    }

    /** What a broker knows of the producer as which a client would go on. */
    enum Recognition {
        /** The client has named none: it begins. */
        NONE,
        /** The client goes on as that producer. */
        KNOWN,
        /**
         * Nothing persistent that it has sent is in the log, no commit of it took effect, and
         * neither will happen any more: the client begins, and may send anew what was not answered.
         */
        NOTHING_LASTING,
        /** It is too long ago, or it is somebody else: what was not answered stays in doubt. */
        FORGOTTEN
    }

    /**
     * A step of an authentication mechanism that has more than one.
     *
     * @param challenge the mechanism's bytes
     */
    record Challenge(byte[] challenge) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onChallenge(this);
        }
    }

    /**
     * A request succeeded.
     *
     * @param requestId the request
     */
    record Done(int requestId) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onDone(this);
        }
    }

    /**
     * A request failed and changed nothing.
     *
     * @param requestId the request
     * @param code why
     * @param detail the values that matter
     */
    record Failed(int requestId, ErrorCode code, String detail) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onFailed(this);
        }
    }

    /**
     * A destination's partition.
     *
     * @param requestId the request
     * @param partition the partition's id
     * @param kind the destination's kind
     * @param name the destination's name
     */
    record Resolved(int requestId, long partition, DestinationKind kind, String name)
            implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onResolved(this);
        }
    }

    /**
     * Sends are done: durable where they are persistent (in a transaction: taken).
     *
     * @param first the first sequence
     * @param last the last sequence
     */
    record Confirm(long first, long last) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onConfirm(this);
        }
    }

    /**
     * Sends are refused and changed nothing; a transaction they belong to can only roll back.
     *
     * @param first the first sequence
     * @param last the last sequence
     * @param code why
     * @param detail the values that matter
     */
    record Refuse(long first, long last, ErrorCode code, String detail) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onRefuse(this);
        }
    }

    /**
     * One message for a consumer, which now holds it, or for a browser, which does not; or the head
     * of a large one, which it holds when it has the last of the parts that follow. Until then it
     * is delivered nothing else. Another delivery to it, or its end, means that the broker has
     * taken the message back.
     *
     * @param consumerId the consumer
     * @param partition the partition that it stands in
     * @param offset its offset
     * @param count how often it is delivered, this time included: {@code JMSXDeliveryCount}, 1 to
     *     32,767; to a browser, what the next delivery's would be
     * @param redelivered whether an application may have seen it before: {@code JMSRedelivered}
     * @param appendTimeMs when it was appended, ms since 1970; 0 where the consumer did not ask
     * @param array the bytes, valid only while the frame is handled
     * @param at where the record begins
     * @param length the record's bytes
     */
    record Deliver(
            int consumerId,
            long partition,
            long offset,
            int count,
            boolean redelivered,
            long appendTimeMs,
            byte[] array,
            int at,
            int length)
            implements BrokerFrame {
        /**
         * Delivers to a consumer that did not ask for times.
         *
         * @param consumerId see above
         * @param partition see above
         * @param offset see above
         * @param count see above
         * @param redelivered see above
         * @param array see above
         * @param at see above
         * @param length see above
         */
        public Deliver(
                int consumerId,
                long partition,
                long offset,
                int count,
                boolean redelivered,
                byte[] array,
                int at,
                int length) {
            this(consumerId, partition, offset, count, redelivered, 0, array, at, length);
        }

        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onDeliver(this);
        }
    }

    /**
     * A part of the large message whose head the consumer was delivered last.
     *
     * @param consumerId the consumer
     * @param partition the partition that the message stands in
     * @param offset the offset of its head
     * @param index which part, from 0, in order
     * @param array the bytes, valid only while the frame is handled
     * @param at where this piece of the body begins
     * @param length its bytes, at least 1
     */
    record DeliverPart(
            int consumerId,
            long partition,
            long offset,
            int index,
            byte[] array,
            int at,
            int length)
            implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onDeliverPart(this);
        }
    }

    /**
     * A drain has ended: nothing more comes before new credit.
     *
     * @param consumerId the consumer
     * @param token the token of {@link ClientFrame.Credit}
     */
    record Drained(int consumerId, int token) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onDrained(this);
        }
    }

    /**
     * The broker has ended a consumer, because its destination or subscription went away. Drains of
     * it that it had begun, or begins before it knows, are answered all the same.
     *
     * @param consumerId the consumer
     * @param code why
     * @param detail the values that matter
     */
    record ConsumerClosed(int consumerId, ErrorCode code, String detail) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onConsumerClosed(this);
        }
    }

    /**
     * The answer to {@link ClientFrame.Manage}.
     *
     * @param requestId the request
     * @param rows what there is to say, at most {@link #ROWS_MAX}
     * @param next where the next page begins: the field {@code after} of the request for it; null
     *     where this was the last
     */
    record Managed(int requestId, List<Fields> rows, String next) implements BrokerFrame {
        /** Most rows of one answer. */
        public static final int ROWS_MAX = 1000;

        /**
         * Copies the rows.
         *
         * @param requestId the request
         * @param rows what there is to say
         * @param next where the next page begins
         */
        public Managed {
            rows = List.copyOf(rows);
        }

        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onManaged(this);
        }
    }

    /** The answer to {@link ClientFrame.Ping}. */
    record Pong() implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onPong(this);
        }
    }

    /**
     * The broker closes the connection after this.
     *
     * @param code why
     * @param detail the values that matter
     */
    record Closing(ErrorCode code, String detail) implements BrokerFrame {
        @Override
        public void accept(BrokerFrameVisitor visitor) {
            visitor.onClosing(this);
        }
    }
}
