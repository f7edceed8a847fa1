// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.record.DestinationKind;

/**
 * What a client says to a broker. Each frame is a record; {@link FrameWriter} turns it into bytes
 * and {@link FrameReader} back. A {@code requestId} is chosen by the client and comes back in the
 * answer; 0 where no answer is wanted.
 */
public sealed interface ClientFrame
        permits BranchFrame,
                ClientFrame.Hello,
                ClientFrame.Authenticate,
                ClientFrame.Resolve,
                ClientFrame.Send,
                ClientFrame.Attach,
                ClientFrame.Credit,
                ClientFrame.Settle,
                ClientFrame.Commit,
                ClientFrame.AskOutcome,
                ClientFrame.Rollback,
                ClientFrame.Detach,
                ClientFrame.Unsubscribe,
                ClientFrame.CreateTemporary,
                ClientFrame.DeleteTemporary,
                ClientFrame.Manage,
                ClientFrame.Ping,
                ClientFrame.Goodbye {
    /**
     * Calls the visitor's method for this frame.
     *
     * @param visitor who handles it
     */
    void accept(ClientFrameVisitor visitor);

    /**
     * The first frame after the preamble.
     *
     * @param features feature bits that the client would use, such as {@link
     *     FrameLayout#MANAGEMENT}; unknown ones are ignored by the broker and left out of its
     *     answer
     * @param frameBytesMax the largest frame that the client takes
     * @param heartbeatMs after how much silence the client gives up; 0 never
     * @param instanceHigh high half of the client instance's random id
     * @param instanceLow low half
     * @param epoch how often this instance has connected before
     * @param clientId the JMS client id or null
     * @param mechanism the authentication mechanism: ANONYMOUS, PLAIN or EXTERNAL (RFC 4422)
     * @param response the mechanism's first response
     * @param product name and version of the client, for people
     * @param producerId as whom it goes on whose connection was lost, as {@link
     *     BrokerFrame.Welcome} has granted it; 0 for a client that begins. Only with {@link
     *     FrameLayout#RESUMPTION}, and with the instance of then
     * @param nextSequence what the first send will have that was not sent before; 1 for a client
     *     that begins
     */
    record Hello(
            long features,
            int frameBytesMax,
            int heartbeatMs,
            long instanceHigh,
            long instanceLow,
            int epoch,
            String clientId,
            String mechanism,
            byte[] response,
            String product,
            long producerId,
            long nextSequence)
            implements ClientFrame {
        /**
         * Makes the opening of a client that begins.
         *
         * @param features see above
         * @param frameBytesMax see above
         * @param heartbeatMs see above
         * @param instanceHigh see above
         * @param instanceLow see above
         * @param epoch see above
         * @param clientId see above
         * @param mechanism see above
         * @param response see above
         * @param product see above
         */
        public Hello(
                long features,
                int frameBytesMax,
                int heartbeatMs,
                long instanceHigh,
                long instanceLow,
                int epoch,
                String clientId,
                String mechanism,
                byte[] response,
                String product) {
            this(
                    features,
                    frameBytesMax,
                    heartbeatMs,
                    instanceHigh,
                    instanceLow,
                    epoch,
                    clientId,
                    mechanism,
                    response,
                    product,
                    0,
                    1);
        }

        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onHello(this);
        }
    }

    /**
     * A further step of a mechanism that has more than one; answers {@link BrokerFrame.Challenge}.
     *
     * @param response the mechanism's bytes
     */
    record Authenticate(byte[] response) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onAuthenticate(this);
        }
    }

    /**
     * Asks for a destination's partition; answered by {@link BrokerFrame.Resolved}.
     *
     * @param requestId comes back in the answer
     * @param kind the kind of destination
     * @param name the physical name
     */
    record Resolve(int requestId, DestinationKind kind, String name) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onResolve(this);
        }
    }

    /**
     * One run of messages to the partition in its header. The sequences of a connection begin at 1
     * and follow each other without gaps, over all its partitions and transactions; each is
     * answered once, in {@link BrokerFrame.Confirm} or {@link BrokerFrame.Refuse}. At most the
     * window of messages and bytes that {@link BrokerFrame.Welcome} grants may be unanswered.
     *
     * <p>A client that goes on after its connection was lost first sends again what was not
     * answered: the same runs, in their order, with their sequences; those of transactions, which
     * are rolled back, are left out. Each is answered as it was, or would have been, and stands in
     * the log once. What is new follows from the sequence on that {@link Hello} has named.
     *
     * @param transactionId 0 outside a transaction; confirmed inside one means taken, not yet
     *     durable
     * @param array the bytes
     * @param at where the run begins
     * @param length the run's bytes
     */
    record Send(long transactionId, byte[] array, int at, int length) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onSend(this);
        }
    }

    /**
     * Makes a consumer; answered by {@link BrokerFrame.Done}. It receives nothing before credit.
     *
     * @param requestId comes back in the answer
     * @param consumerId chosen by the client, unique on the connection
     * @param source what is consumed
     * @param kind the destination's kind
     * @param destination the destination's name
     * @param subscription the subscription's name; null for queues and unshared non-durable ones
     * @param selector the message selector, null for none
     * @param noLocal whether messages sent by this connection (or its client id) are left out
     * @param start where a side group, or a subscription that is made by this, starts; null for a
     *     subscription that starts with what is sent from now on; of a browser of a queue, the
     *     message behind which it begins, as {@code priority:offset}, or null
     * @param exclusive whether the consumer wants all messages for itself; others get nothing from
     *     then on, and a further exclusive one takes over when it ends
     * @param timed whether each delivery is to tell when its message was appended
     */
    record Attach(
            int requestId,
            int consumerId,
            Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector,
            boolean noLocal,
            String start,
            boolean exclusive,
            boolean timed)
            implements ClientFrame {
        /**
         * Makes a consumer that shares with others and asks for no times.
         *
         * @param requestId see above
         * @param consumerId see above
         * @param source see above
         * @param kind see above
         * @param destination see above
         * @param subscription see above
         * @param selector see above
         * @param noLocal see above
         * @param start see above
         */
        public Attach(
                int requestId,
                int consumerId,
                Source source,
                DestinationKind kind,
                String destination,
                String subscription,
                String selector,
                boolean noLocal,
                String start) {
            this(
                    requestId,
                    consumerId,
                    source,
                    kind,
                    destination,
                    subscription,
                    selector,
                    noLocal,
                    start,
                    false,
                    false);
        }

        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onAttach(this);
        }
    }

    /** What a consumer takes from; the ordinal is its number on the wire. */
    enum Source {
        /** The messages of a queue, in competition with other consumers. */
        QUEUE,
        /** An unshared, non-durable subscription. */
        TOPIC,
        /** An unshared durable subscription. */
        DURABLE,
        /** A shared, non-durable subscription. */
        SHARED,
        /** A shared durable subscription. */
        SHARED_DURABLE,
        /**
         * One look that takes nothing: through what is ready of a queue, in the order of delivery;
         * or, for those who may manage, through what a topic keeps, from its start on in the order
         * of the log. What it is shown it does not hold, and can't settle.
         */
        BROWSER,
        /**
         * A group of this consumer alone beside a queue's own consumers: it starts where it says,
         * is delivered what the log has from there on in the order of the offsets, settled or not,
         * and holds nothing back. It ends with the consumer.
         */
        SIDE
    }

    /**
     * Gives a consumer credit.
     *
     * @param consumerId the consumer
     * @param messages how many messages more it takes, 0 or more
     * @param bytes how many bytes more it takes, 0 or more
     * @param reset whether unused credit is forgotten before these are added
     * @param drainToken not 0: what can be delivered now is delivered, what credit is left is
     *     forgotten, and {@link BrokerFrame.Drained} follows with this token. To a browser that has
     *     got less by then than all its credit, in messages and in the bytes of their records, it
     *     says that the look is over
     */
    record Credit(int consumerId, int messages, int bytes, boolean reset, int drainToken)
            implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onCredit(this);
        }
    }

    /**
     * Settles messages that a consumer holds. A range stands for those of its offsets which the
     * consumer holds.
     *
     * @param requestId comes back in the answer, after durability; 0 for no answer
     * @param transactionId 0 outside a transaction; otherwise only {@link Verb#ACCEPT} is allowed
     *     and takes effect with the commit
     * @param consumerId the consumer
     * @param verb what becomes of them
     * @param partition their partition
     * @param ranges first and last offset of each range, in turn
     */
    record Settle(
            int requestId,
            long transactionId,
            int consumerId,
            Verb verb,
            long partition,
            long[] ranges)
            implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onSettle(this);
        }
    }

    /** What becomes of messages that are settled; the ordinal is its number on the wire. */
    enum Verb {
        /** Consumed: they are gone for the group. */
        ACCEPT,
        /** Given back unseen by the application: at their place, as if never delivered. */
        RELEASE_UNSEEN,
        /** Given back after the application may have seen them: counted and flagged. */
        RELEASE_SEEN,
        /** Can't be processed at all: to the dead-letter queue whatever their count. */
        FAIL
    }

    /**
     * Commits: sends and settlements of the transaction take effect, whole, and {@link
     * BrokerFrame.Done} follows after durability.
     *
     * @param requestId comes back in the answer
     * @param transactionId chosen by the client, unique on the connection, and on all with which it
     *     goes on; one that nothing was done in is fine
     */
    record Commit(int requestId, long transactionId) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onCommit(this);
        }
    }

    /**
     * Asks what became of a commit of this client whose answer was lost with a connection; that
     * connection has ended for good before this is answered. {@link BrokerFrame.Done}: it was
     * committed; {@link org.taffrail.wire.ErrorCode#NOT_COMMITTED}: it was not, and never will be;
     * {@link org.taffrail.wire.ErrorCode#PRODUCER_FORGOTTEN}: it is too long ago.
     *
     * @param requestId comes back in the answer
     * @param transactionId the transaction
     */
    record AskOutcome(int requestId, long transactionId) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onAskOutcome(this);
        }
    }

    /**
     * Rolls back: sends are forgotten, messages accepted in the transaction are released as seen.
     *
     * @param requestId comes back in the answer
     * @param transactionId the transaction
     */
    record Rollback(int requestId, long transactionId) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onRollback(this);
        }
    }

    /**
     * Ends a consumer: nothing more is delivered to it. Messages it holds stay held until they are
     * settled under its id or the connection ends.
     *
     * @param requestId comes back in the answer
     * @param consumerId the consumer
     */
    record Detach(int requestId, int consumerId) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onDetach(this);
        }
    }

    /**
     * Ends a durable subscription.
     *
     * @param requestId comes back in the answer
     * @param subscription the subscription's name, with the connection's client id if it has one
     */
    record Unsubscribe(int requestId, String subscription) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onUnsubscribe(this);
        }
    }

    /**
     * Makes a temporary destination, or finds one again that the client had on a connection before;
     * answered by {@link BrokerFrame.Resolved}.
     *
     * @param requestId comes back in the answer
     * @param kind one of the temporary kinds
     * @param name null for a new one; else a name that the client was given while it was the same
     *     producer
     */
    record CreateTemporary(int requestId, DestinationKind kind, String name)
            implements ClientFrame {
        /**
         * Makes the request for a new one.
         *
         * @param requestId see above
         * @param kind see above
         */
        public CreateTemporary(int requestId, DestinationKind kind) {
            this(requestId, kind, null);
        }

        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onCreateTemporary(this);
        }
    }

    /**
     * Ends a temporary destination of this connection.
     *
     * @param requestId comes back in the answer
     * @param name its name
     */
    record DeleteTemporary(int requestId, String name) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onDeleteTemporary(this);
        }
    }

    /**
     * Looks at the broker or changes something in it, where the user may; only where {@link
     * FrameLayout#MANAGEMENT} was agreed. Answered by {@link BrokerFrame.Managed} when all of it is
     * done, or by {@link BrokerFrame.Failed}. A connection that ends meanwhile ends what is under
     * way: what was done by then stays done.
     *
     * @param requestId comes back in the answer
     * @param operation the number of a {@link ManageOperation}; one that the broker does not know
     *     is {@link org.taffrail.wire.ErrorCode#NOT_SUPPORTED}
     * @param fields what it is about
     */
    record Manage(int requestId, int operation, Fields fields) implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onManage(this);
        }
    }

    /** A sign of life; {@link BrokerFrame.Pong} follows. */
    record Ping() implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onPing(this);
        }
    }

    /** The orderly end: what is unsettled is released; the broker closes. */
    record Goodbye() implements ClientFrame {
        @Override
        public void accept(ClientFrameVisitor visitor) {
            visitor.onGoodbye(this);
        }
    }
}
